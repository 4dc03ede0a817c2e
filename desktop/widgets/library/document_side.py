"""Beside a document: its headings, its topics as chips, the addresses of its sources."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from desktop.full_document import FullDocument
from desktop.texts import library as texts
from desktop.theme import Theme
from desktop.widgets.address_list import AddressList
from desktop.widgets.flow_layout import FlowRow
from desktop.widgets.library.contents_list import ContentsList
from desktop.widgets.parts import IconButton, ScrolledPage, fill, label
from desktop.widgets.scroll_area import scrolling

_CHIP_SIDES = 40  # pixels at 100 % type size: what a chip and a scroll bar need beside the text


class DocumentSide(QFrame):
    """Reports which section is wanted."""

    section_wanted = Signal(int)
    topic_wanted = Signal(str)
    text_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chips: list[_Chip] = []
        self.setObjectName("librarySide")
        self.setAccessibleName(texts.SIDE_LABEL)
        self.contents = ContentsList(theme)
        self.addresses = AddressList(theme)
        self._back = IconButton(theme, "back", texts.TO_TEXT, text=f" {texts.TO_TEXT}")
        self._topics = FlowRow(gap=6)
        self._flow = self._topics.flow
        self._topics_title = label(texts.TOPICS, "heading")
        self._lay_out()
        self.contents.chosen.connect(self.section_wanted)
        self._back.clicked.connect(self.text_wanted)
        theme.changed.connect(self.contents.fit)
        theme.changed.connect(self._fit_chips)

    @property
    def chips(self) -> tuple[QPushButton, ...]:
        """The topics."""
        return tuple(self._chips)

    def show_document(self, document: FullDocument) -> None:
        """Show what belongs to ``document``."""
        self.contents.show_headings([part.heading for part in document.parts])
        self.addresses.show_addresses(document.info.sources)
        self._show_topics(document.holding.topics)
        self._scroll.verticalScrollBar().setValue(0)

    def set_alone(self, *, alone: bool) -> None:
        """Offer the way to the text where it is not beside."""
        self._back.setVisible(alone)

    def set_margins(self, *, side: int, right: int) -> None:
        """Leave ``side`` pixels on the left and ``right`` on the right."""
        self._column.setContentsMargins(side, 16, right, 18)

    def focus_first(self) -> None:
        """Put the keyboard into the contents."""
        self.contents.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the chips to the new width."""
        super().resizeEvent(event)
        self._fit_chips()

    def _lay_out(self) -> None:
        content = ScrolledPage()
        column = QVBoxLayout(content)
        column.setSpacing(8)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(label(texts.CONTENTS, "heading"))
        column.addWidget(self.contents)
        column.addSpacing(8)
        column.addWidget(self._topics_title)
        column.addWidget(self._topics)
        column.addSpacing(8)
        column.addWidget(self.addresses)
        column.addStretch(1)
        self._column = column
        self._scroll = scrolling(content)
        fill(self, self._scroll)
        self._back.hide()

    def _show_topics(self, topics: Sequence[str]) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for topic in topics:
            chip = _Chip(topic)
            chip.clicked.connect(partial(self.topic_wanted.emit, topic))
            self._flow.addWidget(chip)
            self._chips.append(chip)
        self._topics_title.setVisible(bool(topics))
        self._topics.setVisible(bool(topics))
        self._fit_chips()

    @Slot()
    def _fit_chips(self) -> None:
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._theme.px(_CHIP_SIDES)
        for chip in self._chips:
            chip.ensurePolished()
            chip.fit(room, chip.fontMetrics())


class _Chip(QPushButton):
    """A topic, broken into lines where it is longer than there is room."""

    def __init__(self, topic: str) -> None:
        super().__init__(topic)
        self._topic = topic
        self.setProperty("role", "filter")
        self.setAccessibleName(texts.TOPIC_LABEL.format(topic=topic))
        self.setToolTip(texts.TOPIC_TIP)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def fit(self, width: int, metrics: QFontMetrics) -> None:
        """Be no wider than ``width`` pixels, if words allow it."""
        lines = [""]
        for word in self._topic.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and metrics.horizontalAdvance(longer) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        # One mark of a mnemonic would be swallowed.
        self.setText("\n".join(lines).replace("&", "&&"))
