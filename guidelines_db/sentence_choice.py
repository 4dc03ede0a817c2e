"""Chooses the sentence of a passage that answers a question best."""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from guidelines_db.analysis import fold, readings
from guidelines_db.compounds import MIN_WORD, CompoundSplitter
from guidelines_db.query import Slot
from guidelines_db.results import StoredPassage
from guidelines_db.vectors import Vector

_DIGIT = re.compile(r"\d")
VECTOR_WEIGHT = 6.0  # similarities of a passage's sentences lie within about 0.1 of each other


class SentenceChooser:
    """Scores sentences by the question's words in them and by their vectors."""

    def __init__(self, splitter: CompoundSplitter) -> None:
        self._splitter = splitter
        self._read = lru_cache(maxsize=5_000)(_read_sentence)

    def scores(
        self,
        passage: StoredPassage,
        slots: Sequence[Slot],
        weights: Sequence[float],
        similarities: Vector | None,
    ) -> Vector:
        """Return one score a sentence of ``passage``; ``similarities`` are those of its sentences, if known."""
        total = sum(weights) or 1.0
        terms = sorted({term for slot in slots for term in slot.all_terms()})
        wanted = re.compile("|".join(map(re.escape, terms)) or "(?!)")
        scores = np.zeros(len(passage.sentences), dtype=np.float32)
        for number, (start, end) in enumerate(passage.sentences):
            sentence = passage.text[start:end]
            if not _may_hold(sentence, wanted):
                continue
            strong, weak = self._terms_in(sentence, wanted)
            for slot, weight in zip(slots, weights, strict=True):
                if not slot.place:  # the whole document is about the place
                    scores[number] += weight * _met(slot, strong, weak) / total
        if similarities is not None and len(similarities) == len(scores):
            scores += VECTOR_WEIGHT * (similarities - similarities.mean())
        return scores

    def _terms_in(self, sentence: str, wanted: re.Pattern[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Return the terms of ``sentence`` and those that its compounds contain."""
        strong, weak, words = self._read(sentence)
        contained = set(weak)
        for word, folded in words:
            # splitting is dear, and a part can only be wanted if the word shows it
            if wanted.search(folded):
                contained.update(self._splitter.stems(word))
        return strong, frozenset(contained)


def _may_hold(sentence: str, wanted: re.Pattern[str]) -> bool:
    """Tell whether reading ``sentence`` is worth while: a stem shows in its word, a date or reference by a digit."""
    return bool(wanted.search(fold(sentence.lower())) or _DIGIT.search(sentence))


def _read_sentence(sentence: str) -> tuple[frozenset[str], frozenset[str], tuple[tuple[str, str], ...]]:
    """Return the terms, the weak terms, and the words with their folded forms, which may be compounds."""
    strong: set[str] = set()
    weak: set[str] = set()
    words: dict[str, str] = {}
    for surface, kind, terms, weak_terms in readings(sentence):
        strong.update(terms)
        weak.update(weak_terms)
        if kind == "word":
            words.update(_compound_parts(surface))
    return frozenset(strong), frozenset(weak), tuple(words.items())


@lru_cache(maxsize=20_000)
def _compound_parts(word: str) -> tuple[tuple[str, str], ...]:
    return tuple((part, fold(part.lower())) for part in word.split("-") if len(part) >= MIN_WORD)


def _met(slot: Slot, strong: frozenset[str], weak: frozenset[str]) -> float:
    if slot.term in strong:
        return 1.0
    best = 0.6 if slot.term in weak else 0.0
    for variant in slot.variants:
        share = sum(1 for term in variant.terms if term in strong or term in weak) / len(variant.terms)
        best = max(best, variant.weight * share)
    return best
