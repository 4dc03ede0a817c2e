"""Claims made from a passage's own sentences, so that the reader meets what a language model gets wrong.

A model that words evidence repeats sentences, shortens them, drops or adds a "nicht", changes a number, joins two
halves, or says what stands elsewhere. The written claims of the data are too few to show all of that; made ones cost
nothing and their labels follow from how they were made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

SUPPORTED, CONTRADICTED, UNSUPPORTED = 0, 1, 2
SHORTEST = 5  # words of a sentence that is worth changing

_OPPOSITES = {
    "immer": "nie",
    "mindestens": "höchstens",
    "höchstens": "mindestens",
    "erlaubt": "verboten",
    "zulässig": "unzulässig",
    "unzulässig": "zulässig",
    "verboten": "erlaubt",
    "kostenlos": "kostenpflichtig",
    "kostenfrei": "kostenpflichtig",
    "verpflichtend": "freiwillig",
    "freiwillig": "verpflichtend",
    "vor": "nach",
    "nach": "vor",
    "ohne": "mit",
    "mit": "ohne",
    "schriftlich": "mündlich",
}
_DENIED = re.compile(r"\bnicht (?!nur\b)")
_NONE = re.compile(r"\b([Kk])ein(e[mnrs]?)?\b")
_ONE = re.compile(r"\b([Ee])in(e[mnr]?)?\b")
_FINITE = re.compile(
    r"\b(?:ist|sind|wird|werden|muss|müssen|darf|dürfen|kann|können|soll|sollen|hat|haben|gilt|gelten)\b"
)
_NUMBER = re.compile(r"\d+")
_SIDE_CLAUSE = re.compile(r", (?:weil|da|damit|sodass|obwohl|während|bevor|nachdem|wobei)\b[^,]*\.$")


@dataclass(frozen=True)
class MadeClaim:
    """A claim, its label, and the index of the sentence it was made from, None if that says nothing of it."""

    text: str
    label: int
    sentence: int | None


def made_claims(
    sentences: Sequence[str], elsewhere: Sequence[str], chance: random.Random
) -> tuple[MadeClaim, ...]:
    """Return up to five claims about ``sentences``; ``elsewhere`` are sentences that do not stand there."""
    places = [index for index, text in enumerate(sentences) if len(text.split()) >= SHORTEST]
    if not places:
        return ()
    found = []
    kept = chance.choice(places)
    found.append(MadeClaim(shortened(sentences[kept]), SUPPORTED, kept))
    for change in (denied, chance.choice((recounted, turned))):
        for place in chance.sample(places, len(places)):
            if changed := change(sentences[place], chance):
                found.append(MadeClaim(changed, CONTRADICTED, place))
                break
    if len(places) > 1:
        first, second = chance.sample(places, 2)
        found.append(MadeClaim(joined(sentences[first], sentences[second]), UNSUPPORTED, None))
    if elsewhere:
        found.append(MadeClaim(chance.choice(elsewhere), UNSUPPORTED, None))
    return tuple(found)


def shortened(sentence: str) -> str:
    """Drop a side clause at the end that the rest does not need."""
    return _SIDE_CLAUSE.sub(".", sentence)


def denied(sentence: str, _chance: random.Random) -> str:
    """Turn a sentence into its denial; "" where no way is safe."""
    if _DENIED.search(sentence):
        return _DENIED.sub("", sentence, count=1)
    if match := _NONE.search(sentence):
        article = f"{'E' if match[1] == 'K' else 'e'}in{match[2] or ''}"
        return sentence[: match.start()] + article + sentence[match.end() :]
    if match := _ONE.search(sentence):
        article = f"{'K' if match[1] == 'E' else 'k'}ein{match[2] or ''}"
        return sentence[: match.start()] + article + sentence[match.end() :]
    if match := _FINITE.search(sentence):
        return f"{sentence[: match.end()]} nicht{sentence[match.end() :]}"
    return ""


def recounted(sentence: str, chance: random.Random) -> str:
    """Change one number; "" where there is none."""
    numbers = list(_NUMBER.finditer(sentence))
    if not numbers:
        return ""
    match = chance.choice(numbers)
    old = int(match[0])
    new = chance.choice([number for number in (old + 1, old + 2, old * 2, max(1, old // 2)) if number != old])
    return f"{sentence[: match.start()]}{new}{sentence[match.end() :]}"


def turned(sentence: str, chance: random.Random) -> str:
    """Put the opposite in place of one word; "" where there is none to turn."""
    words = sentence.split(" ")
    places = [index for index, word in enumerate(words) if word in _OPPOSITES]
    if not places:
        return ""
    place = chance.choice(places)
    words[place] = _OPPOSITES[words[place]]
    return " ".join(words)


def joined(first: str, second: str) -> str:
    """Put the beginning of one sentence before the end of another."""
    beginning, end = first.split(), second.split()
    return " ".join(beginning[: len(beginning) // 2] + end[len(end) // 2 :])
