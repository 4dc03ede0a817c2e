"""Comparisons of two places or two laws: each side is searched for itself, and shown for itself."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from desktop.evidence import EvidenceSentence, choose_evidence
from desktop.forms.form import Form, Kind, Side
from desktop.library import Library
from desktop.texts import forms as texts
from desktop.wording import evidence_text
from guidelines_db.filters import NO_FILTERS, SearchFilters
from guidelines_db.places import Gazetteer
from guidelines_db.query import read_question
from guidelines_db.results import Hit, SearchOutcome

EACH = 3  # passages of a side
SEARCHED = 12  # passages looked at to find them
SENTENCES = 4  # of a side, the neighbour of one that cannot stand alone among them
MIN_COVERAGE = 0.2  # share of the side's question that a passage must hold; the place is most of it
MIN_TOPIC = 0.3  # share of the rest of the question; less, such as half a compound, comes after them

_LAWS = {
    "DSGVO": r"DS-?GVO|Datenschutz-Grundverordnung",
    "KI-Verordnung": r"KI-Verordnung|KI-VO|AI[ -]Act",
    "KI-MIG": r"KI-MIG",
    "Gemeindeordnung": r"Gemeindeordnung|GemO",
    "VwVfG": r"VwVfG|Verwaltungsverfahrensgesetz",
    "ITEG": r"ITEG|IT-Einsatz-Gesetz",
    "BGG": r"BGG|Behindertengleichstellungsgesetz",
    "UrhG": r"UrhG|Urheberrechtsgesetz",
}
_LAW = re.compile("|".join(rf"(?P<l{i}>\b(?:{pattern})\b)" for i, pattern in enumerate(_LAWS.values())))
_CUES = re.compile(
    r"\b(?:unterscheide\w*|Unterschiede?\w*|vergl[ei]\w+|Vergleich\w*|anders|im Gegensatz|genauso|ebenso|gleich"
    r"|strenger|lockerer|großzügiger|verschieden)\b"
    r"|\b(?:was|wer|wie|wo|wann|wen)\b[^@]*@\d.*\bund\b[^@]*\b(?:was|wer|wie|wo|wann|wen)\b.*@\d"
    r"|@\d\W+oder\W+(?:\w+\s+)?@\d|(?<!zwischen )@\d\s+und\s+(?:in\s+)?@\d",
    re.IGNORECASE,
)
# places as examples, or doing something together: not two sides
_NO_SIDES = re.compile(
    r"\b(?:wie|etwa|zum Beispiel|z\. ?B\.|beispielsweise)\s+@\d|\b(?:gemeinsam\w*|zusammen\w*)\b",
    re.IGNORECASE,
)
_NO_CONTENT = re.compile(
    r"\b(?:unterscheide\w*|Unterschiede?\w*|verglichen|vergleiche\w*|(?:im )?Vergleich\w*|anders|im Gegensatz"
    r"|genauso lange|genauso|ebenso)\b",
    re.IGNORECASE,
)
# "unterscheidet Essen": behind these words a name that is also a common word is a place
_BEFORE_NAME = re.compile(
    r"\b(?:unterscheide[nt]|unterscheiden sich|vergleiche[n]?)(?=\s[A-ZÄÖÜ])", re.IGNORECASE
)
_BEFORE = (
    r"(?:\b(?:in|im|aus|von|vom|mit|für|über|bei|und|oder|als|wie|zu|zur|zum|zwischen|gegenüber|verglichen|der|die|das|dem"
    r"|den|man)\s+)*"
)
_JOINS_SIDE = r"\b(?:oder|und|als|wie|zwischen)\s+(?=(?:(?:in|im|bei|mit|aus|von)\s+)?@{})"


@dataclass(frozen=True)
class Comparison:
    """What was found for both sides: the first ``split`` passages of ``outcome`` belong to the first side."""

    form: Form
    outcome: SearchOutcome
    split: int

    @property
    def two_sided(self) -> bool:
        """Whether both sides have a passage; one alone compares nothing."""
        return 0 < self.split < len(self.outcome.hits)

    def choose(self) -> tuple[EvidenceSentence, ...]:
        """Choose the sentences of each side by itself."""
        hits, split = self.outcome.hits, self.split
        first = choose_evidence(hits[:split], SENTENCES)
        second = choose_evidence(hits[split:], SENTENCES)
        return (*first, *(replace(sentence, source=sentence.source + split) for sentence in second))

    def text(self, evidence: Sequence[EvidenceSentence]) -> str:
        """Return both sides as Markdown, one below the other."""
        sides = (
            [sentence for sentence in evidence if sentence.source <= self.split],
            [sentence for sentence in evidence if sentence.source > self.split],
        )
        return "\n\n".join(
            f"### {side.name}\n\n{evidence_text(self.outcome.hits, found) if found else texts.NOTHING_ON_SIDE}"
            for side, found in zip(self.form.sides, sides, strict=True)
        )


def read_comparison(text: str, gazetteer: Gazetteer) -> Form | None:
    """Return the comparison that ``text`` (one line, normalised) asks for, None if it is none."""
    readable = _BEFORE_NAME.sub(lambda match: "in".rjust(len(match[0])), text)  # same length: offsets stay
    spans = [(m.start, m.end, m.place.name, m.place.name) for m in gazetteer.mentions(readable)]
    if not spans:
        spans = [(m.start(), m.end(), m[0], "") for m in _LAW.finditer(text)]
    names = list(dict.fromkeys(_side_name(name, place) for _, _, name, place in spans))
    if len(names) != 2:
        return None
    marked = text
    for start, end, name, place in reversed(spans):
        marked = f"{marked[:start]}@{names.index(_side_name(name, place))}{marked[end:]}"
    if not _CUES.search(marked) or _NO_SIDES.search(marked):
        return None
    sides = tuple(
        Side(name, name if spans[0][3] else "", _for_side(marked, number, name))
        for number, name in enumerate(names)
    )
    return Form(Kind.COMPARE, text, sides=sides)


def search_sides(
    form: Form,
    library: Library,
    collections: Sequence[str] | None,
    filters: SearchFilters = NO_FILTERS,
) -> Comparison | None:
    """Search both sides of a comparison; None if neither has a passage of its own, or ``form`` is another.

    Raises:
        GuidelinesError: as ``Library.search``.
    """
    if form.kind is not Kind.COMPARE:
        return None
    outcomes: list[SearchOutcome] = []
    found: list[list[Hit]] = []
    for side in form.sides:
        outcome = library.search(side.question, collections, SEARCHED, filters)
        belongs, topic_met = _belongs(side, library), _topic_met(side, library, outcome.hits)
        outcomes.append(outcome)
        own = [
            hit for hit in outcome.hits if hit.coverage >= MIN_COVERAGE and belongs(hit) and topic_met(hit)
        ]
        own.sort(key=lambda hit: topic_met(hit) < MIN_TOPIC)
        found.append([hit for hit in own if not _already(hit, found)][:EACH])
    hits = tuple(replace(hit, rank=rank) for rank, hit in enumerate((*found[0], *found[1]), 1))
    if not hits:
        return None
    missing = dict.fromkeys(place for outcome in outcomes for place in outcome.missing_places)
    return Comparison(
        form,
        SearchOutcome(
            hits,
            coverage=max(hit.coverage for hit in hits),
            missing_places=tuple(missing),
            corrected="",
            elapsed_ms=sum(outcome.elapsed_ms for outcome in outcomes),
        ),
        split=len(found[0]),
    )


def _side_name(name: str, place: str) -> str:
    if place:
        return place
    match = _LAW.fullmatch(name)
    return list(_LAWS)[int((match.lastgroup or "l0")[1:])] if match else name


def _for_side(marked: str, number: int, name: str) -> str:
    """Return the question with only this side in it and without the words that compare."""
    only = re.sub(rf"{_BEFORE}@{1 - number}\b", " ", marked)
    only = re.sub(_JOINS_SIDE.format(number), "", only)
    only = _NO_CONTENT.sub(" ", only.replace(f"@{number}", name))
    return " ".join(re.sub(r"\s+([,?:;.])", r"\1", only).split())


def _belongs(side: Side, library: Library) -> Callable[[Hit], bool]:
    """Return what tells whether a passage speaks of a side: its document is of the place, or it names it."""
    if not side.place:
        law = re.compile(rf"\b(?:{_LAWS[side.name]})\b")
        return lambda hit: law.search(f"{hit.document.title} {hit.section} {hit.text}") is not None

    gazetteer = library.tools.gazetteer

    def of_place(hit: Hit) -> bool:
        document = hit.document
        own = gazetteer.places_of(document.publisher, document.region, document.title)
        if own:  # what another town's document says of this side is no rule of the side
            return any(place.name == side.place for place in own)
        text = f"{hit.section}. {hit.text}"
        return any(mention.place.name == side.place for mention in gazetteer.mentions(text))

    return of_place


def _topic_met(side: Side, library: Library, hits: Sequence[Hit]) -> Callable[[Hit], float]:
    """Return what tells how much of the question beside the name of the side a passage meets, 0 to 1.

    ``hits`` are all that were found; those that meet the name alone show how much it weighs.
    """
    named = set(side.name.split()) | {side.name}
    slots = read_question(side.question, library.tools).slots
    wanted = {slot.surface for slot in slots if not slot.place} - named

    def words_met(hit: Hit) -> bool:
        terms = hit.explanation.get("terms")
        return not wanted or not isinstance(terms, list) or not wanted.isdisjoint(terms)

    name_alone = max((hit.coverage for hit in hits if not words_met(hit)), default=0.0) if side.place else 0.0

    def met(hit: Hit) -> float:
        if not words_met(hit):
            return 0.0
        return max(0.01, (hit.coverage - name_alone) / (1 - name_alone)) if name_alone < 1 else 1.0

    return met


def _already(hit: Hit, found: Sequence[Sequence[Hit]]) -> bool:
    return any(
        (hit.document, hit.passage_id) == (other.document, other.passage_id)
        for side in found
        for other in side
    )
