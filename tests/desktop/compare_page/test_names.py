"""The names in the diagram: documents whole, in lines; topics cut visibly where they must be, and told in full."""

import re
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont, QFontMetrics

from desktop.texts import compare as texts
from desktop.widgets.compare.heads import lines_of, shortened
from desktop.widgets.compare.word_breaks import broken, syllables

SIZES = [(1160, 840, 100), (828, 700, 100), (1164, 840, 200), (828, 700, 200)]


def _chart(room, width: int, height: int):
    room.page.tools.choose_view(chart=True)
    room.page._show_view()
    room.page.resize(width, height)
    room.settle()
    return room.page.matrix.chart


def _letters(name: str) -> str:
    """Return ``name`` without what a line may end with."""
    return re.sub(r"[\s-]", "", name)


@pytest.mark.parametrize(("width", "height", "percent"), SIZES)
def test_names_of_documents_are_whole_in_their_columns(open_room, width, height, percent) -> None:
    room = open_room(percent=percent)
    chart = _chart(room, width, height)
    drawn = [_letters("".join(lines)) for lines in chart.head_lines()]
    assert drawn == [_letters(name) for name in room.names]
    metrics = chart._metrics()
    above = chart.cell_rect((0, 0)).top()
    for number, lines in enumerate(chart.head_lines()):
        assert max(metrics.horizontalAdvance(line) for line in lines) < above
        column = chart.cell_rect((0, number))
        assert len(lines) * metrics.ascent() <= column.width() + metrics.ascent() // 2, (
            "no line in the next column"
        )
        assert column.left() == (chart.cell_rect((0, number - 1)).right() + 1 if number else column.left())
        assert chart.tip_at(column.center() - QPoint(0, column.height() + 20)).startswith(room.names[number])


@pytest.mark.parametrize(("width", "height", "percent"), SIZES)
def test_a_cut_topic_ends_with_dots_and_is_told_in_full(open_room, width, height, percent) -> None:
    room = open_room(percent=percent)
    chart = _chart(room, width, height)
    topics = [topic.title for topic in room.page.model.matrix.topics]
    cut = [name for name, short in zip(topics, chart.topic_names(), strict=True) if name != short]
    assert all(short in topics or "…" in short for short in chart.topic_names())
    assert chart.accessibleDescription().endswith(texts.cut_names(cut))
    for number, topic in enumerate(topics):
        beside = QPoint(30, chart.cell_rect((number, 0)).center().y())
        assert chart.tip_at(beside) == topic


def test_a_cell_is_found_where_it_is_drawn(open_room) -> None:
    room = open_room(percent=200)
    chart = _chart(room, 828, 700)
    last = len(room.names) - 1
    widths = {chart.cell_rect((0, number)).width() for number in range(last + 1)}
    assert len(widths) > 1, "columns are as wide as their names need"
    for place in ((0, 0), (2, 3), (4, last)):
        cell = chart.cell_rect(place)
        assert [chart._at(point) for point in (cell.topLeft(), cell.center(), cell.bottomRight())] == [
            place
        ] * 3
    assert chart._at(chart.cell_rect((0, last)).topRight() + QPoint(2, 5)) is None


def test_nothing_is_broken_to_leave_room_empty(open_room) -> None:
    room = open_room()
    chart = _chart(room, 828, 700)
    named = dict(zip(room.names, chart.head_lines(), strict=True))
    assert named["Bayerische Staatsregierung"] == ("Bayerische Staatsregierung",)
    assert named["Deutscher Landkreistag"] == ("Deutscher Landkreistag",)
    few = room.page.matrix.chart.cell_rect((0, 0)).top()
    assert list(chart.topic_names()) == [topic.title for topic in room.page.model.matrix.topics]
    room.page.resize(828, 1500)
    room.settle()
    assert [list(lines) for lines in chart.head_lines()] == [[name] for name in room.names], (
        "in a high window"
    )
    assert chart.accessibleDescription() == texts.chart_summary(
        [
            (topic.title, room.page.model.matrix.speaking(row))
            for row, topic in enumerate(room.page.model.matrix.topics)
        ],
        len(room.names),
    )
    assert chart.cell_rect((0, 0)).top() > few
    room.page.resize(828, 700)
    room.settle()
    assert chart.cell_rect((0, 0)).top() == few, "rows get their room back"


