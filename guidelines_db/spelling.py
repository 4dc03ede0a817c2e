"""Finds the known word that an unknown one was probably meant to be."""

from collections.abc import Callable, Container, Mapping
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

MIN_LENGTH = 5


class SpellingCorrector:
    """Corrects against a vocabulary that is loaded when first needed."""

    def __init__(
        self,
        load_words: Callable[[], Mapping[str, int]],
        protected: frozenset[str] = frozenset(),
        german: Container[str] = (),
    ) -> None:
        """``load_words`` returns lower-case words with their counts.

        Words in ``protected`` and ``german`` (lower case) are right as they are and never replaced.
        """
        self._load_words = load_words
        self._protected = protected
        self._german = german
        self.correct = lru_cache(maxsize=1024)(self._correct)

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        grouped: dict[int, list[str]] = {}
        for word in self._counts:
            grouped.setdefault(len(word), []).append(word)
        return grouped

    @cached_property
    def _counts(self) -> Mapping[str, int]:
        return self._load_words()

    def _correct(self, typed: str) -> str:
        """Return the nearest known word by optimal string alignment, "" if none is near enough.

        One edit is allowed, two in words of nine letters and more; the first letter is right nearly always.
        """
        word = typed.lower()
        if len(word) < MIN_LENGTH or not word.isalpha() or word in self._protected:
            return ""
        if word in self._german:
            return ""
        edits = 2 if len(word) >= 9 else 1
        nearby = [
            candidate
            for length in range(len(word) - edits, len(word) + edits + 1)
            for candidate in self._by_length.get(length, ())
            if candidate[0] == word[0]
        ]
        found = process.extract(word, nearby, scorer=OSA.distance, score_cutoff=edits, limit=20)
        if not found:
            return ""
        best = min(found, key=lambda hit: (hit[1], -self._counts[hit[0]], hit[0]))
        return str(best[0])
