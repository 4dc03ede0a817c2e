"""Lays a section into windows of an encoder and averages the token vectors: late chunking.

The sentences of a section are read together, and a sentence's vector is the mean of its tokens'
outputs, coloured by what stands around it (Günther et al. 2024, "Late Chunking"). A section longer
than a window is read in successive windows, each beginning with the context; nothing is cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.vectors import Vectors, unit

WHOLE = -1  # token counts for the whole only: context and special tokens
REPEATED = -2  # token counts for nothing: context that an earlier window already had


@dataclass(frozen=True)
class Window:
    """Tokens to be read at once; ``owners[i]`` is the sentence of token i, WHOLE or REPEATED."""

    tokens: list[int]
    owners: list[int]


class _Layout:
    """Fills windows one after the other."""

    def __init__(self, head: list[int], limit: int, begin: int, end: int) -> None:
        self._begin, self._end = begin, end
        self._room = limit - 2
        # A context of half a window and more is read once, as text, not repeated.
        self._head = head if len(head) <= self._room // 2 else []
        self.windows: list[Window] = []
        self._tokens: list[int] = []
        self._owners: list[int] = []
        if head and not self._head:
            self.add(head, WHOLE)
        else:
            self._open(WHOLE)

    def _open(self, owner_of_head: int) -> None:
        self._tokens = list(self._head)
        self._owners = [owner_of_head] * len(self._head)

    def close(self) -> None:
        """Finish the current window."""
        tokens = [self._begin, *self._tokens, self._end]
        self.windows.append(Window(tokens, [WHOLE, *self._owners, WHOLE]))
        self._open(REPEATED)

    def add(self, tokens: list[int], owner: int) -> None:
        """Put ``tokens`` into this window, or the next if they only fit there, or into several."""
        if len(tokens) > self._room - len(self._tokens) and len(self._tokens) > len(self._head):
            self.close()
        while tokens:
            room = self._room - len(self._tokens)
            self._tokens += tokens[:room]
            self._owners += [owner] * len(tokens[:room])
            tokens = tokens[room:]
            if tokens:
                self.close()


def lay_out(
    head: list[int], sentences: Sequence[list[int]], limit: int, begin: int, end: int
) -> list[Window]:
    """Return the windows of at most ``limit`` tokens; ``begin`` and ``end`` enclose each of them."""
    layout = _Layout(head, limit, begin, end)
    for number, tokens in enumerate(sentences):
        layout.add(list(tokens), number)
    layout.close()
    return layout.windows


class Averages:
    """Sums token vectors over the windows of one item."""

    def __init__(self, sentences: int, size: int) -> None:
        """Begin with nothing; ``size`` is the length of a vector."""
        self._sums = np.zeros((sentences + 1, size), dtype=np.float64)

    def add(self, window: Window, outputs: Vectors) -> None:
        """Add the token vectors (tokens, size) of ``window``."""
        owners = np.asarray(window.owners)
        self._sums[0] += outputs[owners != REPEATED].sum(axis=0, dtype=np.float64)
        for owner in np.unique(owners[owners >= 0]):
            self._sums[owner + 1] += outputs[owners == owner].sum(axis=0, dtype=np.float64)

    def result(self) -> Vectors:
        """Return (1 + sentences, size), each row of length 1; an empty sentence gets the whole's."""
        # Mean and sum have the same direction, so the sums only need to be brought to length 1.
        rows = [unit(row) if row.any() else unit(self._sums[0]) for row in self._sums]
        return np.stack(rows)
