"""Figures that say how well the reader judges; all on plain numpy arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SUPPORTED = 0


def auc(scores: Sequence[float] | NDArray[np.floating], labels: Sequence[bool] | NDArray[np.bool_]) -> float:
    """Probability that a true item scores above a false one, ties counting half (Mann and Whitney 1947)."""
    values, truth = np.asarray(scores, dtype=float), np.asarray(labels, dtype=bool)
    differences = values[truth][:, None] - values[~truth][None, :]
    return float(((differences > 0) + 0.5 * (differences == 0)).mean())


@dataclass(frozen=True)
class Judgement:
    """What the reader said about one item, and what is true.

    ``sentences``: logits; ``answer``: logit; ``claim``: three logits; ``gold``: right sentence indices; ``label``:
    a claim's label, None for a question.
    """

    sentences: NDArray[np.floating]
    answer: float
    claim: NDArray[np.floating]
    gold: tuple[int, ...]
    label: int | None


def summarise(judgements: Sequence[Judgement], support_bias: float = 0.0) -> dict[str, float]:
    """The figures of the model card.

    ``support_bias`` is taken off the logit of "supported" before the best label wins: a larger one makes that
    verdict rarer and safer.
    """
    questions = [item for item in judgements if item.label is None]
    answerable = [item for item in questions if item.gold]
    claims = [item for item in judgements if item.label is not None]
    logits = np.array([item.claim for item in claims])
    logits[:, SUPPORTED] -= support_bias
    verdicts = logits.argmax(axis=1)
    truth = np.array([item.label for item in claims])
    called = verdicts == SUPPORTED
    return {
        "right sentence first": float(np.mean([item.sentences.argmax() in item.gold for item in answerable])),
        "answerable, AUC": auc([item.answer for item in questions], [bool(item.gold) for item in questions]),
        "claims, accuracy": float((verdicts == truth).mean()),
        "claims, precision of supported": float((truth[called] == SUPPORTED).mean()) if called.any() else 1.0,
        "claims, recall of supported": float(called[truth == SUPPORTED].mean()),
    }
