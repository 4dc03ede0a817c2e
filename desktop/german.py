"""The order of German words: as in a dictionary (DIN 5007-1), numbers by their value. Knows no Qt."""

import re
import unicodedata

_PIECES = re.compile(r"\d+|[^\W\d]+")
# Letters that Unicode does not take apart into a base letter and a mark.
_UNDIVIDED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})

SortKey = tuple[tuple[tuple[int, int, str], ...], str]


def sort_key(text: str) -> SortKey:
    """Return what ``text`` is sorted by.

    Umlauts and accented letters stand with their base letter, ß with ss, "Anlage 9" before "Anlage 10"; case,
    signs and blanks count only between texts that are otherwise the same.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_UNDIVIDED))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    # A number stands before a word, as digits do before letters.
    pieces = tuple(
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in _PIECES.findall(plain)
    )
    return pieces, text
