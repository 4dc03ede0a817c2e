"""The names in the diagram: whole where there is room, else cut visibly and told in full elsewhere."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont, QFontMetrics

from desktop.texts import compare as texts
from desktop.widgets.compare.heads import shortened

SIZES = [(1160, 840, 100), (828, 700, 100), (1164, 840, 200), (828, 700, 200)]


def _chart(room, width: int, height: int):
    room.page.tools.choose_view(chart=True)
    room.page._show_view()
    room.page.resize(width, height)
    room.settle()
    return room.page.matrix.chart


@pytest.mark.parametrize(("width", "height", "percent"), SIZES)
def test_a_cut_name_ends_with_dots_and_is_told_in_full(open_room, width, height, percent) -> None:
    room = open_room(percent=percent)
    chart = _chart(room, width, height)
    shown = chart.head_names()
    assert len(set(shown)) == len(shown), "no two documents look the same"
    cut = [name for name, short in zip(room.names, shown, strict=True) if name != short]
    assert cut
    topics = [topic.title for topic in room.page.model.matrix.topics]
    cut_topics = [name for name, short in zip(topics, chart.topic_names(), strict=True) if name != short]
    assert all("…" in short for name, short in zip(room.names, shown, strict=True) if name in cut)
    assert chart.accessibleDescription().endswith(texts.cut_names(cut + cut_topics))
    for number, column in enumerate(room.page.model.matrix.columns):
        above = chart.cell_rect((0, number)).center() - QPoint(0, chart.cell_rect((0, 0)).height() + 20)
        assert chart.tip_at(above).startswith(column.name)
    for number, topic in enumerate(room.page.model.matrix.topics):
        beside = QPoint(30, chart.cell_rect((number, 0)).center().y())
        assert chart.tip_at(beside) == topic.title


def test_nothing_is_cut_to_leave_room_empty(open_room) -> None:
    room = open_room()
    chart = _chart(room, 828, 700)
    named = dict(zip(room.names, chart.head_names(), strict=True))
    assert named["Bayerische Staatsregierung"] == "Bayerische Staatsregierung"
    assert named["Deutscher Landkreistag"] == "Deutscher Landkreistag"
    few = room.page.matrix.chart.cell_rect((0, 0)).top()
    assert chart.topic_names() == [topic.title for topic in room.page.model.matrix.topics]
    room.page.resize(828, 1500)
    room.settle()
    assert chart.head_names() == room.names, "all names are whole in a high window"
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
    cut = [number for number, short in enumerate(chart.head_names()) if short != room.names[number]]
    if view == "table":
        room.page.tools.choose_view(chart=False)
        room.page._show_view()
    for number in cut:
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
