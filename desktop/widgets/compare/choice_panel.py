"""Where the compared documents are chosen: by collection, Land, place and kind."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.compare.choice import Choice, Offer
from desktop.german import sort_key
from desktop.texts import compare as texts
from desktop.texts.window import kind
from desktop.theme import Theme
from desktop.widgets.check_list import CheckList
from desktop.widgets.panel import Panel, counted, titled

_LEAST_LIST = 220  # pixels at 100 % type size


class ChoicePanel(Panel):
    """As many lists side by side as have room."""

    changed = Signal(object)  # Choice

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, texts.PANEL_LABEL, clear=texts.CLEAR, done=texts.DONE)
        self._choice = Choice()
        self._across = 0
        self._collections = CheckList(theme, texts.COLLECTION_LABEL)
        self._lands = CheckList(theme, texts.LAND_LABEL)
        self._places = CheckList(theme, texts.PLACE_LABEL)
        self._kinds = CheckList(theme, texts.KIND_LABEL)
        self._columns = [
            titled(texts.COLLECTION, self._collections),
            titled(texts.LAND, self._lands),
            titled(texts.PLACE, self._places),
            titled(texts.KIND, self._kinds),
        ]
        self.arrange(0)
        self._collections.ticked.connect(lambda names: self._change(replace(self._choice, collections=names)))
        self._lands.ticked.connect(lambda lands: self._change(replace(self._choice, lands=lands)))
        self._places.ticked.connect(lambda places: self._change(replace(self._choice, places=places)))
        self._kinds.ticked.connect(lambda kinds: self._change(replace(self._choice, kinds=kinds)))
        self.clear.clicked.connect(lambda: self._change(Choice(self._choice.subject)))

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the tab key stops, in this order."""
        return (self._collections, self._lands, self._places, self._kinds, *super().stops)

    def show_offer(self, offer: Offer, choice: Choice) -> None:
        """Offer what there is, with ``choice`` ticked."""
        self._choice = choice
        titles = [(name, f"{title} ({number})") for name, title, number in offer.collections]
        self._collections.show_values(titles, choice.collections)
        self._lands.show_values(counted(offer.lands), choice.lands)
        self._places.show_values(counted(offer.places), choice.places)
        named = [(name, f"{kind(name)} ({number})") for name, number in offer.kinds]
        self._kinds.show_values(sorted(named, key=lambda pair: sort_key(pair[1])), choice.kinds)

    def arrange(self, width: int) -> None:
        """Set two or four lists side by side where they have room."""
        across = next((n for n in (4, 2) if width >= n * self._theme.px(_LEAST_LIST)), 2 if not width else 1)
        if across == self._across:
            return
        self._across = across
        for widget in self._columns:
            self.grid.removeWidget(widget)
        for number, widget in enumerate(self._columns):
            self.grid.addWidget(widget, number // across, number % across)
        for column in range(4):
            self.grid.setColumnStretch(column, 1 if column < across else 0)

    def _change(self, choice: Choice) -> None:
        if choice != self._choice:
            self._choice = choice
            self.changed.emit(choice)
