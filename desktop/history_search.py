"""Full-text search over past answers: any part of a word, whatever its case and however its umlauts are written."""

import re
import unicodedata
from dataclasses import dataclass

MIN_INDEXED = 3  # letters; the index of the history knows no shorter parts of words
_AROUND = 30  # characters of an excerpt before the match
_LONGEST = 180  # characters of an excerpt

_PIECES = re.compile(r"[„“\"]([^„“”\"]*)[“”\"]?|([^\s„“”\"]+)")
_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_UMLAUT_OF = {"a": "ä", "o": "ö", "u": "ü"}
_BASE_OF = {umlaut: base for base, umlaut in _UMLAUT_OF.items()}
_LETTERS = re.compile(r"[aou]e|ss|.", re.DOTALL)


@dataclass(frozen=True)
class Excerpt:
    """A stretch of text with what was found, as character offsets in it."""

    text: str
    ranges: tuple[tuple[int, int], ...] = ()


NO_EXCERPT = Excerpt("")


def plain(text: str) -> str:
    """Return ``text`` in lower case with umlauts as their base letters: Straße, Müll -> strasse, mull."""
    return _lower(text).translate(_PLAIN)


def spelled(text: str) -> str:
    """Return ``text`` in lower case with umlauts spelled out: Straße, Müll -> strasse, muell."""
    return _lower(text).translate(_SPELLED)


def composed(text: str) -> str:
    """Return ``text`` with letters and their marks in one character each, as it is searched."""
    return unicodedata.normalize("NFC", text)


class HistoryQuery:
    """What was typed: words and „phrases“, all of which a text must hold."""

    def __init__(self, typed: str) -> None:
        pieces = [" ".join((phrase or word).split()) for phrase, word in _PIECES.findall(composed(typed))]
        self.pieces: tuple[str, ...] = tuple(
            piece for piece in pieces if any(letter.isalnum() for letter in piece)
        )
        self._patterns = [_pattern(piece) for piece in self.pieces]

    def expression(self) -> str:
        """Return the full-text expression that no matching text misses, "" if the index cannot help."""
        wanted = []
        for piece in self.pieces:
            forms = {"plain": plain(piece), "spelled": spelled(piece)}
            if all(len(form) >= MIN_INDEXED for form in forms.values()):
                wanted.append(
                    "(" + " OR ".join(f"{name} : {_quote(form)}" for name, form in forms.items()) + ")"
                )
        return " AND ".join(wanted)

    def matches(self, text: str) -> bool:
        """Tell whether ``text`` holds all that was typed."""
        return all(pattern.search(text) for pattern in self._patterns)

    def ranges(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where in ``text`` something of what was typed stands, in order and apart from each other."""
        merged: list[tuple[int, int]] = []
        for start, end in sorted(match.span() for one in self._patterns for match in one.finditer(text)):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return tuple(merged)

    def excerpt(self, text: str) -> Excerpt:
        """Return the stretch of ``text`` around the first match; empty if nothing stands there."""
        found = self.ranges(text)
        if not found:
            return NO_EXCERPT
        start = max(0, found[0][0] - _AROUND)
        if start:
            blank = text.find(" ", start, found[0][0])
            start = blank + 1 if blank >= 0 else start
        end = min(len(text), start + _LONGEST)
        if end < len(text):
            blank = text.rfind(" ", max(start, found[0][1]), end)
            end = blank if blank >= 0 else end
        cut = text[start:end].replace("\n", " ")
        before, after = "… " if start else "", " …" if end < len(text) else ""
        shift = len(before) - start
        inside = [(first, min(last, end)) for first, last in found if first < end]
        return Excerpt(
            f"{before}{cut}{after}", tuple((first + shift, last + shift) for first, last in inside)
        )


def _lower(text: str) -> str:
    return composed(text).lower()


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _pattern(piece: str) -> re.Pattern[str]:
    return re.compile("".join(map(_found_as, _LETTERS.findall(piece.lower()))), re.IGNORECASE)


def _found_as(letters: str) -> str:
    """Return the pattern for one letter, or a pair that may stand for one."""
    if letters in ("ss", "ß"):
        return "(?:ss|ß)"
    if len(letters) == 2:
        return f"(?:{letters}|{_UMLAUT_OF[letters[0]]})"
    if letters in _UMLAUT_OF:
        return f"[{letters}{_UMLAUT_OF[letters]}]"
    if letters in _BASE_OF:
        return f"(?:{letters}|{_BASE_OF[letters]}e?)"
    return r"\s+" if letters.isspace() else re.escape(letters)
