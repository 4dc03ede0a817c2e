"""What a worker wants of an engine; the real ones are in ``models.engine``, tests bring their own."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, runtime_checkable

from models.protocol import EncodeItem, FinishedEnding, Generate, Load
from models.vectors import Vectors


class StopFlag:
    """Says "stop" to an engine, from another thread and without needing the interpreter to hear it.

    The flag is the C string "" or "\\x01": native code that asks for its length reads false or true.
    """

    def __init__(self) -> None:
        """Begin with the flag down."""
        self._buffer = ctypes.create_string_buffer(2)

    @property
    def address(self) -> int:
        """Address of the C string; valid as long as this object lives."""
        return ctypes.addressof(self._buffer)

    def raise_(self) -> None:
        """Ask the engine to stop."""
        self._buffer[0] = b"\x01"

    def lower(self) -> None:
        """Take the request back."""
        self._buffer[0] = b"\x00"

    def is_up(self) -> bool:
        """Tell whether the engine should stop."""
        return self._buffer[0] != b"\x00"


@runtime_checkable
class TextEngine(Protocol):
    """Reads a prompt, then writes. The numbers tell of the latest request."""

    context: int  # tokens that fit
    prompt_tokens: int
    reused_tokens: int  # of the prompt, still known from the request before
    completion_tokens: int
    ending: FinishedEnding

    def count_tokens(self, text: str) -> int:
        """Return how many tokens ``text`` has."""

    def read(self, request: Generate) -> Iterator[tuple[int, int]]:
        """Read the prompt, yielding (tokens done, in all); ends early when stopped. Raise ModelError."""

    def write(self, request: Generate) -> Iterator[str]:
        """Yield the pieces of the text; ends early when stopped. Raise ModelError."""


@runtime_checkable
class VectorEngine(Protocol):
    """Encodes texts."""

    context: int  # tokens of one window
    size: int  # length of a vector

    def count_tokens(self, text: str) -> int:
        """Return how many tokens ``text`` has."""

    def encode(self, items: Sequence[EncodeItem]) -> Iterator[Vectors]:
        """Yield for each item its vectors (1 + sentences, size): the whole first; ends early when stopped."""


AnyEngine = TextEngine | VectorEngine
LoadEngine = Callable[[Load, StopFlag, Callable[[int, int], None]], AnyEngine]
"""Loads the model a request names; the last argument gets the progress (done, total)."""
