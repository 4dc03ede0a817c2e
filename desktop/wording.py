"""The worded answer while the model writes it: only sentences that passed the checks are in it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from desktop.answer import Answer, AnswerSentence, Ending, Timings
from desktop.checks import CheckedSentence, check_sentence, cut_answer
from desktop.citations import literal
from desktop.evidence import EvidenceSentence
from desktop.texts import answers as texts
from guidelines_db.results import Hit
from models.prompt import INSTRUCTIONS, Excerpt

MAX_SENTENCES = 3
_ENDED = re.compile(r"[.!?…][\s\])\d\[“”\"]*$")

Doubts = Callable[[str, str, Hit], bool]
"""Tells of a sentence, the one of the evidence that bears it out and its passage whether it must not be shown."""


class Wording:
    """Takes the model's tokens, gives back checked sentences."""

    def __init__(
        self, sources: Sequence[Hit], evidence: Sequence[EvidenceSentence], doubts: Doubts | None = None
    ) -> None:
        """``doubts`` is asked about every sentence that passed the string checks and is no verbatim copy."""
        self._sources = sources
        self._doubts = doubts
        self._evidence: dict[int, Sequence[str]] = {}
        for sentence in evidence:
            self._evidence[sentence.source] = (*self._evidence.get(sentence.source, ()), sentence.text)
        self._context = {
            number: f"{hit.document.publisher} {hit.document.title} {hit.section}"
            for number, hit in enumerate(sources, 1)
        }
        self._written = ""
        self._checked: list[CheckedSentence] = []
        self._cut = 0  # sentences already looked at

    @property
    def text(self) -> str:
        """The checked sentences so far, with their citations, as Markdown."""
        return " ".join(_cited(sentence) for sentence in self._shown())

    @property
    def written(self) -> int:
        """How many sentences the model has completed, whether they held or not."""
        return len(self._checked)

    def excerpts(self) -> list[Excerpt]:
        """Return the evidence as the model gets it."""
        return [
            Excerpt(number, _short_origin(self._sources[number - 1]), " ".join(sentences))
            for number, sentences in self._evidence.items()
        ]

    def add(self, piece: str) -> bool:
        """Take a token; return whether a further sentence is complete and passed."""
        self._written += piece
        before = len(self._shown())
        pieces = cut_answer(self._written)
        # the last one may still grow, and so may the citation of the one before
        for complete in pieces[self._cut : -1]:
            self._check(complete)
        return len(self._shown()) > before

    def close(self, *, cut_off: bool = False) -> None:
        """The model has finished: its last sentence counts too, unless it was ``cut_off`` in the middle of it."""
        for piece in cut_answer(self._written)[self._cut :]:
            if not cut_off or _ENDED.search(piece):
                self._check(piece)

    def finish(self, answer: Answer, ending: Ending, timings: Timings) -> Answer:
        """Return the answer as shown: the worded sentences that held, else the evidence it had before."""
        shown = self._shown()
        written = len(self._checked)
        notes = answer.notes
        if ending is Ending.DONE:
            notes += (texts.wording_note(len(shown), written),)
        return replace(
            answer,
            text=self.text or answer.text,
            ending=ending,
            sentences=tuple(AnswerSentence(s.text, s.citations, supported=True) for s in shown),
            notes=notes,
            timings=timings,
        )

    def _check(self, piece: str) -> None:
        checked = check_sentence(piece, self._evidence, self._context, INSTRUCTIONS)
        if checked.supported and self._doubted(checked):
            checked = replace(checked, failure="doubted")
        self._checked.append(checked)
        self._cut += 1

    def _doubted(self, checked: CheckedSentence) -> bool:
        if self._doubts is None or checked.text == " ".join(checked.borne_by.split()):
            return False
        number = next(n for n in checked.citations if checked.borne_by in self._evidence[n])
        return self._doubts(checked.text, checked.borne_by, self._sources[number - 1])

    def _shown(self) -> list[CheckedSentence]:
        different: dict[str, CheckedSentence] = {}
        for sentence in self._checked:
            if sentence.supported:
                different.setdefault(sentence.text, sentence)
        return list(different.values())[:MAX_SENTENCES]


def evidence_text(sources: Sequence[Hit], evidence: Sequence[EvidenceSentence]) -> str:
    """Return the evidence as Markdown: verbatim sentences with their numbers, grouped by document."""
    lines = []
    for _, group in groupby(evidence, key=lambda sentence: _document_of(sources, sentence)):
        members = list(group)
        quoted = " ".join(f"{literal(sentence.text)} [{sentence.source}]" for sentence in members)
        origin = literal(texts.origin(sources[members[0].source - 1].document))
        lines.append(f"**{origin}:** {quoted}")
    return "\n\n".join(lines)


def _document_of(sources: Sequence[Hit], sentence: EvidenceSentence) -> tuple[str, str]:
    document = sources[sentence.source - 1].document
    return document.collection, document.id


def _short_origin(hit: Hit) -> str:
    return hit.document.publisher.split(",")[0].split("(")[0].strip()


def _cited(sentence: CheckedSentence) -> str:
    marks = " ".join(f"[{number}]" for number in sentence.citations)
    return f"{sentence.text} {marks}"
