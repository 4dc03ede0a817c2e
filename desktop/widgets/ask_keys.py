"""The keys of the page Fragen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def add_keys(
    page: QWidget, reading: tuple[QWidget, ...], escape: Callable[[], None], digit: Callable[[int], None]
) -> None:
    """Esc, Alt with a digit anywhere on ``page``; the digit alone only in the parts for ``reading``.

    A letter or digit alone must not act from everywhere, or speech input sets it off (WCAG 2.1.4).
    """
    QShortcut(QKeySequence("Esc"), page).activated.connect(escape)
    for number in range(1, 10):
        act = partial(digit, number)
        QShortcut(QKeySequence(f"Alt+{number}"), page).activated.connect(act)
        for part in reading:
            alone = QShortcut(QKeySequence(str(number)), part)
            alone.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            alone.activated.connect(act)
