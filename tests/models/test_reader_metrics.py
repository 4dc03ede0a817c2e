"""Figures and calibration of the reader."""

from __future__ import annotations

import numpy as np
import pytest

from models.reader.evaluate import calibrate, calibration_error, fit_platt
from models.reader.metrics import Judgement, auc, summarise
from models.reader.runtime import Heads


def _question(answer: float, *, answerable: bool, first: bool = True) -> Judgement:
    gold = (0,) if answerable else ()
    sentences = np.array([1.0, 0.0] if first else [0.0, 1.0])
    return Judgement(sentences, answer, np.zeros(3), gold, None)


def _claim(logits: list[float], label: int) -> Judgement:
    return Judgement(np.zeros(2), 0.0, np.array(logits), (), label)


def test_auc_counts_pairs_and_halves_ties() -> None:
    assert auc([3, 2, 1], [True, False, False]) == 1.0
    assert auc([1, 2, 3], [True, False, False]) == 0.0
    assert auc([1, 1], [True, False]) == 0.5


def test_the_summary_tells_first_sentences_claims_and_caution() -> None:
    judgements = [
        _question(2.0, answerable=True),
        _question(1.0, answerable=True, first=False),
        _question(0.0, answerable=False),
        _claim([2.0, 0.0, 0.0], 0),
        _claim([1.0, 0.5, 0.0], 1),
        _claim([0.0, 0.0, 3.0], 2),
    ]
    figures = summarise(judgements)
    assert figures["right sentence first"] == 0.5
    assert figures["answerable, AUC"] == 1.0
    assert figures["claims, accuracy"] == pytest.approx(2 / 3)
    assert figures["claims, precision of supported"] == 0.5
    assert summarise(judgements, support_bias=1.0)["claims, precision of supported"] == 1.0
    assert calibrate(judgements)["support_bias"] == pytest.approx(0.55)


def test_platt_finds_the_curve_that_drew_the_labels() -> None:
    random = np.random.default_rng(3)
    logits = random.normal(0, 3, 4000)
    truth = random.random(4000) < 1 / (1 + np.exp(-(0.5 * logits - 1.0)))
    slope, offset = fit_platt(logits, truth)
    assert slope == pytest.approx(0.5, abs=0.06)
    assert offset == pytest.approx(-1.0, abs=0.12)
    judgements = [
        _question(float(logit), answerable=bool(label)) for logit, label in zip(logits, truth, strict=True)
    ]
    assert calibration_error(judgements, Heads({}, slope, offset, 0.0)) < 0.04
    assert calibration_error(judgements, Heads({}, 3.0, 0.0, 0.0)) > 0.1
