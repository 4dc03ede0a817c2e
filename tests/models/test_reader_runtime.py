"""The reader's heads and rules, on vectors made for the purpose."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from models.reader.runtime import (
    PART_CHARACTERS,
    Heads,
    PassageText,
    Reader,
    apply_heads,
    context_line,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.reader.runtime import Floats

WIDTH = 384


def _heads(support_bias: float = 0.0) -> Heads:
    """Sentence logit 10 * cosine - 5; answer logit that of the evidence; claims by evidence strength."""
    arrays = {
        "sentence.cosine": np.array([10.0]),
        "sentence.linear": np.zeros((3, WIDTH)),
        "sentence.bias": np.array([-5.0]),
        "answer.linear": np.zeros((3, WIDTH)),
        "answer.evidence": np.array([1.0]),
        "answer.bias": np.array([0.0]),
        "claim.linear": np.zeros((3, 3, WIDTH)),
        "claim.evidence": np.array([1.0, 0.0, -1.0]),
        "claim.bias": np.zeros(3),
    }
    return Heads({name: array.astype(np.float32) for name, array in arrays.items()}, 2.0, 0.5, support_bias)


def _axis(number: int) -> Floats:
    return np.eye(WIDTH, dtype=np.float32)[number]


def _word_vectors(parts: Sequence[tuple[str, Sequence[str]]]) -> list[Floats]:
    """One direction a leading word: what begins alike, points alike, prefixes of questions left aside."""
    words: dict[str, int] = {}

    def direction(text: str) -> Floats:
        word = text.removeprefix("query: ").removeprefix("claim: ").split()[0]
        return _axis(words.setdefault(word, len(words)))

    return [np.stack([direction(text) for text in texts]) for _, texts in parts]


def test_the_sentence_that_points_like_the_question_wins() -> None:
    logits = apply_heads(_heads(), _axis(3), np.stack([_axis(0), _axis(3), _axis(7)]))
    assert logits.sentences.tolist() == pytest.approx([-5.0, 5.0, -5.0])
    assert logits.answer == pytest.approx(5.0, abs=1e-3)


def test_judging_ranks_sentences_and_calibrates() -> None:
    reader = Reader(_word_vectors, _heads())
    fitting, strange = reader.judge(
        "Fristen gelten wann?",
        [
            PassageText("Stadt. Satzung.", ("Gebühren sind fällig.", "Fristen enden im Mai.")),
            PassageText("Stadt. Satzung.", ("Hunde sind anzuleinen.",)),
        ],
    )
    assert fitting.best_sentence == 1
    assert fitting.score > strange.score
    assert fitting.probability == pytest.approx(1 / (1 + math.exp(-(2.0 * fitting.score + 0.5))))
    assert 0 <= strange.probability < fitting.probability <= 1


def test_a_long_passage_is_read_in_parts_and_keeps_all_sentences() -> None:
    seen: list[tuple[str, Sequence[str]]] = []

    def vectors_of(parts: Sequence[tuple[str, Sequence[str]]]) -> list[Floats]:
        seen.extend(parts)
        return _word_vectors(parts)

    sentences = (*tuple(f"Satz{number} " + "x" * 400 for number in range(7)), "Fristen enden im Mai.")
    reading = Reader(vectors_of, _heads()).judge("Fristen?", [PassageText("Stadt.", sentences)])[0]
    assert len(reading.sentences) == len(sentences)
    assert len(seen) > 1
    assert all(texts[-1] == "query: Fristen?" for _, texts in seen)
    assert all(sum(map(len, texts[:-1])) <= PART_CHARACTERS for _, texts in seen)
    assert [text for _, texts in seen for text in texts[:-1]] == list(sentences)


def test_a_passage_without_sentences_comes_last() -> None:
    readings = Reader(_word_vectors, _heads()).judge(
        "Fristen?", [PassageText("Stadt.", ()), PassageText("Stadt.", ("Hunde sind anzuleinen.",))]
    )
    assert readings[0].probability == 0.0
    assert readings[0].score < readings[1].score


def test_a_claim_gets_a_verdict_and_its_sentence() -> None:
    evidence = PassageText("Stadt.", ("Hunde sind anzuleinen.", "Fristen enden im Mai."))
    verdict = Reader(_word_vectors, _heads()).verify("Fristen enden im Mai.", evidence)
    assert (verdict.label, verdict.sentence) == ("supported", 1)
    assert sum(verdict.probabilities) == pytest.approx(1.0)
    cautious = Reader(_word_vectors, _heads(support_bias=20.0)).verify("Fristen enden im Mai.", evidence)
    assert cautious.label == "contradicted"
    assert verdict.against < 0 < cautious.against
    strange = Reader(_word_vectors, _heads()).verify("Bäume werden gefällt.", evidence)
    assert strange.label == "unsupported"


def test_nothing_is_supported_by_nothing() -> None:
    assert Reader(_word_vectors, _heads()).verify("Hunde bellen.", PassageText("", ())).label == "unsupported"


def test_the_context_stands_as_in_training() -> None:
    assert context_line("Stadt Musterau", "Hundesatzung") == "Stadt Musterau. Hundesatzung."
