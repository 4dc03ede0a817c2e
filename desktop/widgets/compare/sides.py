"""Chosen cells side by side: their passages, with what differs marked."""

from collections.abc import Sequence
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.compare.differences import Aspect
from desktop.compare.matrix import Topic
from desktop.compare.side_by_side import Side
from desktop.texts import compare as texts
from desktop.theme import Theme
from desktop.widgets.compare.passage_html import spots_html
from desktop.widgets.flowing_text import FlowingText
from desktop.widgets.parts import IconButton, ScrolledPage, label
from desktop.widgets.scroll_area import scrolling

_LEAST_SIDE = 215  # pixels at 100 % type size


class SidesView(QWidget):
    """Shows sides; decides nothing."""

    open_wanted = Signal(str, str, str)  # collection, document, section
    unchoose_wanted = Signal(int)  # number of the side
    clear_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sides: tuple[Side, ...] = ()
        self.setAccessibleName(texts.SIDES_LABEL)
        self._back = IconButton(theme, "back", texts.BACK, text=f" {texts.BACK}")
        self._back.clicked.connect(self.closed)
        self._back.hide()
        self._clear = QPushButton(texts.UNCHOOSE_ALL)
        self._clear.clicked.connect(self.clear_wanted)
        head = QHBoxLayout()
        self._title = label(texts.SIDES_LABEL, "heading")
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        head.addStretch(0)
        head.addWidget(self._clear)
        self._summary = FlowingText(theme, texts.DIFFERENCES_LABEL)
        self._summary.setObjectName("compareSummary")
        self._legend = label(texts.MARK_LEGEND, "small")
        self._cards = QHBoxLayout()
        self._cards.setSpacing(12)
        content = ScrolledPage()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._summary)
        column.addWidget(self._legend)
        column.addLayout(self._cards)
        column.addStretch(1)
        self._content = content
        self._scroll = scrolling(content, sideways=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(head)
        whole.addWidget(self._scroll, 1)
        theme.changed.connect(self._draw)

    @property
    def sides(self) -> tuple[Side, ...]:
        """What is shown."""
        return self._sides

    @property
    def summary(self) -> str:
        """What is said of the differences."""
        return self._summary.toPlainText()

    @property
    def texts_shown(self) -> tuple[FlowingText, ...]:
        """The texts of the sides."""
        return tuple(card.text for card in self._shown())

    def set_alone(self, *, alone: bool) -> None:
        """Offer the way back where the table is hidden meanwhile."""
        self._back.setVisible(alone)
        self._title.setVisible(not alone)  # the way back says enough, and needs the room

    def focus_first(self) -> None:
        """Put the keyboard on the first text."""
        for card in self._shown()[:1]:
            card.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_sides(self, sides: Sequence[Side]) -> None:
        """Show ``sides`` beside each other."""
        self._sides = tuple(sides)
        self._draw()

    def _shown(self) -> list["_Card"]:
        items = (self._cards.itemAt(place) for place in range(self._cards.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, _Card)]

    @Slot()
    def _draw(self) -> None:
        for card in self._shown():
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        for number, side in enumerate(self._sides):
            card = _Card(self._theme, side)
            card.closing.connect(partial(self.unchoose_wanted.emit, number))
            card.open_wanted.connect(self.open_wanted)
            self._cards.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        self._summary.show_html(_summary_html(self._sides))
        self._legend.setVisible(any(one for side in self._sides for one in side.marks))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what stands above the sides within sight."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the sides scroll sideways where they are too many, but not the lines above them."""
        seen = self._scroll.viewport().width() - 8
        for widget in (self._summary, self._legend):
            widget.setMaximumWidth(max(seen, 1))
        least = len(self._sides) * (self._theme.px(_LEAST_SIDE) + self._cards.spacing())
        self._content.setMinimumWidth(least + 8)


class _Card(QFrame):
    """One side."""

    closing = Signal()
    open_wanted = Signal(str, str, str)

    def __init__(self, theme: Theme, side: Side) -> None:
        super().__init__()
        info, cell = side.column.info, side.cell
        self.setObjectName("compareSide")
        self.setAccessibleName(texts.SIDE_LABEL.format(document=side.column.name, topic=side.topic.title))
        close = IconButton(
            theme, "close", texts.UNCHOOSE.format(document=side.column.name, topic=side.topic.title)
        )
        close.clicked.connect(self.closing)
        head = QHBoxLayout()
        head.addWidget(label(side.column.name, "heading"), 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.text = FlowingText(
            theme, texts.TEXT_LABEL.format(document=side.column.name, topic=side.topic.title)
        )
        self.text.setObjectName("compareText")
        self.text.show_html(spots_html(side, theme.tokens))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(label(f"{side.topic.title}: {texts.amount(cell)}", "muted"))
        if info.title != side.column.name:
            column.addWidget(label(info.title, "small"))
        if info.digest:
            digest = label(texts.DIGEST)
            digest.setProperty("role", "badge")
            column.addWidget(digest)
        column.addWidget(self.text)
        if cell.spots:
            section = cell.section or cell.spots[0].section
            button = IconButton(
                theme,
                "library",
                texts.OPEN_LABEL.format(document=side.column.name, section=section),
                text=f" {texts.OPEN}",
            )
            button.clicked.connect(lambda: self.open_wanted.emit(info.collection, info.id, section))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _summary_html(sides: Sequence[Side]) -> str:
    topics = list(dict.fromkeys(side.topic for side in sides))
    return "".join(_topic_html(topic, [side for side in sides if side.topic == topic]) for topic in topics)


def _topic_html(topic: Topic, sides: Sequence[Side]) -> str:
    """Return the differences of one topic, a line for each of numbers, dates and modality."""
    speaking = [side for side in sides if side.cell.sentences]
    if len(speaking) < 2:
        return f"<p>{escape(texts.NEED_TWO)}</p>" if len(sides) < 2 else ""
    lines = []
    for aspect in Aspect:
        shown = [(side.column.name, side.shown(aspect)) for side in speaking]
        if any(values for _, values in shown):
            listed = "; ".join(
                f"{escape(name)}: {escape(', '.join(values) or texts.ASPECT_EMPTY)}" for name, values in shown
            )
            lines.append(f"<b>{texts.ASPECTS[aspect]}</b> – {listed}")
    if not lines:
        return f"<p>{escape(texts.SAME.format(topic=topic.title))}</p>"
    return f"<h4>{escape(texts.DIFFERENCES.format(topic=topic.title))}</h4><p>{'<br>'.join(lines)}</p>"
