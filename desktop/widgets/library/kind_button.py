"""The button with a menu in which kinds of documents are chosen."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.texts import library as texts
from desktop.texts.window import kind
from desktop.theme import Theme
from desktop.widgets.parts import IconButton


class KindButton(IconButton):
    """Nothing chosen means all kinds; the first choice narrows to that kind, further ones add."""

    chosen_changed = Signal(object)  # tuple of kinds, empty: all

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "document", texts.KINDS, text=f" {texts.KINDS_ALL}")
        self._kinds: Sequence[tuple[str, str]] = ()
        self._chosen: tuple[str, ...] = ()
        self._entries = QMenu(self)
        self._entries.aboutToShow.connect(self._fill)
        self.setMenu(self._entries)
        self._say()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The chosen kinds; empty: all."""
        return self._chosen

    def show_kinds(self, kinds: Sequence[tuple[str, str]]) -> None:
        """Offer ``kinds``, each with the text that is shown for it."""
        self._kinds = kinds

    def choose(self, kinds: Sequence[str]) -> None:
        """Let these be chosen, without saying so."""
        self._chosen = tuple(kinds)
        self._say()

    def _fill(self) -> None:
        self._entries.clear()
        known = dict(self._kinds)
        gone = [(name, kind(name)) for name in self._chosen if name not in known]
        entries = [("", texts.KINDS_ALL, not self._chosen)]
        entries += [(name, text, name in self._chosen) for name, text in (*self._kinds, *gone)]
        for name, text, on in entries:
            action = QAction(text, self._entries, checkable=True, checked=on)
            action.triggered.connect(partial(self._toggle, name))
            self._entries.addAction(action)

    def _toggle(self, name: str) -> None:
        if not name:
            chosen: tuple[str, ...] = ()
        elif name in self._chosen:
            chosen = tuple(one for one in self._chosen if one != name)
        else:
            chosen = (*self._chosen, name)
        self.choose(chosen)
        self.chosen_changed.emit(chosen)

    def _say(self) -> None:
        match self._chosen:
            case ():
                text = texts.KINDS_ALL
            case (one,):
                text = kind(one)
            case several:
                text = texts.KINDS_SOME.format(number=len(several))
        self.setText(f" {text}")
        names = ", ".join(kind(name) for name in self._chosen) or texts.KINDS_ALL
        self.setAccessibleName(texts.KINDS_LABEL.format(chosen=names))
        self.setToolTip(self.accessibleName())
