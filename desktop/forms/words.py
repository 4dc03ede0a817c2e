"""German words by which questions about the library itself are recognised."""

import re

from desktop.forms.form import Demand, Level

GUIDELINE_KINDS = frozenset({"leitlinie", "dienstanweisung", "rahmenwerk", "strategie", "handreichung"})

# Nouns in the plural that mean documents, and the kinds they stand for (none: all). A singular asks for one fact.
_DOCUMENT_NOUNS = {
    r"Dokumente[n]?|Quellen|Veröffentlichungen": frozenset[str](),
    r"(?:KI[- ]?)?(?:Leitlinien|Richtlinien|Leitfäden|Regelwerke[n]?)": GUIDELINE_KINDS,
    r"(?:KI[- ]?)?Dienstanweisungen": frozenset({"dienstanweisung"}),
    r"(?:KI[- ]?)?Rahmenwerke[n]?": frozenset({"rahmenwerk"}),
    r"KI[- ]?Strategien": frozenset({"strategie"}),
    r"(?:KI[- ]?)?(?:Handreichungen|Orientierungshilfen)": frozenset({"handreichung"}),
    r"Gesetze[n]?|Gesetzestexte[n]?|Rechtstexte[n]?": frozenset({"gesetz"}),
    r"Berichte[n]?": frozenset({"bericht"}),
}
_LEVEL_NOUNS = {
    r"(?:Groß)?Städte[n]?": Level.TOWN,
    r"(?:Land)?[Kk]reise[n]?": Level.DISTRICT,
    r"Kommunen|Gemeinden|Kommunalverwaltungen|Stadtverwaltungen|Rathäuser[n]?": Level.MUNICIPALITY,
    r"(?:Bundesl|L)änder[n]?": Level.LAND,
}
_DUTY_NOUN = r"[A-ZÄÖÜ][\wäöüß-]*pflicht(?:en)?"
_BAN_NOUN = r"[A-ZÄÖÜ][\wäöüß-]*verbote?"

DOCUMENT_NOUN = re.compile(rf"\b(?:{'|'.join(_DOCUMENT_NOUNS)})\b", re.IGNORECASE)
LEVEL_NOUN = re.compile(rf"\b(?:{'|'.join(_LEVEL_NOUNS)})\b", re.IGNORECASE)
DUTY_NOUN = re.compile(rf"^{_DUTY_NOUN}$")
BAN_NOUN = re.compile(rf"^{_BAN_NOUN}$")
# The one document that a town may have: what stands in place of a topic behind "haben eine".
OWN_KIND = re.compile(r"^(?:KI[- ]?)?(?P<kind>Leitlinie|Richtlinie|Dienstanweisung|Strategie)n?$")
OWN_KINDS = {
    "Leitlinie": GUIDELINE_KINDS,
    "Richtlinie": GUIDELINE_KINDS,
    "Dienstanweisung": frozenset({"dienstanweisung"}),
    "Strategie": frozenset({"strategie"}),
}

# What a town does with a topic, and what its document must then say.
PUBLISHER_VERBS = (
    (re.compile(r"^(?:haben|besitzen|kennen|führen)\s+(?P<topic>.+)$"), Demand.HAVE),
    (
        re.compile(r"^(?:gilt|gelten|besteht|bestehen|gibt es|existiert|existieren)\s+(?P<topic>.+)$"),
        Demand.HAVE,
    ),
    (re.compile(r"^(?:verlangen|fordern)\s+(?P<topic>.+)$"), Demand.DUTY),
    (re.compile(r"^schreiben\s+(?P<topic>.+)\s+vor$"), Demand.DUTY),
    (re.compile(r"^verpflichten\s+zu[mr]?\s+(?P<topic>.+)$"), Demand.DUTY),
    (re.compile(r"^(?:verbieten|untersagen)\s+(?P<topic>.+)$"), Demand.BAN),
    (re.compile(r"^(?:erlauben|gestatten)\s+(?P<topic>.+)$"), Demand.PERMISSION),
    (re.compile(r"^(?:regeln|behandeln|erwähnen|thematisieren)\s+(?P<topic>.+)$"), Demand.MENTION),
)

# Between a document noun and its topic.
TOPIC_AFTER = re.compile(
    r"(?:^|\s)(?:zu[mr]?|über|rund um|bezüglich|zum Thema|zu dem Thema|behandeln|regeln|erwähnen|thematisieren"
    r"|befassen sich mit|beschäftigen sich mit|handeln von|sagen etwas (?:zu[mr]?|über)"
    r"|enthalten etwas (?:zu[mr]?|über))\s+(?P<topic>.+)$"
)
TOPIC_FRAME = re.compile(
    r"^(?:(?:dem |das |den )?Them(?:a|en)\s+|(?:der|die|das|dem|den|eine[nrm]?|ein)\s+|Fragen (?:der|des|zu[mr]?)\s+)+"
)
# Predicates that say no more than that a document is there.
PRESENCE = re.compile(
    r"\b(?:gibt es|gab es|liegen|vor|sind|enthält|enthalten|umfasst|umfassen|vorhanden|verfügbar|vertreten|erschienen"
    r"|veröffentlicht|veröffentlichten|haben|hat|Sie|wir|kennen|kennst|du|stammen|kommen|finde|finden|sich|ich|man|stehen"
    r"|zur Verfügung|insgesamt|hier|alle[sn]?|denn|eigentlich|bereits|schon|bisher|derzeit|aktuell|überhaupt|so"
    r"|in (?:der|dieser|den|Ihrer) (?:Bibliothek|Datenbank|Sammlungen)|im Programm|in Leitstern|die|der|den)\b"
)
FILLERS = re.compile(
    r"\b(?:eigentlich|denn|bereits|schon|bisher|derzeit|aktuell|überhaupt|überall|bitte|auch|alles|eigene[nrs]?)\s+"
)


def document_kinds(noun: str) -> frozenset[str]:
    """Return the kinds of document that a noun matched by ``DOCUMENT_NOUN`` stands for; none means all."""
    return next(
        kinds for pattern, kinds in _DOCUMENT_NOUNS.items() if re.fullmatch(pattern, noun, re.IGNORECASE)
    )


def publisher_level(noun: str) -> Level:
    """Return the level that a noun matched by ``LEVEL_NOUN`` stands for."""
    return next(
        level for pattern, level in _LEVEL_NOUNS.items() if re.fullmatch(pattern, noun, re.IGNORECASE)
    )
