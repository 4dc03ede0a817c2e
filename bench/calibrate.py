"""Fits how sure an answer is: the probability that the documents answer a question, and the three states.

    python -m bench.calibrate [--questions N] [--write]

Data: the reader's validation passages (models/reader/data, split by passage, never trained on). All 360 passages
make an own collection; each validation question is searched in it, the best passages are read, and a logistic
regression learns from the signals whether the question has an answer there. Half of the questions are near misses.
Figures come from cross-validation by passage. The development questions take no part.
"""

import argparse
import json
import math
import random
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.confidence import CALIBRATION_FILE, signals
from desktop.encoding import SearchEncoder
from desktop.paths import find_paths
from desktop.reading import PassageReader
from desktop.start import make_encoder, make_reader
from guidelines_db.glossary import Glossary
from guidelines_db.index_reader import IndexReader
from guidelines_db.own_store import OwnStore
from guidelines_db.places import Gazetteer
from guidelines_db.search import Searcher
from models.reader.data import DATA_FOLDER, load_passages, split_passages
from models.reader.metrics import auc
from resources import resource_path

FOLDS = 5
RIDGE = 1.0
ANSWERABLE_SHARE = 0.8  # of clerks' questions; in the data half are near misses, made so on purpose
# of what is called "belegt", in that mix of questions, when all others are near misses
SUPPORTED_PRECISION = 0.88
NOTHING_SHARE = 0.03  # of the answerable questions may be called "nichts"
SIGNAL_SETS: dict[str, tuple[str, ...]] = {
    "first passage": ("reader_first",),
    "best passage": ("reader",),
    "reader": ("reader_first", "reader", "reader_margin"),
    "reader and search": ("reader_first", "reader", "reader_margin", "coverage", "text", "whole"),
    "search": ("coverage", "text", "whole"),
}
CHOSEN = "first passage"  # as good as any on these data within chance, and best on the development questions
# What the search knows says nothing of near misses, so without the reader nothing is called "belegt".
WITHOUT_READER = {"supported_from": 0.95, "nothing_below": 0.2}
MISSING_PLACE = -2.0  # not in the data: a town that the library lacks is strong evidence against an answer

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """A question's signals, whether it has an answer, and the passage it was written for."""

    signals: dict[str, float]
    answerable: bool
    passage: str


def collect(count: int, encoder: SearchEncoder, reader: PassageReader) -> list[Sample]:
    """Search and read ``count`` validation questions in a collection of all passages."""
    _, validation = split_passages(load_passages())
    questions = [(passage, question) for passage in validation for question in passage.questions]
    random.Random(1).shuffle(questions)  # noqa: S311 - a fixed sample, no secret
    samples = []
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts"
        texts.mkdir()
        for file in DATA_FOLDER.glob("*.jsonl"):
            for line in file.read_text(encoding="utf-8").splitlines():
                item = json.loads(line)
                publisher = json.dumps(item["publisher"], ensure_ascii=False)
                body = f"---\npublisher: {publisher}\n---\n# {item['heading']}\n\n{' '.join(item['sentences'])}\n"
                (texts / f"{item['id']}.md").write_text(body, encoding="utf-8")
        store = OwnStore(Path(folder) / "own.db", Path(folder) / "documents", Gazetteer(), {})
        store.import_paths([texts], "reader")
        store.add_vectors(encoder, lambda done, total: print(f"  vectors {done}/{total}", file=sys.stderr))
        index = IndexReader(store.index, own=True)
        searcher = Searcher([index], Glossary(), Gazetteer(), encoder)
        for number, (passage, question) in enumerate(questions[:count], 1):
            outcome = searcher.search(question.text)
            judged = reader.judge(question.text, outcome.hits)
            if outcome.hits and judged is not None:
                samples.append(Sample(signals(outcome, judged), bool(question.answer), passage.id))
            if number % 50 == 0:
                print(f"  questions {number}/{count}", file=sys.stderr)
        index.close()
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


