"""Measures the finished reader on the validation passages, through llama.cpp as the program runs it.

    python -m models.reader.evaluate [--calibrate]

With ``--calibrate`` it also fits and writes ``weights/calibration.json``. Figures on the development questions,
which need the search as well, come from ``python -m bench.reader``.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

import numpy as np
import platformdirs

from models.build.convert_reader import MODEL_FILE_NAME, convert
from models.client import WorkerClient
from models.encoder import SentenceEncoder
from models.reader.data import load_passages, split_passages
from models.reader.metrics import Judgement, summarise
from models.reader.runtime import CLAIM_PREFIX, QUESTION_PREFIX, WEIGHTS_FOLDER, apply_heads, load_heads

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from models.reader.data import Passage
    from models.reader.runtime import Heads

SUPPORTED_PRECISION = 0.95
"""Of claims called supported, at least this share must be; the calibration makes the verdict as rare as needed."""

_NEWTON_STEPS = 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints one figure a line."""
    parser = argparse.ArgumentParser(prog="python -m models.reader.evaluate")
    parser.add_argument("--calibrate", action="store_true", help="fit and write weights/calibration.json")
    given = parser.parse_args(arguments)
    cache = platformdirs.user_cache_path("leitstern", appauthor=False)
    file = convert(cache) if given.calibrate else cache / "models" / MODEL_FILE_NAME
    encoder = SentenceEncoder(WorkerClient([sys.executable, "-m", "desktop", "--worker"]), file)
    try:
        if given.calibrate:
            write_calibration({"slope": 1.0, "offset": 0.0, "support_bias": 0.0})
        heads = load_heads()
        _training, validation = split_passages(load_passages())
        judgements = judge_all(encoder, heads, validation)
    finally:
        encoder.close()
    if given.calibrate:
        write_calibration(calibrate(judgements))
        heads = load_heads()
    for name, value in summarise(judgements).items():
        print(f"{name:34} {value:.3f}")
    print(f"with {heads.support_bias} taken off the logit of supported:")
    for name, value in summarise(judgements, heads.support_bias).items():
        if name.startswith("claims"):
            print(f"  {name:32} {value:.3f}")
    print(f"{'calibration error (10 bins)':34} {calibration_error(judgements, heads):.3f}")
    return 0


def judge_all(encoder: SentenceEncoder, heads: Heads, passages: Sequence[Passage]) -> list[Judgement]:
    """Judges everything asked and claimed about ``passages``."""
    items: list[tuple[Passage, str, tuple[int, ...], int | None]] = []
    for passage in passages:
        items += [(passage, QUESTION_PREFIX + item.text, item.answer, None) for item in passage.questions]
        items += [(passage, CLAIM_PREFIX + item.text, item.evidence, item.label) for item in passage.claims]
    vectors = encoder.encode_sections(
        [(passage.context, [*passage.sentences, asked]) for passage, asked, _, _ in items]
    )
    judgements = []
    for (_, _, gold, label), (_, rows) in zip(items, vectors, strict=True):
        logits = apply_heads(heads, rows[-1], rows[:-1])
        judgements.append(Judgement(logits.sentences, logits.answer, logits.claim, gold, label))
    return judgements


def calibrate(judgements: Sequence[Judgement]) -> dict[str, float]:
    """Platt's slope and offset for the answer logit, and the smallest bias that makes "supported" safe enough."""
    questions = [item for item in judgements if item.label is None]
    slope, offset = fit_platt(
        np.array([item.answer for item in questions]), np.array([bool(item.gold) for item in questions])
    )
    bias = next(
        (
            float(candidate)
            for candidate in np.arange(0.0, 8.0, 0.05)
            if summarise(judgements, float(candidate))["claims, precision of supported"]
            >= SUPPORTED_PRECISION
        ),
        8.0,
    )
    return {"slope": slope, "offset": offset, "support_bias": bias}


def fit_platt(
    logits: np.ndarray[tuple[int], np.dtype[np.floating]], truth: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> tuple[float, float]:
    """Slope and offset of a logistic curve, by Newton's method, with Platt's softened targets."""
    positives, negatives = int(truth.sum()), int((~truth).sum())
    target = np.where(truth, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    design = np.stack([logits, np.ones_like(logits)], axis=1)
    weights = np.zeros(2)
    for _ in range(_NEWTON_STEPS):
        shares = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (shares - target)
        curvature = (design * (shares * (1 - shares))[:, None]).T @ design + 1e-6 * np.eye(2)
        weights = weights - np.linalg.solve(curvature, gradient)
    return float(weights[0]), float(weights[1])


def calibration_error(judgements: Sequence[Judgement], heads: Heads, bins: int = 10) -> float:
    """Expected calibration error: mean gap between stated probability and truth over equal-width bins."""
    questions = [item for item in judgements if item.label is None]
    logits = np.array([item.answer for item in questions])
    stated = 1 / (1 + np.exp(-(heads.slope * logits + heads.offset)))
    truth = np.array([bool(item.gold) for item in questions], dtype=float)
    places = np.minimum((stated * bins).astype(int), bins - 1)
    gaps = [
        abs(float(stated[places == place].mean() - truth[places == place].mean()))
        * float((places == place).mean())
        for place in np.unique(places)
    ]
    return float(sum(gaps))


def write_calibration(values: dict[str, float], folder: Path = WEIGHTS_FOLDER) -> None:
    """Writes ``calibration.json``."""
    text = json.dumps({name: round(value, 4) for name, value in values.items()}, indent=2)
    (folder / "calibration.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
