"""What every page of the window has in common."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.bridge import AssistantLike
from desktop.settings import Settings

T = TypeVar("T")
PageState = Mapping[str, Any]


def stored_sizes(value: object) -> list[int]:
    """Return the two widths of a splitter that a page kept as ``value``; [] if it holds none."""
    if isinstance(value, list) and len(value) == 2 and all(type(one) is int and one > 0 for one in value):
        return value
    return []


class Fetcher(Protocol):
    """Does work off the window's thread; the bridge is one."""

    def fetch(
        self,
        task: Callable[[AssistantLike], T],
        then: Callable[[T], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Run ``task`` in the background, then hand its result, or the key of a problem, to the window's thread.

        Without ``failed`` the window shows the problem. A page that is gone by then must not be touched.
        """


class Page(QWidget):
    """A page is built when it is first shown. It decides nothing about other pages; it asks for them by signal."""

    document_wanted = Signal(
        str, str, str
    )  # collection, id, heading ("" for the beginning): show in the library
    place_wanted = Signal(object)  # Place: show it in the library, with its sentence marked
    question_wanted = Signal(str)  # ask this on the page of questions
    state_changed = Signal()  # what `state` returns is worth keeping now

    def focus_find(self) -> None:
        """Put the keyboard where this page is searched, if it can be."""

    def take_settings(self, settings: Settings) -> None:
        """Learn that settings have changed."""

    def focus_first(self) -> None:
        """Put the keyboard where work on this page begins."""

    def state(self) -> PageState:
        """Return what is worth keeping over a restart, as JSON values."""
        return {}

    def restore(self, state: PageState) -> None:
        """Take back what `state` returned, maybe of another version: whatever does not fit is left out."""
