"""Turns a German question into slots: one for each content word, with everything that may stand for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from guidelines_db.analysis import Token, normalise, stem, tokens
from guidelines_db.compounds import CompoundSplitter
from guidelines_db.glossary import Glossary
from guidelines_db.places import Gazetteer, Place

MAX_QUESTION = 2_000  # characters; more is a pasted document, whose beginning is searched
MAX_SLOTS = 24

SYNONYM_WEIGHT = 0.55
NEIGHBOUR_WEIGHT = 0.7  # the same word in another inflection
VERB_WEIGHT = 0.8
PARTS_WEIGHT = 0.7
CORRECTION_WEIGHT = 0.85


@dataclass(frozen=True)
class Variant:
    """Terms that together stand for a slot, and how well (1.0 is the word itself)."""

    terms: tuple[str, ...]
    weight: float


@dataclass
class Slot:
    """A content word of the question."""

    surface: str
    term: str
    variants: list[Variant] = field(default_factory=list)
    known: bool = True
    place: bool = False

    def all_terms(self) -> set[str]:
        """Return the slot's own term and those of all variants."""
        return {self.term, *(term for variant in self.variants for term in variant.terms)}

    def add(self, terms: tuple[str, ...], weight: float) -> None:
        """Add a variant unless it is there or is the word itself."""
        if terms and terms != (self.term,) and all(variant.terms != terms for variant in self.variants):
            self.variants.append(Variant(terms, weight))


@dataclass(frozen=True)
class Query:
    """A question as it is searched."""

    text: str  # as typed, normalised and cut
    slots: tuple[Slot, ...]
    places: frozenset[Place]
    unknown_town: str  # a town the gazetteer does not know, "" if none
    corrections: tuple[tuple[str, str], ...]  # typed word, word searched instead

    @property
    def corrected(self) -> str:
        """The question with its corrections, "" if there are none."""
        text = self.text
        for typed, better in self.corrections:
            text = text.replace(typed, better)
        return text if self.corrections else ""


@dataclass(frozen=True)
class QueryTools:
    """What the indexes know and the reading of a question needs."""

    splitter: CompoundSplitter
    glossary: Glossary
    gazetteer: Gazetteer
    passage_count: Callable[[str], int]  # term -> number of passages that hold it
    correct: Callable[[str], str]  # unknown word -> known word nearby, "" if none


def read_question(question: str, tools: QueryTools) -> Query:
    """Read a question; any characters may be in it, and there may be no slot at all."""
    text = " ".join(normalise(question)[:MAX_QUESTION].split())
    mentions = tools.gazetteer.mentions(text)
    content = [token for token in tokens(text) if not token.stop]
    slots: list[Slot] = []
    slot_of: dict[int, int] = {}  # glossary position -> slot
    phrase: list[str] = []
    corrections: list[tuple[str, str]] = []
    seen: dict[str, int] = {}
    for token in content:
        for part in _parts(token):
            if part.term in seen:
                slot_of[len(phrase)] = seen[part.term]
            elif len(slots) < MAX_SLOTS:
                mention = next((m for m in mentions if m.start <= token.start < m.end), None)
                correction = _widen(part, token, tools, is_place=mention is not None)
                if mention is not None:
                    part.place = True
                    name = tuple(tok.terms[0] for tok in tokens(mention.place.name) if tok.terms)
                    part.add(name, 1.0)
                if correction:
                    corrections.append((token.surface, correction))
                seen[part.term] = slot_of[len(phrase)] = len(slots)
                slots.append(part)
            phrase.append(part.term)
    _join_neighbours(content, slots, seen, tools)
    _add_synonyms(phrase, slots, slot_of, tools.glossary)
    known_places = frozenset(mention.place for mention in mentions)
    unknown = "" if known_places else tools.gazetteer.unknown_town(text)
    if unknown and tools.passage_count(stem(unknown)):
        unknown = ""
    return Query(text, tuple(slots), known_places, unknown, tuple(corrections))


def _parts(token: Token) -> list[Slot]:
    """A hyphenated word gives a slot for each part; the joined word stands for the last one too."""
    if len(token.terms) < 2 or token.kind != "word" or "-" not in token.surface.replace("‑", "-"):
        slot = Slot(token.surface, token.terms[0]) if token.terms else None
        if slot is None:
            return []
        for other in token.terms[1:]:
            slot.add((other,), 0.9)
        for weak in token.weak:
            slot.add((weak,), VERB_WEIGHT)
        return [slot]
    slots = [Slot(token.surface, term) for term in token.terms[1:]]
    slots[-1].add((token.terms[0],), 1.0)
    return slots


def _widen(slot: Slot, token: Token, tools: QueryTools, *, is_place: bool) -> str:
    """Add compound parts and inflections; return a correction if the word is unknown and one is near."""
    if token.kind != "word":
        slot.known = tools.passage_count(slot.term) > 0
        return ""
    for neighbour in _inflections(slot.term):
        if tools.passage_count(neighbour):
            slot.add((neighbour,), NEIGHBOUR_WEIGHT)
    parts = () if is_place else tools.splitter.stems(token.surface)
    if parts:
        slot.add(parts, PARTS_WEIGHT)
    slot.known = tools.passage_count(slot.term) > 0
    if (
        slot.known
        or is_place
        or parts
        or "-" in token.surface
        or any(map(tools.passage_count, slot.all_terms()))
    ):
        return ""
    if any(True for _ in tools.glossary.matches([slot.term])):
        return ""
    better = tools.correct(token.surface)
    if not better:
        return ""
    slot.add((stem(better),), CORRECTION_WEIGHT)
    if inner := tools.splitter.stems(better):
        slot.add(inner, CORRECTION_WEIGHT * PARTS_WEIGHT)
    return better if token.surface.islower() else better[:1].upper() + better[1:]


def _inflections(term: str) -> list[str]:
    """Snowball leaves -t and -st of verb forms: kundigt beside kundig."""
    if len(term) < 5 or not term.isalpha():
        return []
    forms = [f"{term}t", f"{term}et", f"{term}end"]
    if term.endswith("t"):
        forms.append(term[:-1])
    if term.endswith("end"):
        forms.append(term[:-3])
    return forms


def _join_neighbours(
    content: Sequence[Token], slots: list[Slot], seen: dict[str, int], tools: QueryTools
) -> None:
    """Words typed apart that the collections write as one: Bürger Begehren, KI Register."""
    for left, right in pairwise(content):
        if left.kind != "word" or right.kind != "word" or right.start - left.end != 1:
            continue
        joined = stem(left.surface + right.surface.lower())
        if tools.passage_count(joined):
            for token in (left, right):
                if token.terms and token.terms[0] in seen:
                    slots[seen[token.terms[0]]].add((joined,), 0.9)


def _add_synonyms(
    phrase: Sequence[str], slots: list[Slot], slot_of: dict[int, int], glossary: Glossary
) -> None:
    for match in glossary.matches(phrase):
        for position in range(match.start, match.end):
            if position in slot_of:
                for other in match.others:
                    slots[slot_of[position]].add(other, SYNONYM_WEIGHT)
