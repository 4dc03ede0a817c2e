"""An independent, stricter check of shown sentences, for measuring only.

Written apart from desktop.checks and without its means: no stemmer, no stop words, no synonyms. It compares letters.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_TURNS = re.compile(
    r"\b(?:nicht|kein\w*|nie|ohne|nur|außer|muss|müssen|darf|dürfen|soll\w*|verboten|untersagt)\b",
    re.IGNORECASE,
)
SAME_BEGINNING = 4  # letters that a word must share with one of the source, and all but three of its own


def unsupported_reason(sentence: str, sources: Sequence[str]) -> str:
    """Return why ``sentence`` is not borne out by the verbatim ``sources`` it cites, "" if it is."""
    if not sources:
        return "cites nothing"
    material = " ".join(sources)
    lower = material.lower()
    words = {word.lower() for word in _WORD.findall(material)}
    for number in _NUMBER.findall(sentence):
        if not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", material):
            return f"number {number}"
    for word in _WORD.findall(sentence):
        form = word.lower()
        if form not in lower and not any(_alike(form, other) for other in words):
            return f"word {word}"
    closest = max(sources, key=lambda source: SequenceMatcher(None, sentence.lower(), source.lower()).ratio())
    for turn in _TURNS.findall(sentence):
        if not any(_alike(turn.lower(), other.lower()) for other in _TURNS.findall(closest)):
            return f"turn {turn}"
    return ""


def _alike(word: str, other: str) -> bool:
    shared = max(SAME_BEGINNING, len(word) - 3)
    return word == other or (len(word) >= SAME_BEGINNING and other[:shared] == word[:shared])
