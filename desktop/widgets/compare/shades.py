"""The grounds of cells: the more a document says, the deeper. The text on them stays readable in every theme."""

from PySide6.QtGui import QColor

from desktop.theme import Tokens

_SHARES = (0.0, 0.13, 0.27, 0.42)  # of the colour of actions, by level


def shade(tokens: Tokens, level: int) -> QColor:
    """Return the ground of a cell of ``level`` 0 to 3; text on it has the colour ``ink``."""
    card, action = QColor(tokens.card), QColor(tokens.action)
    share = _SHARES[level]
    pairs = (
        (card.red(), action.red()),
        (card.green(), action.green()),
        (card.blue(), action.blue()),
    )
    return QColor(*(round((1 - share) * one + share * other) for one, other in pairs))
