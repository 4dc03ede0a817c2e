"""Splits German compounds with the vocabulary of the index itself.

After Koehn and Knight, "Empirical Methods for Compound Splitting" (EACL 2003): a split is good when its parts
are words that the collections use. For search the whole word is always kept beside the parts, so we split
whenever all parts are known and rank the splits by the geometric mean of the parts' frequencies.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from guidelines_db.analysis import stem

MIN_WORD = 7
MIN_PART = 3
MAX_PARTS = 4
LINKING = ("", "s", "es", "n", "en", "er", "e", "ns", "ens")  # Fugenelemente, longest match is not better
SHORT_PARTS = frozenset(
    """amt akt art aus bad bau bus eid eil ehe eis gas hof hut kfz kita lob lohn los müll not ort rad rat
    see tag tat tor tür uhr weg wut zug öl ohr arm arzt bild brot buch dach dorf""".split()
)
NO_PARTS = frozenset(
    """ung heit keit lich isch schaft chen lein sam bar haft los ver ent zer ins eins dies eine einer einen sein
    sich auch oder aber nach über unter vor aus ein den der die das dem des und mit von bei zum zur eren ten ern
    ende tion ierung lung rung nung tung sten ster stes teil gang halt stand inne innen ige igen iger werk kräfte
    erst ist ihre ihr mir wir tum""".split()
) - {"teil", "gang", "halt", "stand", "werk", "kräfte", "ende"}


class CompoundSplitter:
    """Splits words with a table of stem frequencies; remembers what it has split."""

    def __init__(self, stem_counts: Mapping[str, int], protected: Iterable[str] = ()) -> None:
        """``stem_counts`` maps stems to how often the collections use them; ``protected`` are names."""
        self._counts = stem_counts
        self._protected = frozenset(name.lower() for name in protected)
        self.split = lru_cache(maxsize=200_000)(self._split)

    def stems(self, word: str) -> tuple[str, ...]:
        """Return the stems of the parts of ``word``, () if it is no compound."""
        return tuple(dict.fromkeys(stem(part) for part in self.split(word.lower())))

    def _split(self, word: str) -> tuple[str, ...]:
        if len(word) < MIN_WORD or word in self._protected or not word.isalpha():
            return ()
        best = self._best(word, MAX_PARTS, first=True)
        return best[1] if best and len(best[1]) > 1 else ()

    def _frequency(self, part: str, *, last: bool) -> int:
        if len(part) < MIN_PART or part in NO_PARTS:
            return 0
        if len(part) == MIN_PART and part not in SHORT_PARTS:
            return 0
        count = self._counts.get(stem(part), 0)
        # a rare short ending is more often a chance hit than a word
        return 0 if last and len(part) == 4 and count < 2 else count

    def _best(
        self, rest: str, parts_left: int, *, first: bool = False
    ) -> tuple[float, tuple[str, ...]] | None:
        """Return the best split of ``rest`` as (log score per part is implied by the mean, parts)."""
        best: tuple[float, tuple[str, ...]] | None = None
        if not first and (whole := self._frequency(rest, last=True)):
            best = (float(whole), (rest,))
        if parts_left == 1:
            return best
        for cut in range(MIN_PART, len(rest) - MIN_PART + 1):
            left = self._left_part(rest[:cut])
            if left is None:
                continue
            right = self._best(rest[cut:], parts_left - 1)
            if right is None:
                continue
            count, part = left
            size = len(right[1])
            mean = (count * right[0] ** size) ** (1 / (size + 1))
            # a split into fewer parts is more often the meant one
            if best is None or mean / 1.5 > best[0] or len(best[1]) > size + 1:
                best = (mean, (part, *right[1]))
        return best

    def _left_part(self, piece: str) -> tuple[int, str] | None:
        """Return frequency and form of ``piece`` as a non-final part, without its linking element."""
        best: tuple[int, str] | None = None
        for link in LINKING:
            if link and not piece.endswith(link):
                continue
            part = piece[: len(piece) - len(link)] if link else piece
            count = self._frequency(part, last=False)
            if not count and not link and len(part) >= 4:
                count = self._frequency(part + "e", last=False)  # Schul|amt, Erklär|ung is barred by NO_PARTS
            if count and (best is None or count > best[0]):
                best = (count, part)
        return best
