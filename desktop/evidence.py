"""Chooses the verbatim sentences that answer a question, out of the passages found."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from guidelines_db.analysis import tokens
from guidelines_db.results import Hit

MAX_SENTENCES = 6
PASSAGE_SHARE = 0.8  # how much a passage's rank counts beside the sentence's own score
NEIGHBOUR_SHARE = (
    0.2  # of its better neighbour's score that a sentence gains: what belongs together stands together
)
REPETITION_LOSS = 0.5  # for a sentence of the very words of a chosen one: the next says something else
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


def choose_evidence(hits: Sequence[Hit], most: int = MAX_SENTENCES) -> tuple[EvidenceSentence, ...]:
    """Return at most ``most`` sentences, by passage and in the order of the text.

    A sentence that cannot stand alone brings the one before it, or stays out where there is no room for both. Of
    sentences that say the same the first chosen counts (maximal marginal relevance, Carbonell and Goldstein 1998).
    """
    scores = {
        (number, position): PASSAGE_SHARE * hit.score + score
        for number, hit in enumerate(hits[:PASSAGES], 1)
        for position, score in enumerate(_with_neighbours(hit.sentence_scores))
    }
    words = {place: _words(_text(hits[place[0] - 1], place[1])) for place in scores}
    likeness = dict.fromkeys(scores, 0.0)  # to the chosen sentence that is most alike
    chosen: set[tuple[int, int]] = set()
    said: set[str] = set()
    while scores and len(chosen) < most:
        best = max(scores, key=lambda place: scores[place] - REPETITION_LOSS * likeness[place])
        del scores[best]
        number, position = best
        needed = {best}
        if position and _LEANS_BACK.match(_text(hits[number - 1], position)):
            needed.add((number, position - 1))
        if len(chosen | needed) > most or _key(_text(hits[number - 1], position)) in said:
            continue
        for taken in needed - chosen:
            chosen.add(taken)
            said.add(_key(_text(hits[taken[0] - 1], taken[1])))
            scores.pop(taken, None)
            for place in scores:
                likeness[place] = max(likeness[place], _jaccard(words[place], words[taken]))
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


def _key(sentence: str) -> str:
    return " ".join(sentence.lower().split())


def _with_neighbours(scores: Sequence[float]) -> list[float]:
    around = [-math.inf, *scores, -math.inf]
    best = [max(before, after) for before, after in zip(around, around[2:], strict=False)]
    return [
        score + NEIGHBOUR_SHARE * neighbour if math.isfinite(neighbour) else score
        for score, neighbour in zip(scores, best, strict=True)
    ]


def _words(sentence: str) -> frozenset[str]:
    return frozenset(token.terms[0] for token in tokens(sentence) if token.terms and not token.stop)


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0
