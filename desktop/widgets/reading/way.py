"""Where a reader has been, to go back and forward. Knows no Qt."""

from collections.abc import Callable
from typing import Generic, TypeVar

P = TypeVar("P")


class Way(Generic[P]):
    """``at`` is where the reader is."""

    def __init__(self, at: P) -> None:
        self.at = at
        self._back: list[P] = []
        self._forward: list[P] = []

    @property
    def can_go_back(self) -> bool:
        """Whether something was shown before."""
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        """Whether going back can be undone."""
        return bool(self._forward)

    def go(self, place: P) -> None:
        """Go somewhere else; what was gone back from is forgotten."""
        self._back.append(self.at)
        self._forward.clear()
        self.at = place

    def back(self) -> bool:
        """Go back; False if there is nowhere to go."""
        return self._step(self._back, self._forward)

    def forward(self) -> bool:
        """Undo going back; False if there is nothing to undo."""
        return self._step(self._forward, self._back)

    def forget(self, gone: Callable[[P], bool]) -> None:
        """Never come back to places that are ``gone``."""
        self._back = [place for place in self._back if not gone(place)]
        self._forward = [place for place in self._forward if not gone(place)]

    def _step(self, source: list[P], target: list[P]) -> bool:
        if not source:
            return False
        target.append(self.at)
        self.at = source.pop()
        return True
