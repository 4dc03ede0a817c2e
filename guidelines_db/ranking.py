"""Scores passages against a question by BM25F over the fields of the full-text index.

Robertson, Zaragoza, Taylor: "Simple BM25 Extension to Multiple Weighted Fields" (CIKM 2004), with the statistics of
all searched indexes taken together, so that shipped and own documents stand in one comparable ranking.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guidelines_db.query import Slot

K1 = 1.2
FIELD_WEIGHTS = (1.6, 2.0, 1.2, 1.0, 0.45)  # title, heading, publisher, body, parts: as in schema.FTS_COLUMNS
FIELD_B = (0.3, 0.3, 0.3, 0.6, 0.5)
EXPECTED_LENGTH = (8.0, 5.0, 3.0, 70.0, 45.0)  # terms in a field of middling length


class PassageTerms:
    """The terms of one passage, weighed by field and length for the few terms that are asked for."""

    def __init__(self, columns: Sequence[str]) -> None:
        """``columns`` are the fields of the full-text index, terms separated by blanks."""
        self._fields = [column.split() for column in columns]
        self._words: set[str] = set().union(*self._fields)

    def frequencies(self, wanted: frozenset[str]) -> dict[str, float]:
        """Return the weighted frequency of each of ``wanted`` that is there."""
        present = self._words & wanted
        if not present:
            return {}
        found = dict.fromkeys(present, 0.0)
        for terms, weight, b, expected in zip(
            self._fields, FIELD_WEIGHTS, FIELD_B, EXPECTED_LENGTH, strict=True
        ):
            factor = weight / (1 - b + b * len(terms) / expected)
            for term in present:
                found[term] += terms.count(term) * factor
        return found


class TextQuery:
    """A question's slots and weights, arranged so that a passage costs only what it matches."""

    def __init__(self, slots: Sequence[Slot], weights: Sequence[float]) -> None:
        """``weights`` are those of ``slot_weights``."""
        self.slots = slots
        self.weights = weights
        self.total = sum(weights) or 1.0
        self.slots_of: dict[str, list[int]] = {}
        for number, slot in enumerate(slots):
            for term in slot.all_terms():
                self.slots_of.setdefault(term, []).append(number)
        self.terms = frozenset(self.slots_of)

    def missing(self, met: Sequence[str]) -> dict[str, float]:
        """Return the words of the question that are not among ``met``, each with its share of all weight."""
        return {
            slot.surface: round(weight / self.total, 3)
            for slot, weight in zip(self.slots, self.weights, strict=True)
            if slot.surface not in met
        }


@dataclass(frozen=True)
class TextScore:
    """How well a passage matches a question's words; ``score`` is 0 to about 1."""

    score: float
    coverage: float
    hits: tuple[str, ...]  # surfaces of the slots that were met


def idf(passages: int, total: int) -> float:
    """Inverse document frequency, never negative; ``passages`` of ``total`` hold the term."""
    return math.log(1 + (total - passages + 0.5) / (passages + 0.5))


def slot_weights(slots: Sequence[Slot], counts: Mapping[str, int], total: int) -> list[float]:
    """Return for each slot how much it tells: the idf of its word, or of its best variant if that is unknown."""
    weights = []
    for slot in slots:
        known = counts.get(slot.term, 0)
        if not known:
            known = max(
                (min(counts.get(term, 0) for term in variant.terms) for variant in slot.variants), default=0
            )
        weights.append(idf(min(known, total), total))
    return weights


def text_score(passage: PassageTerms, query: TextQuery) -> TextScore:
    """Score one passage."""
    met = {term: count / (K1 + count) for term, count in passage.frequencies(query.terms).items()}
    touched = sorted({number for term in met for number in query.slots_of[term]})
    reached = covered = 0.0
    hits = []
    for number in touched:
        slot = query.slots[number]
        best, cover = _slot_score(slot, met)
        if best:
            hits.append(slot.surface)
            reached += query.weights[number] * best
            covered += query.weights[number] * cover
    return TextScore(reached * (K1 + 1) / query.total, covered / query.total, tuple(hits))


def _slot_score(slot: Slot, met: Mapping[str, float]) -> tuple[float, float]:
    """Return how strongly, and how far, the terms that are there stand for the slot."""
    best = met.get(slot.term, 0.0)
    cover = 1.0 if best else 0.0
    for variant in slot.variants:
        values = [met[term] for term in variant.terms if term in met]
        if not values:
            continue
        # parts of a compound help one by one, but most when all are there
        size = len(variant.terms)
        share = len(values) / size
        best = max(best, variant.weight * share * sum(values) / size)
        cover = max(cover, variant.weight * share * share)
    return best, cover
