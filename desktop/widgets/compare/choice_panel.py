"""Where the compared documents are chosen: by collection, Land, place and kind."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.compare.choice import Choice, Counted, Offer
from desktop.german import sort_key
from desktop.texts import compare as texts
from desktop.texts.window import kind
from desktop.theme import Theme
from desktop.widgets.check_list import CheckList
from desktop.widgets.parts import label

_LEAST_LIST = 190  # pixels at 100 % type size


class ChoicePanel(QFrame):
    """Every change holds at once; Esc or "Fertig" closes."""

    changed = Signal(object)  # Choice
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._choice = Choice()
        self._across = 0
        self.setObjectName("filterPanel")
        self.setAccessibleName(texts.PANEL_LABEL)
        self._collections = CheckList(theme, texts.COLLECTION_LABEL)
        self._lands = CheckList(theme, texts.LAND_LABEL)
        self._places = CheckList(theme, texts.PLACE_LABEL)
        self._kinds = CheckList(theme, texts.KIND_LABEL)
        lists = (
            (texts.COLLECTION, self._collections),
            (texts.LAND, self._lands),
            (texts.PLACE, self._places),
            (texts.KIND, self._kinds),
        )
        self._columns = [_titled(title, one) for title, one in lists]
        self._clear = QPushButton(texts.CLEAR)
        self._done = QPushButton(texts.DONE)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        buttons = QHBoxLayout()
        buttons.addWidget(self._clear)
        buttons.addStretch(1)
        buttons.addWidget(self._done)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(10)
        whole.addLayout(self._grid)
        whole.addLayout(buttons)
        self._arrange(0)
        self._collections.ticked.connect(lambda names: self._change(replace(self._choice, collections=names)))
        self._lands.ticked.connect(lambda lands: self._change(replace(self._choice, lands=lands)))
        self._places.ticked.connect(lambda places: self._change(replace(self._choice, places=places)))
        self._kinds.ticked.connect(lambda kinds: self._change(replace(self._choice, kinds=kinds)))
        self._clear.clicked.connect(lambda: self._change(Choice(self._choice.subject)))
        self._done.clicked.connect(self.closed)

    def show_offer(self, offer: Offer, choice: Choice) -> None:
        """Offer what there is, with ``choice`` ticked."""
        self._choice = choice
        titles = [(name, f"{title} ({number})") for name, title, number in offer.collections]
        self._collections.show_values(titles, choice.collections)
        self._lands.show_values(_counted(offer.lands), choice.lands)
        self._places.show_values(_counted(offer.places), choice.places)
        named = [(name, f"{kind(name)} ({number})") for name, number in offer.kinds]
        self._kinds.show_values(sorted(named, key=lambda pair: sort_key(pair[1])), choice.kinds)

    def focus_first(self) -> None:
        """Put the keyboard on the first list."""
        self._collections.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height in the arrangement for ``width``."""
        self._arrange(width)
        return super().heightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Set as many lists side by side as have room."""
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        across = next((n for n in (4, 2) if width >= n * self._theme.px(_LEAST_LIST)), 2 if not width else 1)
        if across == self._across:
            return
        self._across = across
        for widget in self._columns:
            self._grid.removeWidget(widget)
        for number, widget in enumerate(self._columns):
            self._grid.addWidget(widget, number // across, number % across)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    @Slot(object)
    def _change(self, choice: Choice) -> None:
        if choice != self._choice:
            self._choice = choice
            self.changed.emit(choice)


def _titled(title: str, widget: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(label(title, "heading"))
    column.addWidget(widget)
    return whole


def _counted(values: Counted) -> Sequence[tuple[str, str]]:
    return [
        (name, f"{name} ({number})") for name, number in sorted(values, key=lambda pair: sort_key(pair[0]))
    ]
