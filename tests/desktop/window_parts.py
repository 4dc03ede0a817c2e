"""How tests find the parts of the window: by what a person sees or a screen reader says."""

from typing import TypeVar

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from desktop.texts import window as texts

W = TypeVar("W", bound=QWidget)


def named(root: QWidget, kind: type[W], name: str) -> W:
    """Return the one visible control that a screen reader would call ``name``."""
    found = [one for one in root.findChildren(kind) if one.accessibleName() == name and one.isVisible()]
    assert len(found) == 1, f"{len(found)} controls named {name!r}"
    return found[0]


def question_input(window: QWidget) -> QPlainTextEdit:
    """Return the input."""
    return named(window, QPlainTextEdit, texts.QUESTION_LABEL)


def shown_texts(window: QWidget) -> str:
    """Return the text of all visible labels."""
    return "\n".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())
