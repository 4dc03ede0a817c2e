"""Paints the cells of the library's table: titles with what was found below, facts beside or below."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.holdings import FACTS_BETWEEN, Column, facts_line
from desktop.theme import Theme
from desktop.widgets.library.model import COLUMNS, LibraryModel
from desktop.widgets.painted_text import PaintedText

Index = QModelIndex | QPersistentModelIndex

# Pixels at 100 % type size.
_SIDE = 10
_ABOVE = 8
_BETWEEN = 2
_BELOW = 5  # between the facts and what was found
_BAR = 4  # the bar at the side of what is chosen
_TITLE_PX = 14
_TEXT_PX = 13
_ROUND = 6
_LINES = 2  # of a title, and of any other cell
_NO_BREAK, _HYPHEN = "\N{NO-BREAK SPACE}", "\N{NON-BREAKING HYPHEN}"


def whole_facts(facts: str, metrics: QFontMetrics, room: int) -> str:
    """Return a line of facts that breaks only between them, unless one alone is wider than ``room``."""
    kept = (
        fact.replace(" ", _NO_BREAK).replace("-", _HYPHEN)
        if metrics.horizontalAdvance(fact) <= room
        else fact
        for fact in facts.split(FACTS_BETWEEN)
    )
    return f"{_NO_BREAK}· ".join(kept)


class LibraryDelegate(QStyledItemDelegate):
    """All rows are of one height, so that thousands of documents cost no more than ten."""

    def __init__(self, theme: Theme, model: LibraryModel, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view
        self._columns: tuple[Column, ...] = COLUMNS
        self._facts_lines = 0
        self._excerpt_lines = 1

    def set_form(self, columns: tuple[Column, ...], *, facts_lines: int, excerpt_lines: int) -> None:
        """Paint these columns; ``facts_lines`` below the title take up what has no column.

        Below both, ``excerpt_lines`` over the whole row show where something was found.
        """
        self._columns = columns
        self._facts_lines = facts_lines
        self._excerpt_lines = excerpt_lines

    def row_height(self) -> int:
        """Return the height of every row."""
        return self._excerpt_top() + self._excerpt_height() + self._theme.px(_ABOVE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell; the row that is chosen has a bar, the one with the keyboard a frame."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        painter.setClipRect(rect)
        self._paint_ground(painter, option, index)
        px, tokens = self._theme.px, self._theme.tokens
        room = max(1, rect.width() - 2 * px(_SIDE))
        texts = self._texts(index, room)
        excerpt = self._excerpt(index)
        # The line goes through the whole row, of which each cell shows its part.
        whole = max(1, self._view.viewport().width() - 2 * px(_SIDE))
        alone = len(self._columns) == 1
        top = rect.top() + px(_ABOVE)
        if alone:  # without neighbours to stand in a line with, a short text has as much room above as below
            needed = sum(text.height(room) for text in texts) + px(_BETWEEN) * (len(texts) - 1)
            needed += px(_BELOW) + excerpt.height(whole) if excerpt else 0
            top += max(0, (rect.height() - 2 * px(_ABOVE) - needed) // 2)
        for text in texts:
            text.paint(painter, tokens, QPointF(rect.left() + px(_SIDE), top), room)
            top += text.height(room) + px(_BETWEEN)
        if excerpt:
            below = top - px(_BETWEEN) if alone else rect.top() + self._excerpt_top()
            excerpt.paint(painter, tokens, QPointF(px(_SIDE), below + px(_BELOW)), whole)
        painter.restore()

    def _excerpt_top(self) -> int:
        heights = [_LINES * QFontMetrics(self._font(_TITLE_PX, bold=True)).lineSpacing()]
        if self._facts_lines:
            heights.append(self._facts_lines * QFontMetrics(self._font(_TEXT_PX)).lineSpacing())
        return self._theme.px(_ABOVE) + sum(heights) + self._theme.px(_BETWEEN) * (len(heights) - 1)

    def _excerpt_height(self) -> int:
        if not self._model.searching:
            return 0
        line = QFontMetrics(self._font(_TEXT_PX)).lineSpacing()
        return self._theme.px(_BELOW) + self._excerpt_lines * line

    def _excerpt(self, index: Index) -> PaintedText | None:
        found = self._model.excerpt(index.row())
        if not found.text:
            return None
        ink = self._theme.tokens.ink
        return PaintedText(found.text, self._font(_TEXT_PX), ink, found.ranges, self._excerpt_lines)

    def _texts(self, index: Index, room: int) -> list[PaintedText]:
        holding = self._model.holding(index.row())
        if holding is None:
            return []
        tokens = self._theme.tokens
        small = self._font(_TEXT_PX)
        column = COLUMNS[index.column()]
        if column is not Column.TITLE:
            return [PaintedText(str(index.data()), small, tokens.ink, lines=_LINES)]
        found = self._model.found(index.row())
        ranges = found.title_ranges if found is not None else ()
        bold = self._font(_TITLE_PX, bold=True)
        shown = [PaintedText(holding.info.title, bold, tokens.ink, ranges, _LINES)]
        if facts := facts_line(holding, self._columns) if self._facts_lines else "":
            facts = whole_facts(facts, QFontMetrics(small), room)
            shown.append(PaintedText(facts, small, tokens.muted, lines=self._facts_lines))
        return shown

    def _font(self, size: int, *, bold: bool = False) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(self._theme.px(size))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of one cell as a part of its row's."""
        tokens = self._theme.tokens
        rect = option.rect
        current = index.row() == self._view.currentIndex().row()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        # The line to the row below.
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if not (chosen or current or option.state & QStyle.StateFlag.State_MouseOver):
            return
        # The whole row is drawn, of which only this cell is seen.
        row = QRect(0, rect.top(), self._view.viewport().width(), rect.height()).adjusted(1, 1, -1, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.hover))
        painter.drawRoundedRect(row, _ROUND, _ROUND)
        if chosen:
            painter.setBrush(QColor(tokens.action))
            bar = QRect(row.left(), row.top() + 6, self._theme.px(_BAR), row.height() - 12)
            painter.drawRoundedRect(bar, 2, 2)
        if current and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), _ROUND, _ROUND)
