"""The list of the page Bibliothek at large type: rows of one height, one pattern, nothing cut by a row's edge."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics, QImage

from desktop.holdings import Column, facts_line
from desktop.widgets.library.delegate import whole_facts

ROWS = 12


def _blank(image: QImage, first: int, last: int, width: int) -> tuple[int, int]:
    """Return how many lines of pixels are empty below ``first`` and above ``last``."""
    ground = image.pixel(width - 8, first + 4)
    inked = [
        y
        for y in range(first + 4, last - 4)
        if any(image.pixel(x, y) != ground for x in range(30, width - 30))
    ]
    return inked[0] - first, last - inked[-1]


@pytest.mark.parametrize("size", [(1164, 840), (828, 700)])
@pytest.mark.parametrize("wanted", ["", "kennzeichnung"])
def test_every_row_is_of_one_height_with_equal_room_above_and_below(open_room, size, wanted) -> None:
    room = open_room(percent=200, size=size)
    if wanted:
        room.search(wanted)
    table = room.page.list.table
    assert table.columns == (Column.TITLE,)
    rows = min(ROWS, table.model().rowCount())
    heights = {table.rowHeight(row) for row in range(rows)}
    assert len(heights) == 1
    for row in range(1, rows):  # the first has the keyboard
        index = table.model().index(row, 0)
        table.scrollTo(index, table.ScrollHint.PositionAtTop)
        room.wait()
        rect = table.visualRect(index)
        assert table.viewport().height() >= rect.height(), "a whole row is seen"
        if rect.bottom() > table.viewport().height():
            continue
        ratio = table.viewport().devicePixelRatio()
        image = table.viewport().grab().toImage()
        assert ratio == 1
        above, below = _blank(image, rect.top(), rect.bottom(), rect.width())
        assert min(above, below) >= room.theme.px(7), "not too tight"
        assert abs(above - below) <= room.theme.px(8), (row, above, below)
    assert table.rect().contains(QPoint(5, table.rowHeight(0)))


def test_facts_break_only_between_facts(open_room) -> None:
    room = open_room(percent=200, size=(828, 700))
    table = room.page.list.table
    metrics = QFontMetrics(table.font())
    facts = [facts_line(room.page.list.model.holding(row)) for row in range(table.model().rowCount())]
    assert any("-" in one for one in facts)
    for line in facts:
        shown = whole_facts(line, metrics, 500)
        for fact, words in zip(line.split(" · "), shown.split("· "), strict=True):
            may_break = metrics.horizontalAdvance(fact) > 500
            assert (" " in words or "-" in words) == (may_break and (" " in fact or "-" in fact))
        assert " ·" not in shown, "a line never begins with a dot"
