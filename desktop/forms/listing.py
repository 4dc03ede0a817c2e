"""Recognises list and how-many questions about the library. Conservative: whatever is left over refuses the form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.forms.form import Demand, Filters, Form, Kind, Level
from desktop.forms.words import (
    BAN_NOUN,
    DOCUMENT_NOUN,
    DUTY_NOUN,
    FILLERS,
    LEVEL_NOUN,
    OWN_KIND,
    OWN_KINDS,
    PRESENCE,
    PUBLISHER_VERBS,
    TOPIC_AFTER,
    TOPIC_FRAME,
    document_kinds,
    publisher_level,
)
from guidelines_db.places import Gazetteer
from guidelines_db.results import CollectionInfo

MAX_QUESTION = 160  # characters; more is a description of a case
MAX_TOPIC_WORDS = 5

_PLACE = "@"  # stands for a place that was recognised
_NOT_PLAIN = re.compile(
    r"[,;:.!?@]|\b(?:nicht|nie|kein\w*|ohne|außer|ausgenommen|nur|wenn|falls|ob|oder|welche\w* .*\bwelche\w*)\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(r"^(?:(?:bitte|hallo|guten tag|moin|sag mal|frage)[,:! ]+)+", re.IGNORECASE)
_HEADS = (
    (re.compile(r"^wie\s?viele[rn]?\s+", re.IGNORECASE), Kind.COUNT),
    (re.compile(r"^(?:wie (?:groß|hoch) ist )?(?:die )?(?:an)?zahl (?:der|von) ", re.IGNORECASE), Kind.COUNT),
    (re.compile(r"^(?:(?:in|bei|aus|von) )?welche[nmr]?\s+", re.IGNORECASE), Kind.LIST),
    (
        re.compile(
            r"^(?:nenne?n?|liste|listen|zeige?n?|gib|geben)\s(?:(?:Sie|mir|uns|bitte)\s)*(?:alle|die|sämtliche)\s",
            re.IGNORECASE,
        ),
        Kind.LIST,
    ),
)
_WHERE = re.compile(r"^wo (?:überall )?(?=(?:gilt|gibt es|besteht)\b)", re.IGNORECASE)
_ADJECTIVES = re.compile(
    r"^(?:(?P<town>städtischen?)|(?P<municipal>kommunalen?)|(?P<own>eigenen?)|verschiedenen?|einzelnen?|alle[nr]?"
    rf"|{_PLACE})\s+",
    re.IGNORECASE,
)
_YEAR = r"(?P<{}>(?:19|20)\d\d)"
_PERIODS = (
    re.compile(
        rf"\b(?:zwischen|von|aus den Jahren)\s+{_YEAR.format('first')}\s+(?:und|bis)\s+{_YEAR.format('last')}\b"
    ),
    re.compile(rf"\b(?:seit|ab)\s+(?:dem Jahr )?{_YEAR.format('first')}\b"),
    re.compile(rf"\bnach\s+(?:dem Jahr )?{_YEAR.format('after')}\b"),
    re.compile(rf"\bvor\s+(?:dem Jahr )?{_YEAR.format('before')}\b"),
    re.compile(rf"\bbis\s+(?:zum Jahr )?{_YEAR.format('last')}\b"),
    re.compile(rf"\b(?:von|aus|vom|im|in)\s+(?:dem )?(?:Jahre?s?\s+)?{_YEAR.format('only')}\b"),
)
_PLACES = re.compile(
    rf"(?:\b(?:aus|in|im|von|vom|für|der Stadt|des Landes|dem Land|den Ländern|den Städten|der|dem)\s+)+{_PLACE}"
    rf"(?:\s+und(?:\s+(?:aus|in|von))?\s+{_PLACE})*|{_PLACE}(?:\s+und\s+{_PLACE})*"
)
_JOINING = frozenset("und der die das dem den des im in von mit bei zur zum für am an auf einer eine".split())
_PRESENT = re.compile(r"\b(?:vertreten|enthalten|vorhanden|Sammlung\w*|Bibliothek|Datenbank)\b")


@dataclass(frozen=True)
class _Found:
    """What was taken out of a question, and the rest."""

    rest: str
    filters: Filters


def read_listing(text: str, collections: Sequence[CollectionInfo], gazetteer: Gazetteer) -> Form | None:
    """Return the list or how-many form of ``text`` (one line, normalised), None if it is none."""
    plain = _COURTESY.sub("", text).rstrip("?!. ").replace(" – ", " ")
    if len(plain) > MAX_QUESTION or "@" in plain:
        return None
    found = _take_places(_take_years(_take_collections(plain, collections)), gazetteer)
    rest = found.rest
    if _NOT_PLAIN.search(rest.replace(_PLACE, "")):
        return None
    form = _read_where(text, rest, found.filters) or _read_head(text, rest, found.filters)
    return form if form is None or not form.topic or _is_topic(form.topic) else None


def _read_where(text: str, rest: str, filters: Filters) -> Form | None:
    """ "Wo gilt eine Kennzeichnungspflicht?": only for duties and bans, as elsewhere "wo" asks for anything."""
    match = _WHERE.match(rest)
    if match is None:
        return None
    form = _by_publisher(Kind.LIST, text, _without_places(rest[match.end() :]), filters)
    return form if form is not None and form.demand in {Demand.DUTY, Demand.BAN} else None


def _read_head(text: str, rest: str, filters: Filters) -> Form | None:
    head = next(((match, kind) for pattern, kind in _HEADS if (match := pattern.match(rest))), None)
    if head is None:
        return None
    match, kind = head
    rest = rest[match.end() :]
    while match := _ADJECTIVES.match(rest):
        if match["own"]:
            filters = replace(filters, own=True)
        elif match["town"] or match["municipal"]:
            filters = replace(filters, level=Level.TOWN if match["town"] else Level.MUNICIPALITY)
        rest = rest[match.end() :]
    if match := DOCUMENT_NOUN.match(rest):
        filters = replace(filters, kinds=document_kinds(match[0]))
        return _by_document(kind, text, match[0], _without_places(rest[match.end() :]), filters)
    if match := LEVEL_NOUN.match(rest):
        filters = replace(filters, level=publisher_level(match[0]))
        rest = _without_places(rest[match.end() :])
        if _is_presence(rest):
            return Form(kind, text, match[0], filters) if _PRESENT.search(text) else None
        form = _by_publisher(kind, text, rest, filters)
        # how many towns have something is a question about the world unless it is about a rule
        if form is not None and kind is Kind.COUNT and form.demand in {Demand.HAVE, Demand.MENTION}:
            return None
        return form
    return None


def _by_document(kind: Kind, text: str, noun: str, rest: str, filters: Filters) -> Form | None:
    """What follows a noun that means documents: presence, then perhaps a topic."""
    rest = FILLERS.sub("", rest.strip() + " ").strip()
    topic = ""
    if match := TOPIC_AFTER.search(rest):
        topic = re.sub(rf"(?:\s+{PRESENCE.pattern})+$", "", match["topic"])
        rest = rest[: match.start()]
    if not _is_presence(rest) or (not rest and not topic and filters == Filters(kinds=filters.kinds)):
        return None  # also the bare noun: it says nothing of what is wanted
    return Form(kind, text, noun, filters, TOPIC_FRAME.sub("", topic).strip())


def _by_publisher(kind: Kind, text: str, rest: str, filters: Filters) -> Form | None:
    """What follows a noun that means towns: what they have, demand, forbid, allow or deal with."""
    rest = FILLERS.sub("", rest.strip() + " ").strip()
    verb = next(
        ((match, demand) for pattern, demand in PUBLISHER_VERBS if (match := pattern.match(rest))), None
    )
    if verb is None:
        return None
    match, demand = verb
    topic = re.sub(r"^(?:eine[nmrs]?|ein|die|den|das|der)\s+", "", match["topic"]).strip()
    first = topic.split()[0] if topic else ""
    if demand is Demand.HAVE:
        own = OWN_KIND.match(first)
        if own or DOCUMENT_NOUN.fullmatch(first):
            kinds = OWN_KINDS[own["kind"]] if own else document_kinds(first)
            behind = TOPIC_AFTER.fullmatch(topic[len(first) :])
            if topic != first and behind is None:
                return None
            filters = replace(filters, kinds=kinds)
            return Form(kind, text, first, filters, behind["topic"] if behind else "")
        if DUTY_NOUN.match(first):
            demand = Demand.DUTY
        elif BAN_NOUN.match(first):
            demand = Demand.BAN
        elif topic != first:
            return None  # "haben Erfahrungen mit Chatbots gesammelt" asks for more than a word can show
    return Form(kind, text, "", filters, topic, demand) if topic else None


def _take_collections(text: str, collections: Sequence[CollectionInfo]) -> _Found:
    names = {name: info.name for info in collections for name in (info.title, info.name)}
    if not names:
        return _Found(text, Filters())
    any_name = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    quoted = rf"[„“\"»]?(?:{any_name})[“”\"«]?(?![\w-])"
    pattern = re.compile(
        rf"\s+(?:(?:in|aus|von)\s+)?(?:(?:der|die|den)\s+)?Sammlung(?:en)?\s+{quoted}(?:\s+und\s+{quoted})*",
        re.IGNORECASE,
    )
    match = pattern.search(text)
    if match is None:
        return _Found(text, Filters())
    by_lower = {name.lower(): title for name, title in names.items()}
    chosen = tuple(
        dict.fromkeys(by_lower[name.lower()] for name in re.findall(any_name, match[0], re.IGNORECASE))
    )
    return _Found(pattern.sub(" ", text, count=1).strip(), Filters(collections=chosen))


def _take_years(found: _Found) -> _Found:
    for pattern in _PERIODS:
        match = pattern.search(found.rest)
        if match is None:
            continue
        years = {name: int(value) for name, value in match.groupdict().items()}
        first = years.get("only") or years.get("first") or years.get("after", -1) + 1
        last = years.get("only") or years.get("last") or years.get("before", 10_000) - 1
        rest = " ".join(pattern.sub(" ", found.rest, count=1).split())
        return _Found(rest, replace(found.filters, first_year=first, last_year=last))
    return found


def _take_places(found: _Found, gazetteer: Gazetteer) -> _Found:
    text, places = found.rest, set()
    for mention in reversed(gazetteer.mentions(text)):
        places.add(mention.place.name)
        text = text[: mention.start] + _PLACE + text[mention.end :]
    return _Found(text, replace(found.filters, places=frozenset(places)))


def _without_places(text: str) -> str:
    return " ".join(_PLACES.sub(" ", text).split())


def _is_presence(text: str) -> bool:
    return not PRESENCE.sub("", text).strip()


def _is_topic(topic: str) -> bool:
    """Tell whether a topic reads as a noun phrase: nouns, what joins them, adjectives; no verb at its end."""
    words = topic.split()
    if len(words) == 1:
        return words[0][0].isalnum()
    return (
        len(words) <= MAX_TOPIC_WORDS
        and words[-1][0].isupper()
        and all(not word[0].islower() or word in _JOINING or re.search(r"e[nmrs]?$", word) for word in words)
    )
