"""A long text: read-only, walked through by keyboard, with pictures of the handbook and nothing else."""

import re

from PySide6.QtCore import QRegularExpression, QUrl, Signal, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from desktop.handbook import picture_file
from desktop.theme import Theme

# Pixels at 100 % type size.
_WIDEST_TEXT = 720  # longer lines are hard to follow
_SPACE = 28

_PICTURE = re.compile(r'<img ([^>]*?)src="([^"]+)"')


class ReadingText(QTextBrowser):
    """Shows HTML of this program. Links are reported, never followed."""

    link_wanted = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._html = ""
        self._words: tuple[str, ...] = ()
        self._found: list[QTextCursor] = []
        self._current = -1
        self._picture_width = 0
        self.setObjectName("readingText")
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.anchorClicked.connect(self._on_link)
        theme.changed.connect(self._redraw)

    @property
    def found(self) -> int:
        """How many places are marked."""
        return len(self._found)

    @property
    def current(self) -> int:
        """Number of the place gone to last, from 1; 0 if none."""
        return self._current + 1

    def show_html(self, html: str, *, keep_place: bool = False) -> None:
        """Show ``html`` from its beginning, or where the reader was if ``keep_place``."""
        self._html = html
        if keep_place:
            self._redraw()
            return
        self._draw()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def go_to(self, anchor: str, above: int = 0) -> bool:
        """Scroll to ``anchor``, ``above`` pixels below the top, and put the caret there: reading goes on from it.

        Returns False if there is no such place.
        """
        position = self.position_of(anchor)
        if position is None:
            return False
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        # The rectangle is relative to what is seen now.
        top = self.cursorRect(cursor).top() + self.verticalScrollBar().value()
        self.verticalScrollBar().setValue(top - above)
        return True

    def position_of(self, anchor: str) -> int | None:
        """Return the character before which ``anchor`` stands, None if there is none."""
        block = self.document().begin()
        while block.isValid():
            for part in block.textFormats():
                if anchor in part.format.anchorNames():
                    return block.position() + part.start
            block = block.next()
        return None

    def mark(self, words: tuple[str, ...]) -> None:
        """Mark all places of ``words``; go to none. No words: mark nothing."""
        self._words = words
        self._find()

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) marked place, round the end."""
        if not self._found:
            return
        if self._current < 0:
            position = self.textCursor().position()
            after = [i for i, one in enumerate(self._found) if one.selectionStart() >= position]
            self._current = after[0] if after else 0
            if by < 0:
                self._current = (self._current - 1) % len(self._found)
        else:
            self._current = (self._current + by) % len(self._found)
        cursor = QTextCursor(self._found[self._current])
        cursor.setPosition(cursor.selectionStart())
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self._show_marks()

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: N802, A002 - Qt's names
        """Load a picture of the handbook; nothing else, whatever the text asks for."""
        file = picture_file(name.toString() if isinstance(name, QUrl) else name)
        if file is None or type != QTextDocument.ResourceType.ImageResource.value:
            return None
        return QImage(str(file))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave back and forward to the page: it knows more than this text."""
        if event.modifiers() & event.modifiers().AltModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep lines short enough to be followed, and pictures within them."""
        self._fit()  # first: the text is laid out for what the margins leave
        super().resizeEvent(event)
        if "<img " in self._html and self._picture_room() != self._picture_width:
            self._redraw()

    def _fit(self) -> None:
        px = self._theme.px
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - bar
        left = min(px(_SPACE), 40)
        right = max(left, room - left - px(_WIDEST_TEXT))
        if self.viewportMargins().left() != left or self.viewportMargins().right() != right:
            self.setViewportMargins(left, 0, right, 0)

    def _picture_room(self) -> int:
        # Counted from the whole width: the viewport's changes while text is set and its scroll bar comes or goes.
        bar, margins = self.verticalScrollBar().sizeHint().width(), self.viewportMargins()
        room = self.width() - bar - margins.left() - margins.right()
        return max(80, room - 2 * round(self.document().documentMargin()) - 8)

    @Slot()
    def _redraw(self) -> None:
        place = self.verticalScrollBar().value()
        caret = self.textCursor().position()
        self._fit()
        self._draw()
        cursor = self.textCursor()
        cursor.setPosition(min(caret, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(place)

    def _draw(self) -> None:
        self._picture_width = self._picture_room()
        tokens = self._theme.tokens
        px = self._theme.px
        self.document().setDefaultStyleSheet(
            f"h1 {{ font-size: {px(24)}px; font-weight: 600; margin-top: {px(8)}px; margin-bottom: {px(12)}px; }}"
            f"h2 {{ font-size: {px(18)}px; font-weight: 600; margin-top: {px(24)}px; margin-bottom: {px(8)}px; }}"
            f"h3 {{ font-size: {px(15)}px; font-weight: 600; margin-top: {px(16)}px; margin-bottom: {px(6)}px; }}"
            f"p, li {{ line-height: 130%; margin-top: 0; margin-bottom: {px(8)}px; }}"
            f".caption {{ color: {tokens.muted}; font-size: {px(13)}px; margin-bottom: {px(16)}px; }}"
            f".section {{ font-size: {px(18)}px; }}"
            f".facts {{ color: {tokens.muted}; font-size: {px(13)}px; margin-bottom: {px(4)}px; }}"
            f".note {{ background-color: {tokens.note}; color: {tokens.on_note}; }}"
            f".marked {{ background-color: {tokens.mark}; color: {tokens.on_mark}; font-weight: 600; }}"
            f".evidence {{ background-color: {tokens.mark_light}; text-decoration: underline; }}"
            f"small {{ color: {tokens.muted}; }}"
            f"a {{ color: {tokens.link}; }}"
            f"code, pre {{ background-color: {tokens.hover}; font-size: {px(13)}px; }}"
            "pre { white-space: pre-wrap; }"
            f"table {{ border-collapse: collapse; border: 1px solid {tokens.line}; margin-bottom: {px(12)}px; }}"
            f"th {{ background-color: {tokens.hover}; font-weight: 600; text-align: left; }}"
            f"th, td {{ border: 1px solid {tokens.line}; padding: {px(6)}px {px(9)}px; }}"
        )
        self.document().setIndentWidth(px(22))
        self.setHtml(_PICTURE.sub(self._sized, self._html))
        self._find()

    def _sized(self, found: re.Match[str]) -> str:
        file = picture_file(found[2])
        width = QImage(str(file)).width() if file else 0
        return f'<img width="{min(width, self._picture_width)}" {found[1]}src="{found[2]}"'

    def _find(self) -> None:
        self._found = []
        self._current = -1
        if self._words:
            either = "|".join(QRegularExpression.escape(word) for word in self._words)
            pattern = QRegularExpression(either, QRegularExpression.PatternOption.CaseInsensitiveOption)
            cursor = self.document().find(pattern, 0)
            while not cursor.isNull():
                self._found.append(cursor)
                cursor = self.document().find(pattern, cursor)
        self._show_marks()

    def _show_marks(self) -> None:
        tokens = self._theme.tokens
        marks = []
        for number, cursor in enumerate(self._found):
            look = QTextCharFormat()
            here = number == self._current
            look.setBackground(QColor(tokens.action if here else tokens.mark))
            look.setForeground(QColor(tokens.on_action if here else tokens.on_mark))
            if here:
                look.setFontUnderline(True)
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format = look
            marks.append(mark)
        self.setExtraSelections(marks)

    @Slot(QUrl)
    def _on_link(self, address: QUrl) -> None:
        self.link_wanted.emit(address.toString())
