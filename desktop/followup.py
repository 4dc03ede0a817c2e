"""Understands a follow-up ("Und in Wien?") as a whole question, with the help of the question before it.

Only what cannot stand alone is touched. The clerk sees what it was understood as and can change it.
"""

import re

from guidelines_db.analysis import normalise, tokens
from guidelines_db.places import Mention
from guidelines_db.query import QueryTools, read_question

MAX_WORDS = 9  # a follow-up is short
MAX_PREVIOUS = 300  # characters; a longer question is no base to build on

_JOINS = re.compile(r"^(?:und|aber|oder|sowie|also)\b[\s,]*", re.IGNORECASE)
# What only leads over to a new subject: "was gilt für Bilder", "wie sieht es in Wien aus".
_LEADS_OVER = re.compile(
    r"^(?:(?:was|wie)\s+(?:gilt|ist|sieht|steht|war)\s*(?:es|das|denn|eigentlich|dann)?\s*(?:damit\s+)?"
    r"(?=(?:in|im|bei|beim|für|mit|von|vom|aus|an|auf|nach|laut|um)\b))"
    r"|^(?:auch|dann|nur|wie)\s+(?=(?:in|im|bei|beim|für|mit|von|vom|aus|nach|laut)\b)",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?:auch\s+|nur\s+)?(?:in|im|bei|beim|für|mit|ohne|von|vom|aus|nach|laut|gegenüber|außerhalb|während|am|zum|zur)\b",
    re.IGNORECASE,
)
_ANAPHORA = re.compile(
    r"^(?:gilt|gelten|betrifft|trifft|geht|ginge|stimmt|ist|sind|wäre|war|darf ich|dürfen wir|muss ich|müssen wir"
    r"|kann ich|können wir|warum|wieso|weshalb|seit wann|ab wann|bis wann|wo|wer|wie|was|wann|wozu)\s+"
    r"(?:(?:gilt|steht|sagt|ist|entscheidet|bestimmt|prüft|heißt|bedeutet|regelt|macht|folgt|war)\s+)?"
    r"(?:das|dies|so|dort|da|dafür|dazu|daraus|damit|darüber|denn das)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"\b(?:auch|ebenso|ebenfalls|genauso|trotzdem|dann|nur|immer|so|genau|konkret)\b", re.IGNORECASE
)
_BARE = re.compile(
    r"^(?:(?:und\s+)?(?:warum|wieso|weshalb|wozu|wann|wo|wer|wen|wem|wie|seit wann|ab wann|bis wann|wie lange|wie oft"
    r"|wie viele?|wie teuer|von wem|mit wem|durch wen|für wen|wer genau|warum nicht|wieso nicht|inwiefern"
    r"|nach welchem gesetz|zum beispiel|beispiele))$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"[!?;:]\s|[^\W\d]{4,}\.\s")  # more than one sentence
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d/])")
_ONLY_YEAR = re.compile(
    r"^(?:(?:im|vom|von|aus|seit|ab|für)\s+)?(?:(?:dem )?Jahr\s+)?(?P<year>(?:19|20)\d\d)$", re.IGNORECASE
)
_ARTICLE_BEFORE = re.compile(r"\b(?:im|der|die|das|dem|den|vom|zum|zur)\s$", re.IGNORECASE)
_ENDS_AS_ADJECTIVE = re.compile(r"(?:er|e[nrsm]?)$")


def understand(question: str, previous: str, tools: QueryTools) -> str:
    """Return the whole question that ``question`` means after ``previous``; "" if it stands alone.

    ``previous`` is best what the question before was itself understood as, so that follow-ups can be chained.
    """
    text = " ".join(normalise(question).split()).strip()
    before = " ".join(normalise(previous).split()).rstrip("?!. ")
    bare = text.rstrip("?!. ")
    if not bare or not before or len(before) > MAX_PREVIOUS or len(bare.split()) > MAX_WORDS:
        return ""
    if _SEVERAL.search(text) or not _leans_on_before(bare, tools):
        return ""
    return (
        _swap_place(bare, before, tools)
        or _swap_reference(bare, before, tools)
        or _swap_year(bare, before)
        or _append(bare, before)
    )


