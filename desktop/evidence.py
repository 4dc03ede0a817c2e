"""Chooses the verbatim sentences that answer a question, out of the passages found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guidelines_db.results import Hit

MAX_SENTENCES = 6  # one of them is room for a neighbour that a chosen sentence needs
PASSAGE_SHARE = 0.3  # how much a passage's rank counts beside the sentence's own score
PASSAGES = 6

# A sentence that begins like this speaks of what stands before it.
_LEANS_BACK = re.compile(
    r"^(?:Das|Dies|Diese[rnms]?|Dabei|Dafür|Dagegen|Daher|Dadurch|Damit|Danach|Dann|Darin|Darüber|Darum|Dazu|Deshalb"
    r"|Er|Es|Sie|Ihr|Ihre|Sein|Seine|Außerdem|Zudem|Ebenso|Auch|Jedoch|Allerdings|Andernfalls|Sonst|Hier|Hierzu"
    r"|Solche|Beide[sn]?|Letztere[rs]?|Erstere[rs]?|Denn|Doch|Aber|So)\b"
)


@dataclass(frozen=True)
class EvidenceSentence:
    """A verbatim sentence and the 1-based number of the passage it stands in."""

    source: int
    text: str
    start: int  # offset in the passage's text


def choose_evidence(
    hits: Sequence[Hit], scores: Sequence[Sequence[float]] | None = None, most: int = MAX_SENTENCES
) -> tuple[EvidenceSentence, ...]:
    """Return at most ``most`` sentences, by passage and in the order of the text.

    One place is kept for the neighbour of a sentence that cannot stand alone.

    ``scores`` are the reader's, one row a passage and one value a sentence, comparable between passages; without
    them the search's own scores decide together with the passages' rank.
    """
    if scores is None:
        scores = [
            [PASSAGE_SHARE * hit.score + score for score in hit.sentence_scores] for hit in hits[:PASSAGES]
        ]
    ranked = sorted(
        (
            (score, -number, -position)
            for number, row in enumerate(scores, 1)
            for position, score in enumerate(row)
        ),
        reverse=True,
    )
    chosen = {(-number, -position) for _, number, position in ranked[: most - 1]}
    for number, position in sorted(chosen):
        if len(chosen) >= most:
            break
        if position and _LEANS_BACK.match(_text(hits[number - 1], position)):
            chosen.add((number, position - 1))
    return tuple(
        EvidenceSentence(number, _text(hits[number - 1], position), hits[number - 1].sentences[position][0])
        for number, position in sorted(chosen)
    )


def locate_evidence(hits: Sequence[Hit], sentences: Sequence[str]) -> tuple[EvidenceSentence, ...]:
    """Find verbatim sentences again in the passages they were taken from."""
    found = []
    for sentence in sentences:
        for number, hit in enumerate(hits, 1):
            if (start := hit.text.find(sentence)) >= 0:
                found.append(EvidenceSentence(number, sentence, start))
                break
    return tuple(found)


def _text(hit: Hit, position: int) -> str:
    start, end = hit.sentences[position]
    return hit.text[start:end]
