"""The filters of the page Fragen: chosen and removed by keyboard, offered only where documents have them."""

from collections.abc import Iterator
from dataclasses import asdict

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.settings import ThemeChoice
from desktop.stored_filters import filters_from_values
from desktop.texts import filters as texts
from desktop.theme import Theme
from desktop.widgets.check_list import CheckList
from desktop.widgets.collection_bar import CollectionBar
from desktop.widgets.filter_bar import FilterBar
from guidelines_db.filters import NO_FILTERS, FilterValues, SearchFilters
from guidelines_db.results import CollectionInfo

VALUES = FilterValues(
    lands=(("Bayern", 4), ("EU", 8), ("Österreich", 2), ("Zürich", 1)),
    places=(("München", 1), ("Ulm", 2)),
    years=((2023, 1), (2024, 3), (2025, 2)),
    undated=3,
)


@pytest.fixture
def bar(qtbot: QtBot, qapp: QApplication) -> Iterator[CollectionBar]:
    """Return a shown bar that is given its values as soon as it wants them."""
    theme = Theme(ThemeChoice.LIGHT, 100, qapp)
    theme.apply()
    window = QMainWindow()
    window.setMinimumSize(1, 1)
    made = CollectionBar(theme)
    made.show_collections((), ())
    made.filter.values_wanted.connect(lambda: made.filter.show_values(VALUES))
    window.setCentralWidget(made)
    window.resize(900, 700)
    window.show()
    window.activateWindow()
    yield made
    window.close()
    window.deleteLater()
    theme.deleteLater()
    QApplication.processEvents()


def texts_of(bar: FilterBar) -> list[str]:
    """Return what stands on the chips."""
    return [chip.text().strip() for chip in bar.chips]


def opened(bar: CollectionBar, qtbot: QtBot) -> tuple[CheckList, CheckList]:
    """Open the panel by keyboard and return its lists."""
    bar.filter.button.setFocus()
    qtbot.keyClick(bar.filter.button, Qt.Key.Key_Space)
    lands, places = bar.filter.panel.findChildren(CheckList)
    assert lands.hasFocus()
    return lands, places


def shown(check_list: CheckList) -> list[str]:
    """Return the rows."""
    model = check_list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_the_panel_offers_what_documents_have_in_german_order(bar: CollectionBar, qtbot: QtBot) -> None:
    lands, places = opened(bar, qtbot)
    assert shown(lands) == ["Bayern (4)", "EU (8)", "Österreich (2)", "Zürich (1)"]
    assert shown(places) == ["München (1)", "Ulm (2)"]
    years = [bar.filter.panel._from.itemText(row) for row in range(bar.filter.panel._from.count())]
    assert years == [texts.ANY_YEAR, "2025", "2024", "2023"]
    assert bar.filter.panel._undated.text() == "3 Dokumente ohne Jahr bleiben dann außen vor."


def test_filters_are_chosen_and_removed_by_keyboard(bar: CollectionBar, qtbot: QtBot) -> None:
    heard: list[SearchFilters] = []
    bar.filter.changed.connect(heard.append)
    lands, places = opened(bar, qtbot)
    qtbot.keyClick(lands, Qt.Key.Key_Space)
    qtbot.keyClick(lands, Qt.Key.Key_Down)
    qtbot.keyClick(lands, Qt.Key.Key_Return)
    qtbot.keyClick(places, Qt.Key.Key_Space)
    qtbot.keyClick(bar.filter.panel._from, Qt.Key.Key_Down)
    expected = SearchFilters(("Bayern", "EU"), ("München",), year_from=2025)
    assert bar.filter.filters == heard[-1] == expected
    qtbot.keyClick(bar.filter.panel, Qt.Key.Key_Escape)
    assert not bar.filter.panel.isVisible()
    assert bar.filter.button.hasFocus()
    assert texts_of(bar.filter) == ["Land: Bayern", "Land: EU", "Ort: München", "ab 2025", texts.CLEAR]
    bar.filter.chips[1].setFocus()
    qtbot.keyClick(bar.filter.chips[1], Qt.Key.Key_Space)
    assert texts_of(bar.filter) == ["Land: Bayern", "Ort: München", "ab 2025", texts.CLEAR]
    assert bar.filter.chips[1].hasFocus(), "the keyboard stays in the row"
    qtbot.keyClick(bar.filter.chips[-1], Qt.Key.Key_Space)
    assert heard[-1] == NO_FILTERS
    assert bar.filter.chips == ()
    assert bar.filter.button.hasFocus()


