"""Read-only text that is as high as its content, so that it scrolls with the page around it."""

import math

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QResizeEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QTextBrowser, QWidget

from desktop.citations import cited_number
from desktop.theme import Theme

_FRAME_PX = 2  # the focus ring of the stylesheet, which is there, unseen, without focus too
_MARGIN_PX = 3  # keeps the focus ring off the letters
TEXT_INSET_PX = _FRAME_PX + _MARGIN_PX  # labels beside it stand in line with its letters


class FlowingText(QTextBrowser):
    """Shows text that can be selected and walked through by keyboard. Loads nothing and opens nothing."""

    citation_clicked = Signal(int)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._html = ""
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.document().setDocumentMargin(_MARGIN_PX)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.anchorClicked.connect(self._on_link)
        self.cursorPositionChanged.connect(self._show_caret)
        theme.changed.connect(self._draw)

    def show_html(self, html: str) -> None:
        """Show ``html`` made by this program; text from documents in it must be escaped."""
        if html != self._html:
            self._html = html
            self._draw()

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: N802, A002 - Qt's names
        """Load nothing, whatever the text asks for."""
        del type, name
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the height to the new width."""
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave scrolling to the page around."""
        event.ignore()

    @Slot()
    def _draw(self) -> None:
        tokens = self._theme.tokens
        self.document().setDefaultStyleSheet(
            "p, li, div, blockquote { line-height: 116%; margin-top: 0; margin-bottom: 8px; }"
            "div { margin-bottom: 0; }"
            "h1, h2, h3, h4 { font-size: 100%; font-weight: 600; margin-top: 10px; margin-bottom: 6px; }"
            f"a {{ color: {tokens.link}; text-decoration: none; }}"
            f".marked {{ background-color: {tokens.mark}; color: {tokens.on_mark}; font-weight: 600; }}"
            f".evidence {{ background-color: {tokens.mark_light}; text-decoration: underline; }}"
        )
        self.document().setIndentWidth(self._theme.px(20))
        self.setHtml(self._html)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        height = math.ceil(self.document().size().height()) + 2 * _FRAME_PX
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    @Slot(QUrl)
    def _on_link(self, address: QUrl) -> None:
        number = cited_number(address.toString())
        if number is not None:
            self.citation_clicked.emit(number)

    @Slot()
    def _show_caret(self) -> None:
        if not self.hasFocus():
            return
        parent: QWidget | None = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        page = parent.widget() if parent is not None else None
        if parent is not None and page is not None:
            place = self.viewport().mapTo(page, self.cursorRect().center())
            parent.ensureVisible(place.x(), place.y(), 0, self._theme.px(24))
