"""Synthetic German documents for measuring scale: seeded, of any number, with words as unevenly spread as in life.

Words follow the law of Zipf and Mandelbrot over compounds of town-hall roots, so that a few are in every third
passage and most in a handful; the vocabulary keeps growing with the text, as that of German does.
"""

from collections.abc import Iterator
from functools import cached_property, lru_cache

import numpy as np

from guidelines_db.documents import Document, Section

SEED = 20261122
SECTIONS = 10  # a document; each is one passage
WORDS = (40, 120)  # a section
VOCABULARY = 600_000
EXPONENT = 1.2  # with SHIFT: as many different words in as much text as in the shipped collections
SHIFT = 5.0  # Mandelbrot's: flattens the first ranks
SENTENCE = 14  # words, about

ROOTS = """
abfall abgabe akte amt anhörung anlage anstalt antrag anwohner arbeit archiv aufsicht auftrag ausschuss ausweis
bau baum bebauung beamter bedarf behörde beirat beitrag bericht bescheid beschluss besuch betrieb bezirk bibliothek
boden brücke brunnen bürger bus daten denkmal dienst digital dorf eigentum einkommen einwohner eltern energie
entgelt erlaubnis ersatz fahrzeug familie feier feuerwehr finanz fläche flüchtling förderung forst frist friedhof
garten gast gebäude gebühr gefahr gehweg geld gemeinde genehmigung gericht gesetz gesundheit gewässer gewerbe grenze
grundstück gutachten hafen halle handel haus haushalt hilfe hund hygiene immobilie information integration jagd
jugend kanal kasse kind klage klima kosten kreis kultur kunde land lärm leistung leitung lehrer liste lizenz luft
markt maßnahme meldung miete mitglied müll museum nachbar nachweis natur netz not nutzung ordnung ort parkplatz
personal pflege plan platz polizei post projekt protokoll prüfung quartier rat raum rechnung recht register reinigung
rente rettung sache satzung schaden schnee schule schutz senior sicherheit sitzung sozial spiel sport stadt statistik
stelle steuer straße strom system tag technik termin tier tourismus träger umwelt unterhalt urkunde verband verein
verfahren verkehr vermögen vertrag verwaltung wahl wald wappen wasser weg werk wirtschaft woche wohnung zahlung zaun
zeit zentrum zeugnis zone zulage zuschuss zweck
""".split()
FUNCTION_WORDS = (
    "der die das und in den von zu mit für auf ist im nicht ein eine als auch es an werden aus er hat dass sie "
    "nach wird bei einer um am sind noch wie einem über so zum kann wenn oder durch sich gegen nur vor zur bis"
).split()


class SyntheticText:
    """A vocabulary by rank and documents drawn from it; the same seed gives the same documents."""

    def __init__(self, seed: int = SEED) -> None:
        """Draw nothing yet."""
        self._seed = seed
        self.word = lru_cache(maxsize=50_000)(self._word)

    def documents(self, passages: int) -> Iterator[Document]:
        """Yield documents with ``passages`` passages in all."""
        for number in range(-(-passages // SECTIONS)):
            yield self._document(number, min(SECTIONS, passages - number * SECTIONS))

    def questions(self, passages: int, count: int, words: int = 5) -> list[str]:
        """Return ``count`` questions of ``words`` different words, each set of words out of one passage."""
        chosen = np.random.default_rng([self._seed, 1]).choice(-(-passages // SECTIONS), count)
        questions = []
        for turn, number in enumerate(chosen):
            generator = np.random.default_rng([self._seed, 2, int(number)])
            ranks = list(dict.fromkeys(self._ranks(generator, WORDS[0] // 2).tolist()))
            picks = np.random.default_rng([self._seed, 3, turn]).permutation(len(ranks))[:words]
            questions.append(" ".join(self.word(ranks[pick]) for pick in picks))
        return questions

    @cached_property
    def _cumulative(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        weights = 1 / (np.arange(VOCABULARY) + SHIFT) ** EXPONENT
        return np.cumsum(weights / weights.sum())

    def _ranks(
        self, generator: np.random.Generator, count: int
    ) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        ranks = np.searchsorted(self._cumulative, generator.random(count))
        return np.minimum(ranks, VOCABULARY - 1)

    def _document(self, number: int, sections: int) -> Document:
        generator = np.random.default_rng([self._seed, 2, number])
        texts = [self._section(generator) for _ in range(sections)]
        title = " ".join(self.word(int(rank)) for rank in self._ranks(generator, 3))
        headings = [self.word(int(rank)) for rank in self._ranks(generator, sections)]
        return Document(
            id=f"dokument-{number}",
            title=title,
            sections=tuple(Section(heading, text) for heading, text in zip(headings, texts, strict=True)),
            path=f"/synthetisch/dokument-{number}.md",
        )

    def _section(self, generator: np.random.Generator) -> str:
        """Two words in five are function words, as in German prose."""
        size = int(generator.integers(*WORDS))
        content = size * 3 // 5
        words = [self.word(int(rank)) for rank in self._ranks(generator, content)]
        small = [
            FUNCTION_WORDS[index] for index in generator.integers(0, len(FUNCTION_WORDS), size - content)
        ]
        mixed = [
            word
            for pair in zip(words, [*small, *[""] * (content - len(small))], strict=True)
            for word in pair
        ]
        flat = [word for word in mixed if word]
        return " ".join(
            f"Hier gilt: {' '.join(flat[start : start + SENTENCE])}."
            for start in range(0, len(flat), SENTENCE)
        )

    def _word(self, rank: int) -> str:
        """Return the ``rank``-th most frequent word (0 first): roots, then compounds of two, three and four."""
        parts = 1
        base = len(ROOTS)
        while rank >= base**parts:
            rank -= base**parts
            parts += 1
        # a step prime to the number of compounds mixes them, or all rare words would begin alike
        rank = rank * 7_368_787 % base**parts
        picked = []
        for _ in range(parts):
            rank, root = divmod(rank, base)
            picked.append(ROOTS[root])
        return "s".join(picked).capitalize() if parts > 1 else picked[0].capitalize()


if __name__ == "__main__":
    raise SystemExit(
        "bench.synthetic serves other parts and measures nothing itself; see python -m bench --help"
    )
