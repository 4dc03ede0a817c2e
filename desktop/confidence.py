"""How sure it is that the documents answer a question: a calibrated probability and one of three states.

A logistic regression over the signals of search and reader; weights and limits were fitted on data
(``python -m bench.calibrate``) and lie in resources/calibration.json. docs/answers.md has the figures.
"""

import math
from dataclasses import dataclass

from desktop.answer import State
from desktop.calibration import load_calibration
from desktop.reading import Judged
from guidelines_db.analysis import tokens
from guidelines_db.results import SearchOutcome


@dataclass(frozen=True)
class Confidence:
    """The probability, 0 to 1, that the documents answer the question, and what the clerk is told."""

    probability: float
    state: State


def signals(question: str, outcome: SearchOutcome, judged: Judged | None) -> dict[str, float]:
    """Return what search and reader say about a question, by name.

    "reader_there" looks only at passages of the place that the question names, and at all where it names none or
    none of it was found: what another town settles says nothing of this one.
    """
    words = sum(1 for token in tokens(question) if token.terms and not token.stop)
    first = outcome.hits[0].explanation if outcome.hits else {}
    named = [number for number, hit in enumerate(outcome.hits) if _number(hit.explanation.get("place")) > 0]
    there = named or list(range(len(outcome.hits)))
    found = {
        "coverage": outcome.coverage,
        "found": math.log1p(outcome.coverage * words),  # half of eight words says more than half of two
        "text": _number(first.get("text")),
        "whole": _number(first.get("whole")),
        "asked": _number(first.get("asked")),
        "missing_place": float(bool(outcome.missing_places)),
        "bias": 1.0,
    }
    if judged is not None:
        scores = sorted((reading.score for reading in judged.readings), reverse=True)
        read_there = [judged.readings[number].score for number in there if number < len(judged.readings)]
        found["reader"] = max(-8.0, min(8.0, judged.score))
        found["reader_there"] = max(-8.0, min(8.0, max(read_there, default=judged.score)))
        found["reader_first"] = max(-8.0, min(8.0, judged.readings[0].score)) if judged.readings else 0.0
        found["reader_margin"] = max(0.0, min(8.0, scores[0] - scores[1])) if len(scores) > 1 else 0.0
    return found


def assess(
    question: str, outcome: SearchOutcome, judged: Judged | None, *, at_most_possible: bool = False
) -> Confidence:
    """Return how surely the documents answer the question, by weights for what is there of reader and vectors.

    ``at_most_possible`` is for questions that documents cannot settle, however near they come.
    """
    if not outcome.hits:
        return Confidence(0.0, State.NOTHING)
    calibration = load_calibration()[_at_hand(outcome, judged)]
    found = signals(question, outcome, judged)
    logit = sum(weight * found.get(name, 0.0) for name, weight in calibration.weights.items())
    probability = 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))
    doubtful = at_most_possible or bool(outcome.missing_places)
    if probability >= calibration.supported_from and not doubtful:
        return Confidence(probability, State.SUPPORTED)
    return Confidence(
        probability, State.NOTHING if probability < calibration.nothing_below else State.POSSIBLE
    )


def _at_hand(outcome: SearchOutcome, judged: Judged | None) -> str:
    """Return which weights hold: typical questions tell nothing where the search had no vectors."""
    if judged is None:
        return "search"
    by_vectors = any(hit.explanation.get("vector_rank") is not None for hit in outcome.hits)
    return "reader" if by_vectors else "reader_alone"


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
