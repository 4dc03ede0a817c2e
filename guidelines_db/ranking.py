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
        """``columns`` are the fields of the full-text index, terms separated by one blank."""
        self._fields = [
            (column, weight / (1 - b + b * (column.count(" ") + 1) / expected))
            for column, weight, b, expected in zip(
                columns, FIELD_WEIGHTS, FIELD_B, EXPECTED_LENGTH, strict=True
            )
            if column
        ]

    def frequency(self, term: str) -> float:
        """Return the weighted frequency of ``term``, 0 if it is not there."""
        return sum(
            column.split().count(term) * factor
            for column, factor in self._fields
            if term in column  # cheap, and rules out nearly all
        )


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


def _saturated(frequency: float) -> float:
    return frequency / (K1 + frequency)


def text_score(passage: PassageTerms, slots: Sequence[Slot], weights: Sequence[float]) -> TextScore:
    """Score one passage; ``weights`` are those of ``slot_weights``."""
    reached = covered = 0.0
    hits = []
    met_by = {term: _saturated(passage.frequency(term)) for slot in slots for term in slot.all_terms()}
    for slot, weight in zip(slots, weights, strict=True):
        best = met_by[slot.term]
        cover = 1.0 if best else 0.0
        for variant in slot.variants:
            met = [met_by[term] for term in variant.terms]
            present = sum(1 for value in met if value)
            if not present:
                continue
            # parts of a compound help one by one, but most when all are there
            share = present / len(met)
            value = variant.weight * share * sum(met) / len(met)
            best = max(best, value)
            cover = max(cover, variant.weight * share * share)
        if best:
            hits.append(slot.surface)
            reached += weight * best
            covered += weight * cover
    total = sum(weights) or 1.0
    return TextScore(reached * (K1 + 1) / total, covered / total, tuple(hits))
