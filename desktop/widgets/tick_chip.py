"""A chip that is chosen or not, and says so without colour: by a tick."""

from PySide6.QtCore import QMargins, QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton

from desktop.theme import Theme

_TICK = 14  # pixels at 100 % type size
_TICK_GAP = 4  # pixels that Qt leaves between icon and text of a button


class TickChip(QPushButton):
    """Has room for its tick also without it.

    Else it would grow with the click, and be drawn too narrow for its text until the row is laid out anew, which on a
    busy machine takes seconds; and its neighbours would move away from the pointer.
    """

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        self.setCheckable(True)
        self.setProperty("role", "chip")
        self.show_tick()

    def show_tick(self) -> None:
        """Show the tick if the chip is checked, in the theme's present size and colours."""
        side = self._theme.px(_TICK)
        self.setIcon(self._theme.icon("check", "on_rail") if self.isChecked() else QIcon())
        self.setIconSize(QSize(side, side))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the room of text and tick."""
        wish = super().sizeHint()
        return (
            wish.grownBy(QMargins(0, 0, self.iconSize().width() + _TICK_GAP, 0))
            if self.icon().isNull()
            else wish
        )

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the same."""
        return self.sizeHint()
