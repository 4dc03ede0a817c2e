"""Splits German compounds with the vocabulary of the index itself.

After Koehn and Knight, "Empirical Methods for Compound Splitting" (EACL 2003): a split is good when its parts
are words that the collections use. For search the whole word is always kept beside the parts, so we split
whenever all parts are known and rank the splits by the geometric mean of the parts' frequencies.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from guidelines_db.analysis import stem

MIN_WORD = 7
MIN_PART = 3
MAX_PARTS = 4
LINKING = {  # Fugenelemente by their last letter; the longest is not better
    "s": ("", "s", "es", "ns", "ens"),
    "n": ("", "n", "en"),
    "r": ("", "er"),
    "e": ("", "e"),
}
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

_Part = tuple[int, str]  # how often its stem is used, and its form
_Split = tuple[float, tuple[str, ...]]  # geometric mean of the parts' frequencies, and their forms


class CompoundSplitter:
    """Splits words with a table of stem frequencies; remembers what it has split."""

    def __init__(self, stem_counts: Mapping[str, int], protected: Iterable[str] = ()) -> None:
        """``stem_counts`` maps stems to how often the collections use them; ``protected`` are names.

        The table may grow while the splitter is used; what was split before stays as it was.
        """
        self._counts = stem_counts
        self._protected = frozenset(name.lower() for name in protected)
        self._left_part = lru_cache(maxsize=100_000)(self._find_left_part)
        self.stems = lru_cache(maxsize=50_000)(self._stems)

    def split(self, word: str) -> tuple[str, ...]:
        """Return the parts of ``word`` (lower case), linking elements kept, () if it is no compound."""
        if len(word) < MIN_WORD or word in self._protected or not word.isalpha():
            return ()
        best = _Splits(word, self._left_part, self._last_frequency).best(0, MAX_PARTS)
        return best[1] if best and len(best[1]) > 1 else ()

    def protects(self, word: str) -> bool:
        """Tell whether ``word`` (lower case) is a name that is not split."""
        return word in self._protected

    def _stems(self, word: str) -> tuple[str, ...]:
        """Return the stems of the parts of ``word``, () if it is no compound."""
        return tuple(dict.fromkeys(stem(part) for part in self.split(word.lower())))

    def _find_left_part(self, piece: str) -> _Part | None:
        """Return frequency and form of ``piece`` as a non-final part, without its linking element."""
        best: _Part | None = None
        for link in LINKING.get(piece[-1], ("",)):
            if not piece.endswith(link):
                continue
            part = piece[: len(piece) - len(link)]
            count = self._frequency(part)
            if not count and not link and len(part) >= 4:
                count = self._frequency(part + "e")  # Schul|amt, Erklär|ung is barred by NO_PARTS
            if count and (best is None or count > best[0]):
                best = (count, part)
        return best

    def _last_frequency(self, part: str) -> int:
        count = self._frequency(part)
        # a rare short ending is more often a chance hit than a word
        return 0 if len(part) == 4 and count < 2 else count

    def _frequency(self, part: str) -> int:
        if len(part) < MIN_PART or part in NO_PARTS:
            return 0
        if len(part) == MIN_PART and part not in SHORT_PARTS:
            return 0
        return self._counts.get(stem(part), 0)


class _Splits:
    """All splits of one word. What stands at a place is looked up once, however many splits share it."""

    def __init__(
        self,
        word: str,
        left_part: Callable[[str], _Part | None],
        last_frequency: Callable[[str], int],
    ) -> None:
        self._word = word
        self._left_part = left_part
        self._last_frequency = last_frequency
        self._best: dict[tuple[int, int], _Split | None] = {}
        self._lefts: dict[int, list[tuple[int, _Part]]] = {}

    def best(self, start: int, parts_left: int) -> _Split | None:
        """Return the best split of the word from ``start`` on into at most ``parts_left`` parts."""
        key = start, parts_left
        if key not in self._best:
            self._best[key] = self._find_best(start, parts_left)
        return self._best[key]

    def _find_best(self, start: int, parts_left: int) -> _Split | None:
        best: _Split | None = None
        rest = self._word[start:]
        if start and (whole := self._last_frequency(rest)):
            best = (float(whole), (rest,))
        if parts_left == 1:
            return best
        for cut, (count, part) in self._parts_at(start):
            right = self.best(cut, parts_left - 1)
            if right is None:
                continue
            size = len(right[1])
            mean = (count * right[0] ** size) ** (1 / (size + 1))
            # a split into fewer parts is more often the meant one
            if best is None or mean / 1.5 > best[0] or len(best[1]) > size + 1:
                best = (mean, (part, *right[1]))
        return best

    def _parts_at(self, start: int) -> list[tuple[int, _Part]]:
        """Return end and part of every part that may begin at ``start`` and is not the last."""
        if start not in self._lefts:
            ends = range(start + MIN_PART, len(self._word) - MIN_PART + 1)
            found = ((end, self._left_part(self._word[start:end])) for end in ends)
            self._lefts[start] = [(end, part) for end, part in found if part is not None]
        return self._lefts[start]