def calibrate(name: str, samples: list[Sample], chosen: tuple[str, ...]) -> dict[str, object]:
    """Fit, print figures from cross-validation, and return weights and limits."""
    rows = np.array([[sample.signals[signal] for signal in chosen] for sample in samples])
    labels = np.array([float(sample.answerable) for sample in samples])
    folds = np.array([sum(sample.passage.encode()) % FOLDS for sample in samples])
    chances = np.zeros(len(samples))
    for fold in range(FOLDS):
        held = folds == fold
        weights = fit(rows[~held], labels[~held])
        chances[held] = 1 / (1 + np.exp(-(rows[held] @ weights[:-1] + weights[-1])))
    chances = _in_real_mix(chances, labels)
    supported = _lowest(chances, labels, SUPPORTED_PRECISION)
    nothing = float(np.quantile(chances[labels == 1], NOTHING_SHARE))
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
        share = labels[part].mean() if part.any() else float("nan")
        mixed = _weights(labels)[part] @ labels[part] / max(_weights(labels)[part].sum(), 1e-9)
        print(
            f"  {title:9} {part.mean():5.2f} of all, {share:.2f} of them answerable, {mixed:.2f} in the real mix"
        )
    weights = fit(rows, labels)
    weights[-1] += _shift(labels)
    named = {signal: round(float(weight), 4) for signal, weight in zip(chosen, weights[:-1], strict=True)}
    return {
        "weights": {**named, "missing_place": MISSING_PLACE, "bias": round(float(weights[-1]), 4)},
        "supported_from": round(supported, 4),
        "nothing_below": round(min(nothing, supported), 4),
    }


def _shift(labels: Floats) -> float:
    """Return what the logit gains because more questions are answerable than in the data."""
    share = float(labels.mean())
    return float(np.log(ANSWERABLE_SHARE / (1 - ANSWERABLE_SHARE)) - np.log(share / (1 - share)))


def _in_real_mix(chances: Floats, labels: Floats) -> Floats:
    logits = np.log(chances / (1 - chances)) + _shift(labels)
    return np.asarray(1 / (1 + np.exp(-logits)))


def _weights(labels: Floats) -> Floats:
    """Return how often a question of the data stands for one of the real mix."""
    share = float(labels.mean())
    return np.where(labels == 1, ANSWERABLE_SHARE / share, (1 - ANSWERABLE_SHARE) / (1 - share))


def _lowest(chances: Floats, labels: Floats, precision: float) -> float:
    """Return the lowest limit above which at least ``precision`` of the real mix are answerable."""
    order = np.argsort(-chances)
    counts = _weights(labels)[order]
    right = np.cumsum(labels[order] * counts) / np.cumsum(counts)
    enough = np.flatnonzero((right >= precision) & (np.arange(len(order)) >= len(order) // 20))
    return float(chances[order[enough[-1]]]) if len(enough) else 0.95


def main(arguments: list[str]) -> int:
    """Print the figures; with --write also keep the calibration."""
    parser = argparse.ArgumentParser(prog="python -m bench.calibrate")
    parser.add_argument("--questions", type=int, default=432)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--samples", type=Path, help="also keep the signals here")
    given = parser.parse_args(arguments)
    paths = find_paths()
    encoder, reader = make_encoder(paths), make_reader(paths)
    if encoder is None or reader is None:
        print("encoder or reader is missing: python -m models.build fetch", file=sys.stderr)
        return 1
    try:
        samples = collect(given.questions, encoder, reader)
    finally:
        encoder.close()
        reader.close()
    if given.samples:
        given.samples.write_text(json.dumps([asdict(sample) for sample in samples]), encoding="utf-8")
    fitted = {name: calibrate(name, samples, chosen) for name, chosen in SIGNAL_SETS.items()}
    prior = round(math.log(ANSWERABLE_SHARE / (1 - ANSWERABLE_SHARE)), 4)
    parts: dict[str, object] = {
        "reader": fitted[CHOSEN],
        "search": {"weights": {"missing_place": MISSING_PLACE, "bias": prior}, **WITHOUT_READER},
    }
    print(json.dumps(parts))
    if given.write:
        resource_path(CALIBRATION_FILE).write_text(json.dumps(parts, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