@pytest.mark.parametrize("view", ["table", "chart"])
def test_the_whole_name_stands_below_both_views_for_the_keyboard(open_room, view) -> None:
    room = open_room(percent=200)
    chart = _chart(room, 828, 700)
    broken = [number for number, lines in enumerate(chart.head_lines()) if len(lines) > 1]
    assert broken
    if view == "table":
        room.page.tools.choose_view(chart=False)
        room.page._show_view()
    for number in broken:
        room.page.matrix.go_to((0, number))
        room.settle()
        assert room.names[number] in room.page.matrix.key._title.text()


def test_names_that_begin_alike_are_cut_in_the_middle(qapp) -> None:
    metrics = QFontMetrics(QFont(qapp.font()))
    names = ["Deutscher Landkreistag", "Deutscher Städtetag", "Bundeskanzleramt Österreich", "Ulm"]
    room = metrics.horizontalAdvance("Deutscher L")
    short = shortened(names, metrics, room)
    assert len(set(short)) == 4
    assert short[0].endswith("tag")
    assert short[2].endswith("…")
    assert short[3] == "Ulm"
    assert all(metrics.horizontalAdvance(one) <= room for one in short)


def test_a_long_word_breaks_where_its_words_meet(open_room, qapp) -> None:
    joints = open_room().page.model.matrix.joints
    metrics = QFontMetrics(QFont(qapp.font()))
    for name, start, lines in (
        ("Bundeskanzleramt Österreich", "Bundeskanzlera-", ["Bundeskanzler-", "amt Österreich"]),
        ("Bundeskanzleramt Österreich", "Bundeskanzl-", ["Bundes-", "kanzleramt", "Österreich"]),
        ("Bayerische Staatsregierung", "Staatsregier-", ["Bayerische", "Staats-", "regierung"]),
        ("Verband Region Rhein-Neckar", "Verband-", ["Verband", "Region", "Rhein-", "Neckar"]),
    ):
        assert lines_of(name, metrics, metrics.horizontalAdvance(start), joints) == lines
    assert lines_of("Ulm", metrics, 200, joints) == ["Ulm"]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Verwaltung", "Ver-wal-tung"),
        ("Beschlussfassung", "Be-schluss-fas-sung"),
        ("Niederschrift", "Nie-der-schrift"),
        ("Wirtschaftlichkeit", "Wirt-schaft-lich-keit"),
        ("Veröffentlichung", "Ver-öf-fent-li-chung"),
        ("Zuständigkeit", "Zu-stän-dig-keit"),
        ("Entwicklung", "Ent-wick-lung"),
        ("Transparenz", "Transpa-renz"),  # "ns-p" or "n-sp": in doubt not
        ("Fenster", "Fenster"),
        ("Methode", "Methode"),
        ("Darstellung", "Dar-stel-lung"),
        ("Antrag", "An-trag"),
        ("Antwort", "Ant-wort"),
        ("Einigung", "Ei-ni-gung"),
        ("Verantwortung", "Ver-ant-wor-tung"),
        ("Ulm", "Ulm"),
        ("", ""),
    ],
)
def test_other_words_break_between_syllables(word: str, parts: str) -> None:
    starts = [0, *syllables(word), len(word)]
    assert "-".join(word[start:end] for start, end in pairwise(starts)) == parts


def test_a_word_without_a_place_to_break_is_broken_all_the_same() -> None:
    assert broken("Schtschschtsch", lambda text: len(text) <= 6) == ["Schts-", "chsch-", "tsch"]
    assert broken("Ab", lambda text: not text) == ["A-", "b"]
