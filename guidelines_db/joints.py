"""Where compounds may be broken at the end of a line: at the joints of their words."""

from collections.abc import Iterator
from functools import lru_cache

from guidelines_db.compounds import LINKING, NO_PARTS, SHORT_PARTS, CompoundSplitter
from guidelines_db.german_words import GermanWords

_LEAST_WORD = 7
_LEAST_LISTED = 5  # letters of a word in the list
_ALWAYS_FIRST = ("bundes", "landes")  # else there would be velvet, Samt, in "Bundesamt"
_ENDINGS = ("", "e", "s", "es")  # by which a shorter word is in the list
# Of participles and adjectives: a search may find a word in them, a reader does not.
_NO_ENDS = frozenset(("ende", "enden", "endem", "ender", "endes", "ellen"))


class Joints:
    """Knows the words of the collections, and where those are not enough, the German word list.

    A collection speaks of few words only, so that "Staat" may be known to it and "Regierung" not.
    """

    def __init__(self, splitter: CompoundSplitter, words: GermanWords) -> None:
        self._splitter = splitter
        self._words = words
        self._parts = lru_cache(maxsize=1_000)(self._find_parts)

    def of(self, word: str) -> tuple[int, ...]:
        """Return how many letters of ``word`` stand before each of its joints; () if none is known."""
        ends, end = [], 0
        for part in self._all_parts(word.lower()):
            end += len(part)
            ends.append(end)
        return tuple(ends[:-1])

    def _all_parts(self, word: str) -> Iterator[str]:
        """Yield the parts of ``word`` down to those that are no compounds themselves."""
        parts = self._parts(word)
        if not parts:
            yield word
        for part in parts:
            yield from self._all_parts(part)

    def _find_parts(self, word: str) -> tuple[str, ...]:
        if len(word) < _LEAST_WORD or not word.isalpha():
            return ()
        for first in _ALWAYS_FIRST:
            if word.startswith(first) and len(word) > len(first) + 2:
                return (first, word.removeprefix(first))
        for bare in _without_link(word):
            parts = self._splitter.split(bare)
            if parts and parts[-1] not in _NO_ENDS and all(map(self._can_be_read, parts)):
                before = parts[:-1]
                return (*before, word[sum(map(len, before)) :])
        return () if self._splitter.protects(word) else self._two_words(word)

    def _can_be_read(self, part: str) -> bool:
        """Tell whether ``part`` is a word as it stands: the stem of "Konto" is none in "Kontrolle"."""
        return (
            part in SHORT_PARTS
            or any(bare + end in self._words for bare in _without_link(part) for end in _ENDINGS)
            or bool(self._parts(part))
        )

    def _two_words(self, word: str) -> tuple[str, ...]:
        """Return the halves of ``word`` by the word list, the later one as long as it can be.

        A word of the list is no compound, however it may begin ("Bürge" in "Bürgerinnen"), unless an s links its parts.
        """
        simple = word in self._words
        halves = [(word[:cut], word[cut:]) for cut in range(_LEAST_LISTED, len(word) - 2)]
        if simple:
            halves = [
                (left, right)
                for left, right in halves
                if left[-1] == "s" and self._knows(left[:-1]) and not self._knows(f"s{right}")
            ]
        halves = [half for half in halves if any(map(self._knows, _without_link(half[0])))]
        for ends in (self._ends, self._parts):
            for left, right in halves:
                if ends(right):
                    return (left, right)
        return ()

    def _knows(self, part: str) -> bool:
        return len(part) >= _LEAST_LISTED and part in self._words

    def _ends(self, part: str) -> bool:
        bare = set(_without_link(part))
        return not bare & (NO_PARTS | _NO_ENDS) and (part in SHORT_PARTS or any(map(self._knows, bare)))


def _without_link(part: str) -> Iterator[str]:
    """Yield ``part`` as it is and without each linking element that it may end in."""
    for link in LINKING.get(part[-1], ("",)):
        if part.endswith(link):
            yield part[: len(part) - len(link)]
