"""All keys of the program in one list, from which the help page is made. Knows no Qt.

Whoever adds a key adds it here; a test compares the list with the window's own shortcuts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.texts import shortcuts as texts

PAGES = 6  # in the rail


@dataclass(frozen=True)
class Shortcut:
    """``keys`` as Qt spells them in English, each of which does the same; ``does`` and ``where`` in German."""

    keys: tuple[str, ...]
    does: str
    where: str


SHORTCUTS: Sequence[Shortcut] = (
    Shortcut(("F1",), texts.HELP, texts.EVERYWHERE),
    Shortcut(("Ctrl+K",), texts.QUESTION, texts.EVERYWHERE),
    Shortcut(tuple(f"Ctrl+{number}" for number in range(1, PAGES + 1)), texts.PAGE, texts.EVERYWHERE),
    Shortcut(("Tab", "Shift+Tab"), texts.MOVE, texts.EVERYWHERE),
    Shortcut(("Ctrl++", "Ctrl+="), texts.LARGER, texts.EVERYWHERE),
    Shortcut(("Ctrl+-",), texts.SMALLER, texts.EVERYWHERE),
    Shortcut(("Ctrl+0",), texts.NORMAL, texts.EVERYWHERE),
    Shortcut(("Ctrl+C",), texts.COPY, texts.EVERYWHERE),
    Shortcut(("Return",), texts.ASK, texts.ASKING),
    Shortcut(("Shift+Return",), texts.NEW_LINE, texts.ASKING),
    Shortcut(("Esc",), texts.STOP, texts.ASKING),
    Shortcut(tuple(f"Alt+{number}" for number in range(1, 10)), texts.PASSAGE, texts.ASKING),
    Shortcut(tuple(str(number) for number in range(1, 10)), texts.PASSAGE_SHORT, texts.ASKING),
    Shortcut(("Ctrl+F",), texts.FIND, texts.LISTS),
    Shortcut(("Return",), texts.OPEN, texts.LISTS),
    Shortcut(("Alt+Left", "Alt+Right"), texts.BACK, texts.READING),
    Shortcut(("Esc",), texts.CLOSE, texts.READING),
    Shortcut(("F3", "Shift+F3"), texts.NEXT, texts.READING),
    Shortcut(("Ctrl+Shift+C",), texts.COPY_SOURCE, texts.LIBRARY),
    Shortcut(("Ctrl+P",), texts.PRINT, texts.LIBRARY),
    Shortcut(("Del",), texts.REMOVE, texts.LIBRARY),
    Shortcut(("Left", "Right", "Up", "Down"), texts.CELL, texts.COMPARE),
    Shortcut(("Space", "Return"), texts.CHOOSE, texts.COMPARE),
    Shortcut(("Esc",), texts.OVERVIEW, texts.COMPARE),
    Shortcut(("F2",), texts.RENAME, texts.HISTORY),
    Shortcut(("Del",), texts.DELETE, texts.HISTORY),
    Shortcut(("Ctrl+Z",), texts.UNDO, texts.HISTORY),
)


def german_keys(keys: str) -> str:
    """Return ``keys`` as they stand on a German keyboard, for example "Umschalt+Eingabe"."""
    *modifiers, last = keys.replace("++", "+Plus").split("+")
    return "+".join(texts.KEY_NAMES.get(key, key) for key in (*modifiers, last))