def _leans_on_before(bare: str, tools: QueryTools) -> bool:
    """Tell whether a question cannot be understood without the one before."""
    if _BARE.match(bare):
        return True
    joined = _JOINS.match(bare) is not None
    rest = _JOINS.sub("", bare)
    content = _content_words(rest, tools)
    if _ANAPHORA.match(rest):
        short = len(rest.split()) <= 3  # "Ist das erlaubt?"
        return content <= 1 and (joined or short or content == 0 or _ALSO.search(rest) is not None)
    if led := _LEADS_OVER.match(rest):
        return joined or _content_words(rest[led.end() :], tools) == 0
    if joined:
        return content <= 1 or (_PREPOSITION.match(rest) is not None and not _has_question_word(rest))
    return _PREPOSITION.match(rest) is not None and not _has_question_word(rest) and content <= 1


def _content_words(text: str, tools: QueryTools) -> int:
    """Count what a text is about, places left aside: they are what a follow-up exchanges."""
    slots = read_question(text, tools).slots
    references = sum(1 for token in tokens(text) if token.kind == "reference")
    return max(0, sum(1 for slot in slots if not slot.place) - references)


def _has_question_word(text: str) -> bool:
    return (
        re.search(r"\b(?:w(?:er|en|em|as|ie|o|ann|arum|ieso|elche[nrms]?))\b", text, re.IGNORECASE)
        is not None
    )


def _swap_place(bare: str, before: str, tools: QueryTools) -> str:
    """Put the new place where the old one stood; "" if there is more to the question or the case would not fit."""
    new = tools.gazetteer.mentions(bare)
    old = tools.gazetteer.mentions(before)
    if len(new) != 1 or _content_words(_LEADS_OVER.sub("", _JOINS.sub("", bare)), tools):
        return ""
    name = _surface(bare, new[0])
    if _ARTICLE_BEFORE.search(bare[: new[0].start]) or _is_adjective(new[0], name):
        return ""
    if not old:
        return f"{before} – in {name}?"
    if len({mention.place for mention in old}) != 1 or old[0].place == new[0].place:
        return ""
    if any(
        _ARTICLE_BEFORE.search(before[: mention.start]) or _is_adjective(mention, _surface(before, mention))
        for mention in old
    ):
        return ""
    for mention in reversed(old):
        before = f"{before[: mention.start]}{name}{before[mention.end :]}"
    return f"{before}?"


def _swap_reference(bare: str, before: str, tools: QueryTools) -> str:
    """Put the new article or paragraph where the old one stood; "" if there is not exactly one of a kind each."""
    new = [token for token in tokens(bare) if token.kind == "reference"]
    old = [token for token in tokens(before) if token.kind == "reference"]
    if len(new) != 1 or len(old) != 1 or _content_words(bare, tools):
        return ""
    if _kind_of(new[0].terms) != _kind_of(old[0].terms):
        return ""
    return f"{before[: old[0].start]}{new[0].surface}{before[old[0].end :]}?"


def _swap_year(bare: str, before: str) -> str:
    """Put the new year where the old one stood; "" if the follow-up is more than a year or there was not one year."""
    new, old = _ONLY_YEAR.match(_JOINS.sub("", bare)), list(_YEAR.finditer(before))
    if new is None or len(old) != 1:
        return ""
    return f"{before[: old[0].start()]}{new['year']}{before[old[0].end() :]}?"


def _append(bare: str, before: str) -> str:
    """Let the follow-up stand behind the question before, in its own words."""
    first = bare.split(maxsplit=1)[0]
    lowered = bare if first.isupper() else bare[0].lower() + bare[1:]
    return f"{before} – {lowered}?"


def _surface(text: str, mention: Mention) -> str:
    return text[mention.start : mention.end]


def _is_adjective(mention: Mention, surface: str) -> bool:
    """Essener, bayerische: such a form cannot be exchanged for a name."""
    return (
        _ENDS_AS_ADJECTIVE.search(surface) is not None
        and not mention.place.name.lower().endswith(surface.lower()[-3:])
    ) or surface[0].islower()


def _kind_of(terms: tuple[str, ...]) -> str:
    match = re.match(r"z[a-z]+?(?=\d|$)", terms[0]) if terms else None
    return match[0] if match else ""
