"""The first line of a card: whether the documents answer the question, in words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.theme import Ink, Theme
from desktop.widgets.answer_state import SEARCHING, StateLine, Tone
from desktop.widgets.parts import IconLabel, label, restyle

_INKS: dict[Tone, Ink] = {"plain": "ink", "good": "on_good", "note": "on_note", "bad": "on_bad"}


class StateBanner(QFrame):
    """Words and an icon on a ground; the words alone say all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("state")
        self._icon = IconLabel(theme, SEARCHING.icon, 20)
        self._words = label("")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.show_state(SEARCHING)

    @property
    def words(self) -> str:
        """What the banner says."""
        return self._words.text()

    def show_state(self, state: StateLine) -> None:
        """Say ``state``."""
        self._words.setText(state.words)
        self.setAccessibleName(state.words)
        self._icon.show_icon(state.icon, _INKS[state.tone])
        if self.property("tone") != state.tone:
            self.setProperty("tone", state.tone)
            for part in (self, self._words):
                restyle(part)
