"""The keys of the page Fragen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

_DIGITS = range(1, 10)


def add_keys(page: QWidget, escape: Callable[[], None], digit: Callable[[int], None]) -> None:
    """Esc, and Alt with a digit, anywhere on ``page``."""
    QShortcut(QKeySequence("Esc"), page).activated.connect(escape)
    for number in _DIGITS:
        QShortcut(QKeySequence(f"Alt+{number}"), page).activated.connect(partial(digit, number))


def add_reading_keys(part: QWidget, digit: Callable[[int], None]) -> None:
    """The digit alone, in a ``part`` for reading.

    A letter or digit alone must not act from everywhere, or speech input sets it off (WCAG 2.1.4).
    """
    for number in _DIGITS:
        alone = QShortcut(QKeySequence(str(number)), part)
        alone.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        alone.activated.connect(partial(digit, number))
