"""Where texts on the same topic differ in numbers, dates and in how binding they are.

A value is marked where it stands in one text and not in every other of those compared. What is the same everywhere is
left alone, and so are references to laws: they are addresses, not amounts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum

from guidelines_db.analysis import MONTHS, NUMBER_WORDS


class Aspect(Enum):
    """In what texts can differ."""

    NUMBER = "number"
    DATE = "date"
    MODALITY = "modality"


class Modality(Enum):
    """How binding a rule is."""

    MUST = "muss"
    MUST_NOT = "darf nicht"
    SHOULD = "soll"
    SHOULD_NOT = "soll nicht"
    MAY = "darf / kann"
    ONLY = "darf nur"
    NEED_NOT = "muss nicht"


@dataclass(frozen=True)
class Value:
    """A number, date or modality in a text; ``value`` is the same for what means the same."""

    aspect: Aspect
    value: str
    start: int
    end: int
    shown: str  # as it stands in the text


_MONTH = "|".join(sorted((name for name in MONTHS if len(name) > 2), key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![\w.])(?:(?P<d1>\d{{1,2}})\.\s?(?P<m1>{_MONTH})(?:\.?\s(?P<y1>\d{{4}}))?"
    rf"|(?P<d2>\d{{1,2}})\.(?P<m2>\d{{1,2}})\.(?P<y2>\d{{4}})"
    rf"|(?P<m3>{_MONTH})\s(?P<y3>\d{{4}})"
    r"|(?P<y4>(?:19|20)\d\d)(?P<y5>/(?:19|20)\d\d)?)(?![\w%]|[.,]\d|\s?(?:Euro|€|Prozent))",
    re.IGNORECASE,
)
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_UNIT = (
    r"Prozent|%|Euro|€|Tagen?|Tage|Werktagen?|Wochen?|Monaten?|Jahren?|Stunden?|Minuten?|Beschäftigten?|Mitarbeitenden?"
    r"|Personen|Menschen|Einwohnern?|Kommunen|Städten?|Behörden|Stellen|Plätzen?|Fällen?|Mitgliedern?|Stufen"
    r"|Leitlinien|Grundsätzen?"
)
_NUMBER = re.compile(
    rf"(?<![\w§/.,-])(?P<number>\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?|{_WORDS})"
    rf"(?:\s(?P<times>Tausend|Mio\.?|Millionen?|Mrd\.?|Milliarden?))?(?:\s?(?P<unit>{_UNIT}))?(?![\w/]|[.,-]\d|-\w)",
    re.IGNORECASE,
)
# A number behind one of these is an address: § 35a, Art. 50, Drucksache 22.
_BEFORE_ADDRESS = re.compile(
    r"(?:§{1,2}|\b(?:Art(?:ikeln?|\.)?|Abs(?:atz|ätze|\.)?|Nr\.?|Nummern?|Satz|Sätze|Buchst(?:abe|\.)?|Anhang|Anlage"
    r"|Drucksache|Vorlage|Ziff(?:er|\.)?|Kapitel|Heft|Version|Fassung|GPT|Klassen?|Stufe|DIN|EN|ISO|Seite|S\.|Rn\.|BGBl\.?"
    r"|Verordnung|Richtlinie|\(EU\)))\s*(?:\d+[a-z]?(?:\s?(?:,|und|bis|oder|Abs\.|Nr\.|Satz)\s?)*)*$",
    re.IGNORECASE,
)
_TIMES = {"t": 1_000, "mi": 1_000_000, "mr": 1_000_000_000, "milliarde": 1_000_000_000}
_UNITS = {"%": "Prozent", "€": "Euro"}

_MODAL = re.compile(
    r"\b(?:(?P<must>muss|müssen|müsse|müssten?|zwingend|verpflichte\w*|verpflichtend|verbindlich vorgeschrieben"
    r"|vorgeschrieben|Pflicht|\w+pflicht)"
    r"|(?P<to>(?:ist|sind)(?=\s(?:[\w-]+\s){0,8}(?:zu\s\w+en|\w+zu\w+en)\b))"
    r"|(?P<ban>verboten\w*|verbiete[nt]|untersag\w+|unzulässig\w*|tabu)"
    r"|(?P<should>soll|sollen|solle|sollten?|empfohlen|empfiehlt)"
    r"|(?P<may>darf|dürfen|dürfe|dürften|kann|können|könne|könnten?|erlaubt|gestattet|zulässig|zugelassen))\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:nicht(?!\s(?:nur|allein|ausschließlich|bloß))|kein\w*|nie|niemals|niemand\w*|weder)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"(?<!nicht )\b(?:nur|ausschließlich|lediglich)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[^,;:.!?–()]+")
_NEGATED = {
    Modality.MUST: Modality.NEED_NOT,
    Modality.SHOULD: Modality.SHOULD_NOT,
    Modality.MAY: Modality.MUST_NOT,
    Modality.MUST_NOT: Modality.MAY,
}


def values_in(text: str) -> tuple[Value, ...]:
    """Return numbers, dates and modalities of ``text``, in its order."""
    dates = list(_dates(text))
    taken = [(one.start, one.end) for one in dates]
    numbers = [
        one for one in _numbers(text) if not any(one.start < end and start < one.end for start, end in taken)
    ]
    return tuple(sorted((*dates, *numbers, *_modalities(text)), key=lambda one: (one.start, one.end)))


def differing(found: Sequence[Sequence[Value]]) -> tuple[tuple[Value, ...], ...]:
    """Return the values of each text that are not in every other; nothing if there are no others."""
    if len(found) < 2:
        return ((),) * len(found)
    return tuple(
        tuple(
            one
            for one in mine
            if not all(_holds(others, one) for number, others in enumerate(found) if number != place)
        )
        for place, mine in enumerate(found)
    )


def _holds(values: Sequence[Value], wanted: Value) -> bool:
    return any(one.aspect is wanted.aspect and _same(one, wanted) for one in values)


def _same(one: Value, other: Value) -> bool:
    if one.aspect is Aspect.DATE:  # "2026" does not contradict "30.01.2026"
        return one.value.startswith(other.value) or other.value.startswith(one.value)
    return one.value == other.value


def _dates(text: str) -> Iterator[Value]:
    for match in _DATE.finditer(text):
        if _is_address(text, match.start()):
            continue
        year = match["y1"] or match["y2"] or match["y3"] or match["y4"] or "----"
        month = match["m1"] or match["m2"] or match["m3"] or ""
        day = match["d1"] or match["d2"] or ""
        if month and not month.isdecimal():
            month = str(MONTHS[month.lower()])
        parts = [year, *(part.zfill(2) for part in (month, day) if part)]
        value = "-".join(parts) + (match["y5"] or "")
        yield Value(Aspect.DATE, value, match.start(), match.end(), match[0])


def _numbers(text: str) -> Iterator[Value]:
    for match in _NUMBER.finditer(text):
        if _is_address(text, match.start()):
            continue
        written = match["number"].lower()
        if written in NUMBER_WORDS and match["number"][0].isupper() and match.start() and not match["unit"]:
            continue  # "Acht" as a noun within a sentence
        try:
            number = Decimal(NUMBER_WORDS.get(written, written.replace(".", "").replace(",", ".")))
        except InvalidOperation:
            continue
        if match["times"]:
            number *= _times(match["times"].lower())
        unit = (match["unit"] or "").rstrip("en")
        unit = _UNITS.get(match["unit"] or "", unit.lower())
        yield Value(
            Aspect.NUMBER,
            f"{number.normalize():f} {unit.lower().rstrip('en')}".strip(),
            match.start(),
            match.end(),
            match[0],
        )


def _times(word: str) -> int:
    if word.startswith("t"):
        return _TIMES["t"]
    return _TIMES["mr"] if word.startswith(("mr", "milliarde")) else _TIMES["mi"]


def _is_address(text: str, start: int) -> bool:
    return _BEFORE_ADDRESS.search(text[max(0, start - 48) : start]) is not None


def _modalities(text: str) -> Iterator[Value]:
    for clause in _CLAUSE.finditer(text):
        modals = list(_MODAL.finditer(text, clause.start(), clause.end()))
        if not modals:
            continue
        # A negation belongs to the modal before it: "müssen prüfen und dürfen nicht"; else to the first.
        negated = {
            max((m.start() for m in modals if m.start() < no.start()), default=modals[0].start())
            for no in _NEGATION.finditer(text, clause.start(), clause.end())
        }
        only = _ONLY.search(text, clause.start(), clause.end()) is not None
        for modal in modals:
            value = _modality(modal, negated=modal.start() in negated, only=only)
            yield Value(Aspect.MODALITY, value.value, modal.start(), modal.end(), modal[0])


def _modality(modal: re.Match[str], *, negated: bool, only: bool) -> Modality:
    if modal["must"] or modal["to"]:
        value = Modality.MUST
    elif modal["ban"]:
        value = Modality.MUST_NOT
    elif modal["should"]:
        value = Modality.SHOULD
    else:
        value = Modality.MAY
    if negated:
        return _NEGATED[value]
    return Modality.ONLY if only and value is Modality.MAY else value