def test_a_click_anywhere_in_a_row_ticks_it(bar: CollectionBar, qtbot: QtBot) -> None:
    lands, _ = opened(bar, qtbot)
    for place in (QPoint(14, 14), QPoint(120, 14)):
        qtbot.mouseClick(lands.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert bar.filter.filters.lands == ("Bayern",)
        qtbot.mouseClick(lands.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert bar.filter.filters.lands == ()


def test_a_tick_may_exchange_all_rows(bar: CollectionBar, qtbot: QtBot) -> None:
    lands, _ = opened(bar, qtbot)
    rows = [(name, name) for name in ("Bayern", "EU", "Wien")]
    lands.ticked.connect(lambda ticked: lands.show_values(rows[len(ticked) :], ticked))
    for _ in range(20):
        lands.show_values(rows, ())
        qtbot.mouseClick(lands.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(120, 14))
        assert shown(lands) == ["EU", "Wien"]
        qtbot.mouseClick(lands.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(14, 14))
        qtbot.keyClick(lands, Qt.Key.Key_Space)
        assert lands.currentIndex().isValid()


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(2024, 0, "ab 2024"), (0, 2024, "bis 2024"), (2023, 2025, "2023 bis 2025"), (2025, 2023, "Jahr 2023")],
)
def test_a_period_never_ends_before_it_begins(
    bar: CollectionBar, qtbot: QtBot, first: int, last: int, expected: str
) -> None:
    opened(bar, qtbot)
    panel = bar.filter.panel
    for combo, year in ((panel._from, first), (panel._to, last)):
        combo.setCurrentIndex(combo.findData(year))
        combo.activated.emit(combo.currentIndex())
    assert texts.years(bar.filter.filters) == expected


def test_a_filter_that_no_document_meets_any_more_can_still_be_seen(bar: CollectionBar, qtbot: QtBot) -> None:
    bar.filter.show_filters(SearchFilters(lands=("Atlantis",), year_to=1999))
    assert texts_of(bar.filter) == ["Land: Atlantis", "bis 1999", texts.CLEAR]
    lands, _ = opened(bar, qtbot)
    assert shown(lands)[0] == "Atlantis (0)"
    assert bar.filter.panel._to.currentText() == "1999"


def test_every_control_has_a_german_name(bar: CollectionBar, qtbot: QtBot) -> None:
    bar.filter.show_filters(SearchFilters(lands=("Bayern",)))
    opened(bar, qtbot)
    for one in bar.findChildren(QWidget):
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reader = QAccessible.queryAccessibleInterface(one)
            assert reader is not None
            assert reader.text(QAccessible.Text.Name), one
    assert bar.filter.chips[0].accessibleName() == "Filter entfernen: Land: Bayern"


@pytest.mark.parametrize("width", [1100, 620])
@pytest.mark.parametrize("percent", [100, 200])
def test_the_panel_fits_and_leaves_room(bar: CollectionBar, qtbot: QtBot, width: int, percent: int) -> None:
    bar.filter._theme.choose(type_percent=percent)
    bar.window().resize(width, 700)
    opened(bar, qtbot)
    QApplication.processEvents()
    assert bar.filter._scroll.height() <= 352
    panel = bar.filter.panel
    assert panel.width() <= bar.filter._scroll.viewport().width()
    assert panel.height() >= panel.heightForWidth(panel.width())


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (asdict(SearchFilters(("A",), ("B",), 2020, 2021)), SearchFilters(("A",), ("B",), 2020, 2021)),
        ({"lands": ["A"], "places": ["B"], "year_from": 2020}, SearchFilters(("A",), ("B",), 2020)),
        ({"lands": "A", "places": [1, "B"], "year_from": "x", "year_to": True}, SearchFilters(places=("B",))),
        (None, NO_FILTERS),
        ([], NO_FILTERS),
    ],
)
def test_filters_come_back_from_stored_values(values: object, expected: SearchFilters) -> None:
    if isinstance(values, dict) and isinstance(values.get("lands"), tuple):
        values = {**values, "lands": list(values["lands"]), "places": list(values["places"])}
    assert filters_from_values(values) == expected


def test_chips_that_become_a_menu_leave_no_gap(bar: CollectionBar, qtbot: QtBot) -> None:
    window = bar.window()
    below, page = QWidget(), QWidget()
    column = QVBoxLayout(page)
    column.addWidget(bar)
    column.addWidget(below, 1)
    window.setCentralWidget(page)
    many = ("KI-Leitlinien", "Recht", "Ganztagsbetreuung", "Gemeindeordnung", "KI-Zukunft")
    bar.show_collections([CollectionInfo(name, name, "", 1, 1, "", (), {}, False) for name in many], ())
    for width, menu in ((700, False), (300, True), (700, False)):
        window.resize(width, 400)
        qtbot.waitUntil(lambda menu=menu: bar._button.isVisible() == menu)
        qtbot.waitUntil(lambda: bar.width() == page.width() - 2 * bar.x())
        qtbot.waitUntil(lambda: below.y() == bar.y() + bar.heightForWidth(bar.width()) + column.spacing())


@pytest.mark.parametrize("percent", [100, 200])
def test_a_choice_of_collections_moves_no_chip(bar: CollectionBar, percent: int) -> None:
    bar.filter._theme.choose(type_percent=percent)
    bar.window().resize(1700, 700)
    names = ("KI-Leitlinien", "Recht", "GemO BW")
    bar.show_collections([CollectionInfo(name, name, "", 1, 1, "", (), {}, False) for name in names], ())
    QApplication.processEvents()
    buttons = [*bar._chips, bar.filter.button]
    before = [one.geometry() for one in buttons]
    for chip, chosen in ((bar._chips[1], names[:1]), (bar._chips[2], names[:2]), (bar._chips[0], ())):
        chip.click()
        assert bar.chosen == chosen
        assert [one.icon().isNull() for one in bar._chips] == [not one.isChecked() for one in bar._chips]
        # Before the next round of events, in which Qt may paint first and lay out after.
        assert [one.sizeHint().width() for one in buttons] == [one.width() for one in buttons]
        QApplication.processEvents()
        assert [one.geometry() for one in buttons] == before
