"""What the page of past questions needs of the bridge."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from desktop.history import History
from desktop.widgets.page import Fetcher

T = TypeVar("T")


class HistoryWishes(Fetcher, Protocol):
    """Works with the history off the window's thread; the bridge does."""

    def with_history(
        self,
        task: Callable[[History], T],
        then: Callable[[T], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Run ``task`` in the background, then hand its result, or the key of a problem, to the window's thread."""
