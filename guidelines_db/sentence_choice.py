"""Chooses the sentence of a passage that answers a question best."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from guidelines_db.analysis import tokens
from guidelines_db.compounds import CompoundSplitter
from guidelines_db.index_reader import StoredPassage
from guidelines_db.query import Slot
from guidelines_db.vectors import Vector

VECTOR_WEIGHT = 6.0  # similarities of a passage's sentences lie within about 0.1 of each other


class SentenceChooser:
    """Scores sentences by the question's words in them and by their vectors."""

    def __init__(self, splitter: CompoundSplitter) -> None:
        self._splitter = splitter
        self._terms = lru_cache(maxsize=5_000)(self._sentence_terms)

    def scores(
        self,
        passage: StoredPassage,
        slots: Sequence[Slot],
        weights: Sequence[float],
        similarities: Vector | None,
    ) -> Vector:
        """Return one score a sentence of ``passage``; ``similarities`` are those of its sentences, if known."""
        total = sum(weights) or 1.0
        scores = np.zeros(len(passage.sentences), dtype=np.float32)
        for number, (start, end) in enumerate(passage.sentences):
            strong, weak = self._terms(passage.text[start:end])
            for slot, weight in zip(slots, weights, strict=True):
                if not slot.place:  # the whole document is about the place
                    scores[number] += weight * _met(slot, strong, weak) / total
        if similarities is not None and len(similarities) == len(scores):
            scores += VECTOR_WEIGHT * (similarities - similarities.mean())
        return scores

    def _sentence_terms(self, sentence: str) -> tuple[frozenset[str], frozenset[str]]:
        strong: set[str] = set()
        weak: set[str] = set()
        for token in tokens(sentence):
            if token.stop:
                continue
            strong.update(token.terms)
            weak.update(token.weak)
            if token.kind == "word":
                for part in token.surface.split("-"):
                    weak.update(self._splitter.stems(part))
        return frozenset(strong), frozenset(weak)


def _met(slot: Slot, strong: frozenset[str], weak: frozenset[str]) -> float:
    if slot.term in strong:
        return 1.0
    best = 0.6 if slot.term in weak else 0.0
    for variant in slot.variants:
        share = sum(1 for term in variant.terms if term in strong or term in weak) / len(variant.terms)
        best = max(best, variant.weight * share)
    return best
