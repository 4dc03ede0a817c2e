"""Where a long German word may be broken at the end of a line."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

Joints = Mapping[
    str, tuple[int, ...]
]  # word -> how many of its letters stand before each joint of the compound
NO_JOINTS: Joints = {}

_LEAST_START, _LEAST_REST = 2, 3  # letters of a broken word
_WORD = re.compile(r"[^\W\d_]+")

_VOWEL, _CONSONANT = "[aeiouyäöü]", "[bcdfghjklmnpqrstvwxzß]"
_SOUND = f"(?:sch[lmnrw]?|ch|ck|ph|{_CONSONANT})"  # letters that stay together
_OPENING = f"(?:s[pt]r?|[bdfgkpt][lr]|{_SOUND}){_VOWEL}"  # what a part after a prefix begins with
_PREFIX = re.compile(
    f"(?:ent|mit|nach|ver|vor|zer)(?={_VOWEL})|(?:ab|an|auf|aus|bei|be|dar|ein|emp|ent|er|ge|miss|mit|nach"
    f"|über|unter|um|un|ver|vor|zer|zu)(?={_OPENING})"
)
# Whether "st", "tr" or "th" belong together only the parts of a word can tell ("Fens-ter", but "Dar-stellung").
_DOUBTFUL = "(?:s[hkpt]|(?<!c)k[lr]|[bcfgp][lr]|[dtv]r|th|[gk]n)"
_BEFORE_SYLLABLE = re.compile(f"{_VOWEL}(?!{_SOUND}*?{_DOUBTFUL}{_VOWEL}){_CONSONANT}*?(?={_SOUND}{_VOWEL})")


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
    """Return how many letters of ``word``, which is no compound, stand before each syllable that may begin a line.

    By the rules of German spelling (Amtliches Regelwerk, sections 108 to 112): after a prefix, and before the last of
    the consonants between two vowels. Where these leave a doubt, no syllable begins.
    """
    small = word.lower()
    begins, start = [], 0
    while prefix := _PREFIX.match(small, start):
        start = prefix.end()
        begins.append(start)
    begins += [found.end() for found in _BEFORE_SYLLABLE.finditer(small, start)]
    return tuple(place for place in begins if _LEAST_START <= place <= len(word) - _LEAST_REST)
