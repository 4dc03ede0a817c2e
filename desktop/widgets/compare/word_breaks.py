"""Where a long German word may be broken at the end of a line."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen

Joints = Mapping[
    str, tuple[int, ...]
]  # word -> how many of its letters stand before each joint of the compound
NO_JOINTS: Joints = {}

_LEAST_START, _LEAST_REST = 2, 3  # letters of a broken word
_WORD = re.compile(r"[^\W\d_]+")


def broken(word: str, fits: Callable[[str], bool], joints: Joints = NO_JOINTS) -> list[str]:
    """Return ``word`` in parts that fit, each but the last with a hyphen.

    It breaks at a hyphen of its own, else at a joint, else between syllables, and anywhere only where a line holds no
    syllable.
    """
    parts = [""]
    for piece in re.findall(r"[^-]*-|[^-]+", word):
        if fits(parts[-1] + piece):
            parts[-1] += piece
        else:
            parts += _broken(piece, fits, joints)
    return [part for part in parts if part]


def _broken(piece: str, fits: Callable[[str], bool], joints: Joints) -> list[str]:
    words = list(_words(piece, joints))
    at_joints = [joint for _, *inside, _ in words for joint in inside]
    parts, start = [], 0
    while not fits(piece[start:]):
        room = next((n for n in range(len(piece) - 1, start, -1) if fits(f"{piece[start:n]}-")), start + 1)
        end = _last(at_joints, start, room) or _last(_between(piece, words), start, room)
        end = end or max(min(room, len(piece) - _LEAST_REST), start + 1)
        if end >= len(piece):
            break
        parts.append(f"{piece[start:end]}-")
        start = end
    return [*parts, piece[start:]]


def _last(places: list[int], after: int, most: int) -> int:
    """Return the last of ``places`` after ``after`` up to ``most``, 0 if there is none."""
    number = bisect_right(places, most)
    return places[number - 1] if number and places[number - 1] > after else 0


def _words(piece: str, joints: Joints) -> Iterator[tuple[int, ...]]:
    """Yield where each word of ``piece`` starts, has its joints, and ends."""
    for found in _WORD.finditer(piece):
        yield (found.start(), *(found.start() + joint for joint in joints.get(found[0], ())), found.end())


def _between(piece: str, words: Iterable[tuple[int, ...]]) -> list[int]:
    """Return where syllables begin inside the parts of ``words``."""
    return [
        start + place
        for places in words
        for start, end in pairwise(places)
        for place in syllables(piece[start:end])
    ]


def syllables(word: str) -> tuple[int, ...]:
    """Return how many letters of ``word``, which is no compound, stand before each syllable that may begin a line."""
    return tuple(read_patterns().positions(word))


def read_patterns() -> "Pyphen":
    """Return what knows German syllables, by the patterns of LibreOffice.

    The first call of a process reads them, which takes half a second; so it should not be on the window's thread.
    """
    # Not needed where names fit or break at their joints; what is read is kept by pyphen.
    from pyphen import Pyphen

    return Pyphen(lang="de_DE", left=_LEAST_START, right=_LEAST_REST)
