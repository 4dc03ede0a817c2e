"""No word of the program's own is English: not in its list of texts, and not in what the pages show or tell."""

import pkgutil
import re
from collections.abc import Iterator, Mapping
from importlib import import_module

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QMenu, QPlainTextEdit, QWidget

from desktop import texts

# Words that stand in any English sentence or on any English button, and in no German one.
ENGLISH = frozenset(
    "the and of to is are not for with this that you your from have has been will can cannot must should"
    " file files folder copy paste cut close save open cancel delete remove search find found show hide back forward"
    " next previous help settings page pages select press error failed loading untitled undo redo click choose"
    " answer question document documents source sources yes no about history library compare ask stop more less"
    " all none new print rename pin list view edit tools light dark size value unknown".split()
)
WORD = re.compile(r"[^\W\d_]+")
# Names of programs, forms and addresses, and words of commands, which are the same everywhere.
NAMES = re.compile(
    r"https?://\S+|\{\w*\}|\*\.\w+|/[\w./-]+|\b[\w-]+\.(?:toml|md|gguf|db|json)\b|-{1,2}\w+|`[^`]*`"
    r"|\b(?:id und question|question und gold)\b"
)


def english_in(text: str) -> set[str]:
    """Return the English words of ``text``."""
    return {word.casefold() for word in WORD.findall(NAMES.sub(" ", text.replace("\u200b", "")))} & ENGLISH


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in _strings(one))
    elif isinstance(value, tuple | list):
        yield from (text for one in value for text in _strings(one))


def _told(widget: QWidget) -> Iterator[str]:
    """Return what a widget says of itself; not what clerks or documents wrote."""
    yield widget.toolTip()
    yield widget.accessibleDescription()
    yield widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QMenu):
        yield from (action.text() for action in widget.actions())
    yield widget.accessibleName()


def test_the_list_of_texts_is_german() -> None:
    found = {}
    for entry in pkgutil.iter_modules(texts.__path__):
        module = import_module(f"{texts.__name__}.{entry.name}")
        for name, value in vars(module).items():
            if name.isupper() and (words := {word for text in _strings(value) for word in english_in(text)}):
                found[f"{entry.name}.{name}"] = words
    assert found == {}


def test_the_pages_are_german(desk) -> None:
    desk.window.show_page("library")
    desk.settle()
    titles = {one.info.title for one in desk.window.page("library")._holdings}
    assert titles
    found: dict[str, set[str]] = {}
    for view in desk.views():
        for widget in desk.window.findChildren(QWidget):
            for text in _told(widget):
                if not any(title in text for title in titles) and (words := english_in(text)):
                    found.setdefault(f"{view}: {text[:80]}", set()).update(words)
    assert found == {}
