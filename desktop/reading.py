"""Lets the reader judge the passages of a question: which sentences answer it, and how surely any does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from desktop.calibration import veto_limit
from desktop.guarded import GuardedEncoder
from guidelines_db.results import Hit
from guidelines_db.vectors import EncoderUnavailable, Matrix
from models.encoder import SentenceEncoder
from models.reader.runtime import ClaimVerdict, Heads, PassageText, Reader, Reading

T = TypeVar("T")

SENTENCE_SHARE = 0.1  # of the reader's logit beside the search's score of a sentence; docs/answers.md
LARGEST_LOGIT = 6.0
PASSAGES = 6  # read for a question: about 0.2 s each on an office PC


@dataclass(frozen=True)
class Judged:
    """What the reader says about the first passages of a search, in their order."""

    readings: tuple[Reading, ...]

    @property
    def probability(self) -> float:
        """The highest calibrated probability that a passage answers the question."""
        return max((reading.probability for reading in self.readings), default=0.0)

    @property
    def score(self) -> float:
        """The highest logit of "the passage answers the question"."""
        return max((reading.score for reading in self.readings), default=-20.0)

    def weigh(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Return ``hits`` whose sentences also count by how well they answer, as the reader sees it."""
        weighed = [
            replace(
                hit,
                sentence_scores=tuple(
                    score + SENTENCE_SHARE * max(-LARGEST_LOGIT, min(LARGEST_LOGIT, logit))
                    for score, logit in zip(hit.sentence_scores, reading.sentences, strict=True)
                ),
            )
            for hit, reading in zip(hits, self.readings, strict=False)
        ]
        return (*weighed, *hits[len(weighed) :])


class PassageReader:
    """The reader in its own process. Calls block, one at a time, from any thread."""

    def __init__(self, encoder: SentenceEncoder, heads: Heads) -> None:
        """``encoder`` runs the reader's own model file."""
        self._guarded = GuardedEncoder(encoder)
        self._reader = Reader(self._vectors_of, heads)
        self.warm_up = self._guarded.warm_up
        self.close = self._guarded.close

    def judge(self, question: str, hits: Sequence[Hit]) -> Judged | None:
        """Read the first passages; None if the reader cannot run now."""
        passages = [passage_text(hit) for hit in hits[:PASSAGES]]
        return self._run(lambda: Judged(tuple(self._reader.judge(question, passages))))

    def verify(self, claim: str, sentences: Sequence[str], context: str) -> ClaimVerdict | None:
        """Tell whether ``sentences`` bear out ``claim``; None if the reader cannot run now."""
        return self._run(lambda: self._reader.verify(claim, PassageText(context, tuple(sentences))))

    def doubts(self, claim: str, sentence: str, hit: Hit) -> bool:
        """Tell whether the reader is sure enough that ``sentence`` of ``hit`` does not bear out ``claim``."""
        verdict = self.verify(claim, [sentence], context_of(hit))
        return verdict is not None and verdict.against >= veto_limit()

    def _run(self, work: Callable[[], T]) -> T | None:
        try:
            return self._guarded.run(work)
        except EncoderUnavailable:
            return None

    def _vectors_of(self, parts: Sequence[tuple[str, Sequence[str]]]) -> list[Matrix]:
        return [rows for _, rows in self._guarded.encoder.encode_sections(parts)]


def context_of(hit: Hit) -> str:
    """Return what stands before a passage when it is read: publisher, title, heading."""
    parts = dict.fromkeys(part for part in (hit.document.publisher, hit.document.title, hit.section) if part)
    return ". ".join(parts) + "."


def passage_text(hit: Hit) -> PassageText:
    """Return a hit as the reader wants it."""
    return PassageText(context_of(hit), tuple(hit.text[start:end] for start, end in hit.sentences))
