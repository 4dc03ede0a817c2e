"""The reader at run time: small numpy heads over vectors that the encoder process computes.

A passage and a question are read together, the question standing behind the sentences; the vectors of sentences
and question are then judged here. So the encoder needs nothing but "vectors of these sentences, read together",
and a passage that is longer than the model's window is judged in parts.

    reader = Reader(vectors_of, load_heads())
    judged = reader.judge(question, [PassageText(context, sentences), ...])

``vectors_of`` takes (context, sentences) pairs and returns one array (n sentences, 384) of length-1 rows for each:
with the encoder's facade, ``lambda parts: [rows for _, rows in encoder.encode_sections(parts)]``.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.reader.data import CLAIM_LABELS, context_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    VectorsOf = Callable[[Sequence[tuple[str, Sequence[str]]]], Sequence[Floats]]

__all__ = [
    "ClaimVerdict",
    "Heads",
    "PassageText",
    "Reader",
    "Reading",
    "context_line",
    "load_heads",
]

WEIGHTS_FOLDER = Path(__file__).parent / "weights"
QUESTION_PREFIX = "query: "
CLAIM_PREFIX = "claim: "
PART_CHARACTERS = 1100
"""Sentences of a part hold at most this many characters together, unless one alone is longer: about 300 tokens
of German administrative text, which with context and question stays below the window of 512."""


@dataclass(frozen=True)
class PassageText:
    """A passage to be read: what stands before it (`context_line`) and its sentences."""

    context: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What the reader says about one question and one passage.

    ``sentences``: a score (logit) for each sentence, comparable within and between passages; ``score``: logit of
    "the passage answers the question"; ``probability``: the same, calibrated, 0..1.
    """

    sentences: tuple[float, ...]
    score: float
    probability: float

    @property
    def best_sentence(self) -> int:
        """Index of the sentence that answers best."""
        return int(np.argmax(self.sentences))


@dataclass(frozen=True)
class ClaimVerdict:
    """``label`` is "supported", "contradicted" or "unsupported" (neither); probabilities in that order.

    ``sentence``: index of the sentence that bears most on the claim.
    """

    label: str
    probabilities: tuple[float, float, float]
    sentence: int

    @property
    def against(self) -> float:
        """Log odds that the claim is not supported: contradicted or neither."""
        supported, contradicted, neither = (max(share, 1e-9) for share in self.probabilities)
        return math.log((contradicted + neither) / supported)


@dataclass(frozen=True)
class Heads:
    """Weights of the heads and the calibration: ``slope`` and ``offset`` of Platt's method (Platt 1999).

    ``support_bias`` is taken off the logit of "supported", so that what is called supported mostly is.
    """

    arrays: Mapping[str, Floats]
    slope: float
    offset: float
    support_bias: float


def load_heads(folder: Path = WEIGHTS_FOLDER) -> Heads:
    """Reads ``heads.npz`` and ``calibration.json``. Raises OSError or ValueError when they are missing or damaged."""
    with np.load(folder / "heads.npz", allow_pickle=False) as file:
        arrays = {name: file[name].astype(np.float32) for name in file.files}
    calibration = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    return Heads(
        arrays, float(calibration["slope"]), float(calibration["offset"]), float(calibration["support_bias"])
    )


@dataclass(frozen=True)
class _Logits:
    sentences: Floats
    answer: float
    claim: Floats


def apply_heads(heads: Heads, asked: Floats, sentences: Floats) -> _Logits:
    """Logits from a question's vector (384,) and its passage's sentence vectors (n, 384), all of length 1."""
    arrays = heads.arrays
    unit = math.sqrt(asked.shape[0])
    by_sentence, by_question, by_both = arrays["sentence.linear"]
    logits = (
        arrays["sentence.cosine"][0] * (sentences @ asked)
        + unit * (sentences @ by_sentence)
        + unit * float(asked @ by_question)
        + unit**2 * ((sentences * asked) @ by_both)
        + arrays["sentence.bias"][0]
    )
    top = float(logits.max())
    shares = np.exp(logits - top)
    strength = top + math.log(float(shares.sum()))
    evidence = (shares / shares.sum()) @ sentences
    features = np.stack([unit * asked, unit * evidence, unit**2 * asked * evidence])
    answer = float((features * arrays["answer.linear"]).sum())
    answer += float(arrays["answer.evidence"][0]) * strength + float(arrays["answer.bias"][0])
    claim = np.einsum("fw,cfw->c", features, arrays["claim.linear"])
    claim = claim + strength * arrays["claim.evidence"] + arrays["claim.bias"]
    return _Logits(logits.astype(np.float32), answer, claim.astype(np.float32))


class Reader:
    """Judges passages against a question, and claims against passages."""

    def __init__(self, vectors_of: VectorsOf, heads: Heads) -> None:
        """``vectors_of`` must run the reader's own encoder (`models.build.convert_reader`), not the plain one."""
        self._vectors_of = vectors_of
        self._heads = heads

    def judge(self, question: str, passages: Sequence[PassageText]) -> list[Reading]:
        """One `Reading` a passage, in the order given. A passage without sentences scores lowest."""
        readings = []
        for passage, parts in zip(passages, self._read(QUESTION_PREFIX + question, passages), strict=True):
            if not passage.sentences:
                readings.append(Reading((), -math.inf, 0.0))
                continue
            score = max(part.answer for part in parts)
            sentences = tuple(float(logit) for part in parts for logit in part.sentences)
            readings.append(Reading(sentences, score, self._probability(score)))
        return readings

    def verify(self, claim: str, evidence: PassageText) -> ClaimVerdict:
        """Whether ``evidence`` bears out the claim; of several parts the most decided one speaks."""
        if not evidence.sentences:
            return ClaimVerdict(CLAIM_LABELS[2], (0.0, 0.0, 1.0), 0)
        parts = self._read(CLAIM_PREFIX + claim, [evidence])[0]
        logits = [part.claim - np.array([self._heads.support_bias, 0, 0], dtype=np.float32) for part in parts]
        decided = max(logits, key=lambda values: float(values[:2].max() - values[2]))
        shares = np.exp(decided - decided.max())
        shares = shares / shares.sum()
        sentences = np.concatenate([part.sentences for part in parts])
        probabilities = (float(shares[0]), float(shares[1]), float(shares[2]))
        return ClaimVerdict(CLAIM_LABELS[int(decided.argmax())], probabilities, int(sentences.argmax()))

    def _probability(self, score: float) -> float:
        exponent = -(self._heads.slope * score + self._heads.offset)
        return 1 / (1 + math.exp(min(60.0, max(-60.0, exponent))))

    def _read(self, asked: str, passages: Sequence[PassageText]) -> list[list[_Logits]]:
        parts = [
            (number, part) for number, passage in enumerate(passages) for part in _parts(passage.sentences)
        ]
        vectors = self._vectors_of([(passages[number].context, [*part, asked]) for number, part in parts])
        result: list[list[_Logits]] = [[] for _ in passages]
        for (number, _), rows in zip(parts, vectors, strict=True):
            result[number].append(apply_heads(self._heads, rows[-1], rows[:-1]))
        return result


def _parts(sentences: Sequence[str]) -> list[list[str]]:
    """Cuts a passage between sentences into parts that fit into the model's window with the question."""
    parts: list[list[str]] = []
    size = 0
    for sentence in sentences:
        if not parts or size + len(sentence) > PART_CHARACTERS:
            parts.append([])
            size = 0
        parts[-1].append(sentence)
        size += len(sentence)
    return parts
