"""The left of the page Verlauf: search line, list, and what can be done with what is chosen in it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.history import Found
from desktop.history_days import Group
from desktop.texts import history as texts
from desktop.theme import Theme
from desktop.widgets.flow_layout import FlowRow
from desktop.widgets.history_list import HistoryList
from desktop.widgets.parts import IconButton, ScrolledPage, announce, fill, label
from desktop.widgets.scroll_area import scrolling
from desktop.widgets.search_line import SearchLine
from desktop.widgets.undo_bar import UndoBar


class HistorySide(QWidget):
    """Reports wishes; decides nothing."""

    search_wanted = Signal()
    more_wanted = Signal()
    pin_wanted = Signal(object, bool)  # ids, whether they are to be pinned
    export_wanted = Signal(object)  # ids
    delete_wanted = Signal(object)  # ids
    broken_delete_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("historySide")
        self._theme = theme
        self.list = HistoryList(theme)
        self.undo = UndoBar(theme)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._show_actions()

    @property
    def typed(self) -> str:
        """What is searched for."""
        return self._search.text()

    @property
    def message(self) -> str:
        """What was last said about the list, "" if nothing."""
        return "" if self._message.isHidden() else self._message.text()

    def show_found(self, found: Found, groups: Sequence[Group], *, more: bool, current: str) -> None:
        """Show ``groups`` of ``found`` with ``current`` chosen; ``more`` offers older ones."""
        searched = bool(self.typed.strip())
        self.list.show_groups(groups, current)
        self._count.setText(texts.shown(len(found.entries), found.total, searched=searched))
        self._more.setVisible(more)
        self._empty.setText(texts.NOTHING_FOUND if searched else texts.EMPTY)
        there = bool(found.entries)
        self._empty.setVisible(not there)
        for part in (self.list, self._buttons):
            part.setVisible(there)
        self._broken.setText(texts.unreadable(found.unreadable_files))
        for part in (self._broken, self._broken_delete):
            part.setVisible(bool(found.unreadable_files))
        self._show_actions()

    def show_keeping(self, sentence: str) -> None:
        """Say how long questions are kept; "" says nothing."""
        self._keeping.setText(sentence)
        self._keeping.setVisible(bool(sentence))

    def say(self, message: str) -> None:
        """Say what came of a wish; "" says nothing."""
        self._message.setText(message)
        self._message.setVisible(bool(message))
        if message:
            announce(self, message)

    def focus_list(self) -> None:
        """Put the keyboard into the list, or into the search line if there is nothing in it."""
        if self.list.shown:
            self.list.go_to_first()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_search()

    def focus_search(self) -> None:
        """Put the keyboard into the search line."""
        self._search.focus()

    def set_margins(self, *, side: int, right: int) -> None:
        """Leave ``side`` pixels on the left and ``right`` on the right."""
        self._column.setContentsMargins(side, 16, right, 18)

    def _make_parts(self) -> None:
        theme = self._theme
        self._title = label(texts.TITLE, "welcome")
        self._count = label("", "muted")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._search = SearchLine(theme, texts.SEARCH_HINT, texts.SEARCH_LABEL)
        self._pin = IconButton(theme, "pin", texts.PIN_LABEL, text=f" {texts.PIN}")
        self._rename = IconButton(theme, "edit", texts.RENAME_LABEL, text=f" {texts.RENAME}")
        self._export = IconButton(theme, "export", texts.EXPORT_LABEL, text=f" {texts.EXPORT}")
        self._remove = IconButton(theme, "delete", texts.DELETE_LABEL, text=f" {texts.DELETE}")
        self._all = IconButton(theme, "history", texts.ALL_LABEL, text=f" {texts.ALL}")
        self._all.setMenu(self._make_menu())
        self._buttons = _flow(
            texts.ACTIONS_LABEL, self._pin, self._rename, self._export, self._remove, self._all
        )
        self._empty = label(texts.LOADING, "muted")
        self._more = _button(texts.MORE, texts.MORE)
        self._more.setProperty("role", "quiet")
        self._message = label("", "muted")
        self._keeping = label("", "small")
        self._broken = label("", "small")
        self._broken_delete = _button(texts.UNREADABLE_DELETE, texts.UNREADABLE_DELETE_LABEL)
        for part in (
            *(self._buttons, self.list, self._more, self._message, self._keeping, self._broken),
            self._broken_delete,
        ):
            part.hide()

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(texts.EXPORT_ALL, lambda: self.export_wanted.emit(self.list.shown))
        menu.addAction(texts.DELETE_ALL, lambda: self.delete_wanted.emit(self.list.shown))
        return menu

    def _lay_out(self) -> None:
        content = ScrolledPage()
        column = QVBoxLayout(content)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title, 1)
        head.addWidget(self._count, 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(head)
        for part in (self._search, self._buttons, self._empty):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignHCenter)
        for word in (self.undo, self._message, self._keeping, self._broken):
            column.addWidget(word)
        column.addWidget(self._broken_delete, 0, Qt.AlignmentFlag.AlignLeft)
        self._column = column
        # Where large type leaves too little height for all of it, the column scrolls as a whole.
        fill(self, scrolling(content))

    def _connect(self) -> None:
        self._search.search_wanted.connect(self.search_wanted)
        self._search.down_wanted.connect(self.focus_list)
        self.list.chosen_changed.connect(self._show_actions)
        self.list.delete_wanted.connect(self._on_delete)
        self._more.clicked.connect(self.more_wanted)
        self._pin.clicked.connect(self._on_pin)
        self._rename.clicked.connect(self.list.edit_name)
        self._export.clicked.connect(lambda: self.export_wanted.emit(self._chosen()))
        self._remove.clicked.connect(self._on_delete)
        self._broken_delete.clicked.connect(self.broken_delete_wanted)

    def _chosen(self) -> tuple[str, ...]:
        return tuple(entry.id for entry in self.list.chosen)

    @Slot()
    def _on_delete(self) -> None:
        self.delete_wanted.emit(self._chosen())

    @Slot()
    def _on_pin(self) -> None:
        self.pin_wanted.emit(self._chosen(), not all(entry.pinned for entry in self.list.chosen))

    @Slot()
    def _show_actions(self) -> None:
        """Let the actions be pressed that have something to work on."""
        chosen = self.list.chosen
        unpin = bool(chosen) and all(entry.pinned for entry in chosen)
        self._pin.setText(f" {texts.UNPIN if unpin else texts.PIN}")
        self._pin.setAccessibleName(texts.UNPIN_LABEL if unpin else texts.PIN_LABEL)
        self._pin.setToolTip(self._pin.accessibleName())
        for button in (self._pin, self._export, self._remove):
            button.setEnabled(bool(chosen))
        self._rename.setEnabled(len(chosen) == 1)


def _button(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button


def _flow(name: str, *buttons: QPushButton) -> QWidget:
    """Return buttons that stand side by side as far as there is room."""
    row = FlowRow(gap=6)
    row.setAccessibleName(name)
    for button in buttons:
        row.flow.addWidget(button)
    return row
