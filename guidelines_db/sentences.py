"""Cuts German text into sentences; abbreviations, ordinals and references do not end one."""

import re
from collections.abc import Iterator

_ABBREVIATIONS = frozenset(
    """abs abschn allg anh anl anm art aufl az bd betr bgbl gbl gvbl gvobl abl bspw buchst bzgl bzw ca co d.h dez
    dipl dr durchf ebd einschl engl entspr etc evtl exkl f feb ff fr gem ggf ggfs gg grds hr hrsg i.d.r
    i.v.m inkl insb jan jh jhd kap lfd lit max mind min mio mrd mwst n.n nov nr nrn o.ä okt p.a prof rd rn
    rdnr s s.o s.u schl sept sog st std str tel tsd u.a u.ä u.u usf usw v.a verf vgl vol vs z.b z.t ziff
    zit zzgl zb""".split()
)
_MONTHS = (
    "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    "|Jan|Feb|Mrz|Apr|Jun|Jul|Aug|Sep|Sept|Okt|Nov|Dez"
)
_END = re.compile(r"[.!?…](?:[\"»“”’')\]]*)(?=\s|$)|:(?=\s*\n)|\n\s*\n|\n(?=\s*(?:[-*•–]|\d{1,2}[.)])\s)")
_LAST_WORD = re.compile(r"([^\s(„\"»]+)\.$")
_ORDINAL_NOUN = re.compile(rf"\s+(?:{_MONTHS}|[a-zäöü])")
_BEFORE_ORDINAL = re.compile(
    r"\b(?:am|vom|zum|zur|ab|bis|der|die|das|den|dem|im|seit|jede[rn]?)\s+$", re.IGNORECASE
)


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of ``text``, without surrounding white space."""
    start = 0
    for match in _END.finditer(text):
        if match[0][0] == "." and not _ends_sentence(text, match):
            continue
        end = match.start() if match[0].isspace() else match.end()
        yield from _trimmed(text, start, end)
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    length = len(piece.strip())
    if length and any(character.isalnum() for character in piece):
        yield start + left, start + left + length


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Decide whether the full stop at ``match`` ends a sentence."""
    if len(match[0]) > 1:
        return True
    word_match = _LAST_WORD.search(text[max(0, match.start() - 30) : match.start() + 1])
    word = word_match[1] if word_match else ""
    rest = text[match.end() : match.end() + 24]
    if not rest.strip():
        return True
    following = rest.lstrip()[:1]
    if word.lower() in _ABBREVIATIONS:
        # "usw." and its like may end a sentence, "Abs." never does
        return word.lower() in {"usw", "etc", "ff", "usf"} and following.isupper()
    if (len(word) == 1 and word.isalpha()) or re.search(r"[^\W\d]\.", word):
        return False
    if re.fullmatch(r"\d{1,3}|[IVX]{1,4}", word):
        # an ordinal if a month or a lower-case word follows: "8. Oktober", "Die 3. ist"
        if _ORDINAL_NOUN.match(rest) or following.isdigit():
            return False
        return not _BEFORE_ORDINAL.search(text[max(0, match.start() - 16) : match.start() - len(word)])
    return not following.islower()
