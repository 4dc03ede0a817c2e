"""Whether a sentence says in its own words that something is a duty, forbidden, allowed, or there at all.

Strict on purpose: a sentence that is hedged, negated, reports a proposal or speaks of somebody else's rule does not
count as saying so. What fails here is still shown, as possible.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from desktop.forms.form import Demand
from guidelines_db.analysis import stem, tokens, verb_variants
from guidelines_db.compounds import CompoundSplitter
from guidelines_db.query import QueryTools, Slot

MET = 0.5  # a slot counts as met by a variant of at least this weight

_TONES = {
    Demand.DUTY: re.compile(
        r"\b(?:muss|müssen|\w*pflicht(?:en)?|verpflicht\w+|zwingend|erforderlich|vorgeschrieben|schreib\w+ .*\bvor"
        r"|verlang(?:t|en)|vorschreib(?:t|en)|(?:ist|sind)\b[^,;:]*\bzu \w+en|zu \w+en (?:ist|sind))\b",
        re.IGNORECASE,
    ),
    Demand.BAN: re.compile(
        r"\b(?:verboten\w*|verbiete[nt]|verbot\w*|untersag\w+|unzulässig\w*|tabu"
        r"|(?:darf|dürfen)\b.{0,60}\b(?:nicht|keine\w*|nie)|nicht (?:erlaubt|gestattet|zulässig|zugelassen)"
        r"|keine[nrs]? )\b",
        re.IGNORECASE,
    ),
    Demand.PERMISSION: re.compile(
        r"\b(?:darf|dürfen|erlaub\w+|gestatte\w*|zulässig\w*|zugelassen\w*|freigegeben\w*)\b", re.IGNORECASE
    ),
}
_NEGATED = re.compile(
    r"\b(?:nicht|kein\w*|nie|niemals|weder|ohne|unzulässig\w*|verboten\w*|untersag\w*)\b", re.IGNORECASE
)
_HEDGED = re.compile(
    r"\b(?:ob|offen|unklar\w*|fraglich|ungeklärt|soll(?:e|te|ten|en)?|könnte[n]?|würde[n]?|wollte[n]?|wolle[n]?|plan\w*"
    r"|geplant\w*|künftig\w*|forder(?:t|te|ten|n)|Antrag|Anträge|beantragt\w*|vorgeschlagen\w*|schlägt|Vorschlag\w*"
    r"|Entwurf|diskutier\w*|freiwillig\w*|denkbar|betont\w*|erklär\w+|sagte\w*|meint\w*|müsse"
    r"|möglicherweise|vermutlich|zum Beispiel|Beispiel|früher\w*)\b",
    re.IGNORECASE,
)
_OTHER_LAW = re.compile(
    r"\b(?:KI-Verordnung|KI-VO|AI[ -]Act|EU|Europäisch\w+|Verordnung|Art\.|Artikel|§+)", re.IGNORECASE
)
# what stands in a dass-clause is somebody's view, unless the clause is what is demanded
_REPORTED = re.compile(
    r"(?<!verlangt)(?<!vor)(?<!verpflichtet)(?<!festgelegt)(?<!untersagt), dass\b", re.IGNORECASE
)
_LEANS_BACK = re.compile(
    r"^(?:Er|Sie|Es|Ihr\w*|Sein\w*|Das|Dies\w*|Da\w+|Hier\w*|Solche\w*|Letztere\w*|Ein weiterer)\b"
)
_NO_BAN = re.compile(
    r"\b(?:nicht|kein\w*|nie)\b[^,;:]{0,30}\b(?:verb[io]\w+|untersag\w+|unzulässig\w*)", re.IGNORECASE
)
_DUTY = re.compile(r"pflicht(?:en)?$", re.IGNORECASE)
_BAN = re.compile(r"verbote?$", re.IGNORECASE)


@lru_cache(maxsize=256)
def root_of(word: str) -> str:
    """Return what a duty or ban is about: Kennzeichnung for Kennzeichnungspflicht, the word itself for others."""
    root = _BAN.sub("", _DUTY.sub("", word))
    if not root or root == word:
        return word
    return re.sub(r"(?<=ung|eit|ion|tät)s$|(?<=aft)s$", "", root).rstrip("-") or word


@lru_cache(maxsize=256)
def _root_stems(root: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of a root as noun and as verb: Kennzeichnung and kennzeichnen."""
    base = root.lower()
    verb = base.removesuffix("ung")
    nouns = {stem(base), stem(verb + "ung")}
    return frozenset(nouns), frozenset({stem(verb + "en"), stem(verb + "n")})


def names_root(sentence: str, root: str, splitter: CompoundSplitter) -> bool:
    """Tell whether a sentence names ``root`` as a noun or a compound's last part, or puts it as a duty by its verb."""
    if root.lower()[:4] not in sentence.lower():
        return False  # cutting compounds is dear
    nouns, verbs = _root_stems(root)
    for token in tokens(sentence):
        if token.kind != "word" or token.stop:
            continue
        if token.surface[0].islower():
            named = verbs & {*token.terms, *token.weak, *verb_variants(token.surface)}
            if named and _TONES[Demand.DUTY].search(sentence):
                return True
        elif nouns & set(token.terms) or set(splitter.stems(token.surface)[-1:]) & nouns:
            return True
    return False


def says_so(
    sentence: str,
    demand: Demand,
    scores: Sequence[float],
    topic_words: Sequence[Slot],
    places: frozenset[str],
    tools: QueryTools,
) -> bool:
    """Tell whether ``sentence`` says what is demanded, of the places of its own document.

    ``scores`` tells how well the sentence meets each of ``topic_words``, 0 to 1; ``places`` are those of the document.
    """
    word = topic_words[0].surface
    root = root_of(word)
    named = scores[0] >= MET or (root != word and names_root(sentence, root, tools.splitter))
    others = (score >= MET for score, slot in zip(scores[1:], topic_words[1:], strict=True) if not slot.place)
    if not named or not all(others):
        return False
    if demand is Demand.MENTION:
        return True
    tone = _TONES.get(demand)
    literally = root != word and word.lower() in sentence.lower()  # "Kennzeichnungspflicht" says it by itself
    if tone is not None and not literally and not tone.search(sentence):
        return False
    if (_NO_BAN if demand is Demand.BAN else _NEGATED).search(sentence):
        return False
    if any(pattern.search(sentence) for pattern in (_HEDGED, _OTHER_LAW, _LEANS_BACK)):
        return False
    if not literally and _REPORTED.search(sentence):
        return False
    mentioned = {mention.place.name for mention in tools.gazetteer.mentions(sentence)}
    return not mentioned or not places or bool(mentioned & places)
