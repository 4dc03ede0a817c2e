"""Fits how sure an answer is: the probability that the documents answer a question, and the three states.

    python -m bench.calibrate [FILE.jsonl] [--write]

Data: our own questions about the shipped collections (tests/data/questions-own.jsonl), a third of which have no
answer there. Each is searched and its best passages are read; a logistic regression learns from the signals whether
the question has an answer. Figures come from cross-validation. The development questions take no part, and the
reader is trained on neither. The limit of the reader's veto over worded sentences is fitted too (``bench.claims``).
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.claims import fit_veto
from bench.keep import keep_calibration
from desktop.confidence import signals
from desktop.evaluate_answers import met_share, read_answer_questions
from desktop.evidence import choose_evidence
from desktop.library import Library
from desktop.paths import find_paths
from desktop.reading import PassageReader
from desktop.start import make_encoder, make_reader
from models.reader.metrics import auc

QUESTIONS = Path(__file__).parent.parent / "tests" / "data" / "questions-own.jsonl"
FOLDS = 10
RIDGE = 3.0  # on weights of signals that are about 1 in size
SUPPORTED_PRECISION = 0.96  # of what is called "belegt" is answerable
NOTHING_SHARE = 0.04  # of the answerable questions may be called "nichts"
SIGNAL_SETS: dict[str, tuple[str, ...]] = {
    "first passage": ("reader_first",),
    "best passage": ("reader",),
    "reader": ("reader_first", "reader"),
    "reader and coverage": ("reader_first", "reader", "coverage"),
    "reader and words found": ("reader_first", "reader", "found"),
    "reader there and words found": ("reader_first", "reader_there", "found"),
    "reader there": ("reader_first", "reader_there"),
    "reader there and typical questions": ("reader_first", "reader_there", "asked"),
    "reader and search": ("reader_first", "reader", "reader_margin", "coverage", "text", "whole"),
    "search": ("coverage", "text"),
}
CHOSEN = "reader there and typical questions"
WITHOUT_VECTORS = "reader there"
WITHOUT_READER = "search"  # says little of near misses, so nothing is called "belegt"
MISSING_PLACE = -2.0  # rare in the data: a town that the library lacks is strong evidence against an answer

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """A question's signals, whether it has an answer, and whether the evidence chosen for it holds some of that."""

    signals: dict[str, float]
    answerable: bool
    right: bool


def collect(file: Path, library: Library, reader: PassageReader) -> list[Sample]:
    """Search and read every question of ``file``."""
    samples = []
    for question in read_answer_questions(file):
        outcome = library.search(question.text)
        judged = reader.judge(question.text, outcome.hits)
        if not outcome.hits or judged is None:
            continue
        evidence = [sentence.text for sentence in choose_evidence(judged.weigh(outcome.hits))]
        right = question.answerable and met_share(evidence, question.nuggets) > 0
        samples.append(Sample(signals(question.text, outcome, judged), question.answerable, right))
    return samples


def fit(rows: Floats, labels: Floats) -> Floats:
    """Return the weights (last one: the bias) of a ridge logistic regression, by Newton's method."""
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    weights = np.zeros(rows.shape[1])
    penalty = RIDGE * np.eye(rows.shape[1])
    penalty[-1, -1] = 0
    for _ in range(30):
        chances = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (labels - chances) - penalty @ weights
        hessian = rows.T @ (rows * (chances * (1 - chances))[:, None]) + penalty
        weights = weights + np.linalg.solve(hessian, gradient)
    return np.asarray(weights)


def calibrate(name: str, samples: Sequence[Sample], chosen: tuple[str, ...]) -> dict[str, object]:
    """Fit, print figures from cross-validation, and return weights and limits."""
    rows = np.array([[sample.signals[signal] for signal in chosen] for sample in samples])
    labels = np.array([float(sample.answerable) for sample in samples])
    right = np.array([float(sample.right) for sample in samples])
    places = list(range(len(samples)))
    random.Random(1).shuffle(places)  # noqa: S311 - a fixed draw, no secret
    folds = np.array(places) % FOLDS
    chances = np.zeros(len(samples))
    for fold in range(FOLDS):
        held = folds == fold
        weights = fit(rows[~held], labels[~held])
        chances[held] = 1 / (1 + np.exp(-(rows[held] @ weights[:-1] + weights[-1])))
    supported = _lowest(chances, labels, SUPPORTED_PRECISION)
    nothing = min(supported, float(np.quantile(chances[labels == 1], NOTHING_SHARE)))
    print(f"{name}: {len(samples)} questions, AUC {auc(list(chances), list(labels == 1)):.3f}")
    print("  predicted   questions   answerable")
    for low in np.arange(0, 1, 0.2):
        inside = (chances >= low) & (chances < low + 0.2)
        if inside.any():
            print(f"  {low:.1f}-{low + 0.2:.1f}     {inside.sum():9}   {labels[inside].mean():10.2f}")
    for title, part in (
        ("belegt", chances >= supported),
        ("moeglich", (chances < supported) & (chances >= nothing)),
        ("nichts", chances < nothing),
    ):
        if part.any():
            print(
                f"  {title:9} {part.mean():5.2f} of all, {labels[part].mean():.2f} of them answerable, "
                f"{right[part].mean():.2f} right; {part[labels == 0].mean():.2f} of the unanswerable"
            )
    weights = fit(rows, labels)
    named = {signal: round(float(weight), 4) for signal, weight in zip(chosen, weights[:-1], strict=True)}
    return {
        "weights": {**named, "missing_place": MISSING_PLACE, "bias": round(float(weights[-1]), 4)},
        "supported_from": round(supported, 4),
        "nothing_below": round(nothing, 4),
    }


def _lowest(chances: Floats, labels: Floats, precision: float) -> float:
    """Return the lowest limit above which at least ``precision`` of the questions are answerable."""
    order = np.argsort(-chances)
    shares = np.cumsum(labels[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero((shares >= precision) & (np.arange(len(order)) >= len(order) // 20))
    return float(chances[order[enough[-1]]]) if len(enough) else 1.0


def main(arguments: list[str]) -> int:
    """Print the figures; with --write also keep the calibration."""
    parser = argparse.ArgumentParser(prog="python -m bench.calibrate")
    parser.add_argument("file", type=Path, nargs="?", default=QUESTIONS)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:  # no own collections, which would answer too
        paths = find_paths(Path(folder))
        encoder, reader = make_encoder(paths), make_reader(paths)
        if encoder is None or reader is None:
            print("encoder or reader is missing: python -m models.build fetch", file=sys.stderr)
            return 1
        library = Library(paths, encoder)
        try:
            samples = collect(given.file, library, reader)
            claims = fit_veto(reader)
        finally:
            library.close()
            reader.close()
    fitted = {name: calibrate(name, samples, chosen) for name, chosen in SIGNAL_SETS.items()}
    parts = {
        "reader": fitted[CHOSEN],
        "reader_alone": fitted[WITHOUT_VECTORS],
        "search": {**fitted[WITHOUT_READER], "supported_from": 1.0},
        "claims": claims,
    }
    print(json.dumps(parts))
    if given.write:
        keep_calibration(parts)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
