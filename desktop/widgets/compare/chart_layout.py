"""Where names, cells and bars of the picture stand."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFontMetrics

from desktop.widgets.compare.heads import lines_of, shortened
from desktop.widgets.compare.model import Place
from desktop.widgets.compare.word_breaks import Joints

# Pixels at 100 % type size.
MARGIN = 12
BARS = 130
_TOPICS, _TOPICS_CRAMPED = 280, 232  # at most
_TOPICS_AIR, _TOPICS_GAP = 8, 14
_HEAD, _HEAD_CRAMPED = 132, 84  # room for names that stand upright, at least where names are that long
_HEAD_SHARE, _HEAD_MOST = 0.45, 200  # of the height that is seen, and at most, where rows must be scrolled to
_HEAD_AIR = 8
LINE = 14  # from one line of a name to the next: names stand close, their letters do not touch
_LEAST_CELL, _MOST_CELL = 18, 46
_LEAST_ROW, _MOST_ROW = 18, 28


class Room(NamedTuple):
    """What the picture has to be laid out in."""

    size: QSize
    seen: int  # height in pixels that is seen at a time
    cramped: bool


class ChartLayout(NamedTuple):
    """All places in pixels."""

    heads: tuple[tuple[str, ...], ...]  # names of documents, whole, in lines
    topics: tuple[str, ...]  # names of topics; what has no room is cut with dots
    topics_width: int
    head_height: int
    edges: tuple[int, ...]  # left of each column, and right of the last
    top: int  # of the first row
    row_height: int
    least: QSize  # at which all cells can be told apart

    def cell(self, place: Place) -> QRect:
        """Return where the cell at ``place`` is drawn."""
        row, column = place
        left, right = self.edges[column], self.edges[column + 1]
        return QRect(left, self.top + row * self.row_height, right - left, self.row_height)

    def place(self, point: QPoint) -> Place:
        """Return the row and column at ``point``, which may be beyond the last; below 0 they are those of the names."""
        return (point.y() - self.top) // self.row_height, bisect_right(self.edges, point.x()) - 1


def lay_out(
    documents: Sequence[str],
    topics: Sequence[str],
    joints: Joints,
    metrics: QFontMetrics,
    px: Callable[[int], int],
    room: Room,
) -> ChartLayout:
    """Return the layout of ``documents`` against ``topics``. A column is as wide as the lines of its name need.

    Long words of names break at their ``joints``, where these are known.
    """
    rows = len(topics)
    head = _head_height(documents, rows, metrics, px, room)
    heads = tuple(tuple(lines_of(name, metrics, head - px(_HEAD_AIR), joints)) for name in documents)
    widest = max((metrics.horizontalAdvance(name) for name in topics), default=0)
    left = min(widest + px(_TOPICS_GAP), px(_TOPICS_CRAMPED if room.cramped else _TOPICS))
    needed = [px(_LEAST_CELL) + (len(lines) - 1) * px(LINE) for lines in heads]
    around = left + px(BARS) + 2 * px(MARGIN)
    common = min(_common(needed, room.size.width() - around), px(_MOST_CELL))
    edges = [float(px(MARGIN) + left)]
    for width in needed:
        edges.append(edges[-1] + max(width, common))
    free = room.size.height() - head - 2 * px(MARGIN)
    return ChartLayout(
        heads,
        tuple(shortened(topics, metrics, left - px(_TOPICS_AIR))),
        left,
        head,
        tuple(round(edge) for edge in edges),
        px(MARGIN) + head,
        min(max(free // max(1, rows), px(_LEAST_ROW)), px(_MOST_ROW)),
        QSize(around + sum(needed), head + rows * px(_LEAST_ROW) + 2 * px(MARGIN)),
    )


def _head_height(
    names: Sequence[str], rows: int, metrics: QFontMetrics, px: Callable[[int], int], room: Room
) -> int:
    """Return how high names stand: the longest in one line where there is room for it."""
    wanted = max((metrics.horizontalAdvance(name) for name in names), default=0) + px(_HEAD_AIR)
    left_over = room.seen - rows * px(_LEAST_ROW) - 2 * px(MARGIN)
    least = px(_HEAD_CRAMPED if room.cramped else _HEAD)
    share = min(round(room.seen * _HEAD_SHARE), px(_HEAD_MOST))
    return min(wanted, max(least, left_over, share))


def _common(needed: Sequence[int], free: float) -> float:
    """Return the width that all columns which need no more can have, 0 if there is not enough ``free`` for any."""
    for taken, one in enumerate(sorted(needed, reverse=True)):
        share = free / (len(needed) - taken)
        if one <= share:
            return share
        free -= one
    return 0.0
