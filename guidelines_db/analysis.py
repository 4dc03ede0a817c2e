"""German text to search terms: stems, numbers, dates and legal references, each with its place in the text.

Stems are those of the Snowball stemmer for German, which also folds umlauts, ß and their ae/oe/ue/ss spellings.
Numbers, dates and references become terms of their own, prefixed with a ``z`` so that no word can collide.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from guidelines_db.stopwords import STOP_WORDS

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner jan",
            "februar feber feb",
            "märz maerz mrz",
            "april apr",
            "mai",
            "juni jun",
            "juli jul",
            "august aug",
            "september sept sep",
            "oktober okt",
            "november nov",
            "dezember dez",
        ),
        1,
    )
    for name in names.split()
}
NUMBER_WORDS = {
    word: str(value)
    for value, words in {
        2: "zwei zweier",
        3: "drei dreier",
        4: "vier",
        5: "fünf fuenf",
        6: "sechs",
        7: "sieben",
        8: "acht",
        9: "neun",
        10: "zehn",
        11: "elf",
        12: "zwölf zwoelf",
        15: "fünfzehn",
        20: "zwanzig",
        30: "dreißig dreissig",
        50: "fünfzig",
        100: "hundert einhundert",
        1000: "tausend eintausend",
    }.items()
    for word in words.split()
}
MAX_WORD = 80  # longer "words" are encoded data, not language

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"""
    (?P<isodate>\b\d{{4}}-\d{{2}}-\d{{2}}\b)
  | (?P<date>\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?(?:\d{{4}}|\d{{2}})?(?!\d)|(?:{_MONTH})\b\.?(?:\s\d{{4}})?))
  | (?P<month>\b(?:{_MONTH})\b\.?\s\d{{4}}\b)
  | (?P<par>(?:§§?|\bparagra(?:ph|f)(?:en|s)?\b)\s*\d+\s?[a-z]?\b(?:\s*(?:,|und|bis|oder|–|-)\s*\d+[a-z]?\b)*)
  | (?P<ref>\b(?:art(?:ikels?|\.)?|abs(?:atz|\.)?|nr\.?|nummer|anhang|kapitel)\s?(?:\d+[a-z]?|[ivx]{{1,5}})\b)
  | (?P<number>\b\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?\b|\b\d+(?:,\d+)?\b)
  | (?P<sign>[€%])
  | (?P<word>[^\W_]+(?:[-‐‑–'’&][^\W_]+)*(?:[:*_/]-?in(?:nen)?\b)?)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_GENDER = re.compile(r"[:*_/]-?in(?:nen)?$", re.IGNORECASE)
_HYPHENS = re.compile(r"[-‐‑–'’&]")
_REF_PREFIX = {"art": "zart", "abs": "zabs", "num": "znr", "nr": "znr", "anh": "zanh", "kap": "zkap"}
_SIGNS = {"€": "euro", "%": "prozent"}
_SEPARABLE = re.compile(
    r"^(ab|an|auf|aus|bei|ein|fest|fort|her|hin|los|mit|nach|nieder|statt|teil|vor|weg|weiter|wieder|zu|zurück|"
    r"zusammen|durch|um|über|unter|offen|bereit|frei|bekannt)(ge|zu)([a-zäöüß]{3,}?)(e?t|en)$"
)
_PARTICIPLE = re.compile(r"^ge([a-zäöüß]{4,}?)(e?t)$")

_stemmer = Stemmer.Stemmer("german", 0)  # its own cache is not made for several threads
_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
MONTH_STEMS = {
    number: str(_stemmer.stemWord(name)).replace("ä", "a") for name, number in reversed(MONTHS.items())
}


class Token(NamedTuple):
    """A piece of text with its terms: ``terms`` are what it is, ``weak`` what it also contains."""

    surface: str
    start: int
    end: int
    kind: str  # "word", "number", "date", "reference"
    terms: tuple[str, ...]
    weak: tuple[str, ...] = ()
    stop: bool = False


_TRANSLATED: dict[int, str | None] = {
    0: " ",
    **dict.fromkeys(
        (
            0x00AD,  # soft hyphen
            *range(0x200B, 0x2010),  # zero-width characters and marks of direction
            *range(0x202A, 0x202F),  # direction turned over: text that reads otherwise than it is stored
            *range(0x2060, 0x2070),
            0xFEFF,
            *range(0xE0000, 0xE0080),  # tags: a second, unseen alphabet
        )
    ),
}


def normalise(text: str) -> str:
    """Unicode NFC of ``text`` without soft hyphens and invisible characters (offsets may shift)."""
    return unicodedata.normalize("NFC", text).translate(_TRANSLATED)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Snowball stem of one word, lower case, umlauts folded."""
    return fold(str(_stemmer.stemWord(word.lower())))


def fold(word: str) -> str:
    """Return ``word`` (lower case) with umlauts and ß as stems have them."""
    return word if word.isascii() else word.translate(_FOLD)


@lru_cache(maxsize=100_000)
def verb_variants(word: str) -> tuple[str, ...]:
    """Stems of the infinitive behind participles and zu-infinitives: zugeschaltet and zuzuschalten -> zuschalten."""
    lower = word.lower()
    if match := _SEPARABLE.match(lower):
        return (stem(match[1] + match[3] + "en"),)
    if match := _PARTICIPLE.match(lower):
        return (stem(match[1] + "en"),)
    return ()


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of ``text`` in order, stop words included (marked)."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "word":  # nearly always: no generator of its own
            surface = match[0]
            if len(surface) <= MAX_WORD:
                terms, weak, stop = _read_word(surface)
                yield Token(surface, match.start(), match.end(), kind, terms, weak, stop)
        else:
            yield from _READERS[kind](match)


def readings(text: str) -> Iterator[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Yield surface, kind, terms and weak terms of every token but stop words: `tokens` in a hurry."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind == "word":
            surface = match[0]
            if len(surface) <= MAX_WORD:
                terms, weak, stop = _read_word(surface)
                if not stop:
                    yield surface, kind, terms, weak
        else:
            for token in _READERS[kind](match):
                if not token.stop:
                    yield token.surface, token.kind, token.terms, token.weak


def content_terms(text: str) -> list[str]:
    """Return the terms of ``text`` without stop words, in order, with repetitions."""
    return [term for token in tokens(text) if not token.stop for term in token.terms]


def words_of(text: str) -> Iterable[str]:
    """Yield the plain words of ``text`` in lower case, hyphenated ones in parts."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "word" and len(match[0]) <= MAX_WORD:
            for part in _plain_parts(match[0]):
                if not part.isdigit():
                    yield part.lower()
        elif match.lastgroup == "sign":
            yield match[0]


def _date_token(match: re.Match[str], day: int, month: int, year: str) -> Token:
    terms = []
    weak = [MONTH_STEMS[month]] if 1 <= month <= 12 else []
    if not (0 <= month <= 12 and 0 <= day <= 31):
        return Token(match[0], *match.span(), "number", tuple(re.findall(r"\d+", match[0])))
    if year:
        full = year if len(year) == 4 else f"20{year}"
        if day:
            terms.append(f"zd{full}{month:02}{day:02}")
            weak.append(f"zdm{month:02}{day:02}")
        terms += [f"zm{full}{month:02}", full]
    elif day:
        terms.append(f"zdm{month:02}{day:02}")
    return Token(match[0], *match.span(), "date", tuple(terms), tuple(weak))


def _isodate(match: re.Match[str]) -> Iterator[Token]:
    year, month, day = match[0].split("-")
    yield _date_token(match, int(day), int(month), year)


def _date(match: re.Match[str]) -> Iterator[Token]:
    numbers = re.findall(r"\d+", match[0])
    names = re.findall(r"[^\W\d_]+", match[0])
    if names:
        yield _date_token(
            match, int(numbers[0]), MONTHS[names[0].lower()], numbers[1] if len(numbers) > 1 else ""
        )
    else:
        yield _date_token(match, int(numbers[0]), int(numbers[1]), numbers[2] if len(numbers) > 2 else "")


def _month(match: re.Match[str]) -> Iterator[Token]:
    name, year = match[0].replace(".", " ").split()
    yield _date_token(match, 0, MONTHS[name.lower()], year)


def _paragraph(match: re.Match[str]) -> Iterator[Token]:
    body = re.sub(r"^\D+", "", match[0])
    numbers = [re.sub(r"\s", "", number).lower() for number in re.findall(r"\d+\s?[a-z]?\b", body)]
    yield Token(match[0], *match.span(), "reference", tuple(f"zpar{number}" for number in numbers))


def _reference(match: re.Match[str]) -> Iterator[Token]:
    lower = match[0].lower()
    prefix = next(value for key, value in _REF_PREFIX.items() if lower.startswith(key))
    number = re.split(r"[\s.]", lower)[-1]
    digits = re.search(r"\d+[a-z]?$", number)
    yield Token(match[0], *match.span(), "reference", (prefix + (digits[0] if digits else number),))


def _number(match: re.Match[str]) -> Iterator[Token]:
    value = match[0].replace(".", "").replace(",", "zk")
    yield Token(match[0], *match.span(), "number", (value,))


def _sign(match: re.Match[str]) -> Iterator[Token]:
    yield Token(match[0], *match.span(), "word", (_SIGNS[match[0]],))


@lru_cache(maxsize=50_000)
def _read_word(surface: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Return terms, weak terms and whether it is a stop word."""
    parts = _plain_parts(surface)
    if len(parts) > 1:
        inner = dict.fromkeys(stem(part) for part in parts if part.lower() not in STOP_WORDS)
        return (stem("".join(parts)), *inner), (), False
    plain = parts[0]
    lower = plain.lower()
    if lower in STOP_WORDS:
        return (stem(lower),), (), True
    number = NUMBER_WORDS.get(lower)
    return (stem(plain), *((number,) if number else ())), verb_variants(plain), False


def _plain_parts(surface: str) -> list[str]:
    """The word without a gender ending, cut at hyphens."""
    if surface.isalpha():
        return [surface]
    return [part for part in _HYPHENS.split(_GENDER.sub("", surface)) if part]


_READERS = {
    "isodate": _isodate,
    "date": _date,
    "month": _month,
    "par": _paragraph,
    "ref": _reference,
    "number": _number,
    "sign": _sign,
}
