"""The best passages for a German question, over shipped and own documents in one ranking."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

import numpy as np

from guidelines_db.compounds import CompoundSplitter
from guidelines_db.filters import NO_FILTERS, SearchFilters
from guidelines_db.german_words import GermanWords
from guidelines_db.glossary import Glossary
from guidelines_db.index_reader import IndexReader
from guidelines_db.places import Gazetteer
from guidelines_db.query import Query, QueryTools, read_question
from guidelines_db.ranking import TextQuery, TextScore, slot_weights, text_score
from guidelines_db.results import Hit, SearchOutcome, StoredPassage
from guidelines_db.sentence_choice import SentenceChooser
from guidelines_db.spelling import SpellingCorrector
from guidelines_db.vectors import Encoder, EncoderUnavailable, Vector

EMBED_BEST = 8  # text candidates that get vectors when first needed
ASKED_MOST = 4.0  # deviations; a typical question in the very words of the user says no more than a near one
NEARLY_SAME = 0.85  # share of common words from which two passages count as one


@dataclass(frozen=True)
class Weights:
    """How the signals are joined. Measured; see docs/retrieval.md."""

    text: float = 1.0
    whole: float = 0.04  # per standard deviation of the question's similarities to all passages
    sentence: float = 0.16
    asked: float = 0.3  # the nearest typical question of the section, up to ASKED_MOST
    place: float = 0.3  # the document is of a place that the question names
    other_place: float = -0.10  # it is of another place
    vector_candidates: int = 60
    same_document: float = 0.02  # off for each better passage of the same document


@dataclass
class _Candidate:
    reader: IndexReader
    passage: int
    text: TextScore
    whole: float = 0.0
    sentence: float = 0.0
    asked: float = 0.0
    sentence_rows: Vector | None = None
    place: float = 0.0
    score: float = 0.0
    ranks: dict[str, int] = field(default_factory=dict)


class Searcher:
    """Searches several indexes together. Not thread-safe: use it from one thread."""

    def __init__(
        self,
        readers: Sequence[IndexReader],
        glossary: Glossary,
        gazetteer: Gazetteer,
        encoder: Encoder | None = None,
        weights: Weights | None = None,
        embed_missing: Callable[[list[int]], bool] | None = None,
    ) -> None:
        """Search ``readers`` together.

        ``encoder`` must be the one whose vectors the indexes hold; an index with other vectors is searched by text.
        ``embed_missing`` gives passages of the own index their vectors; it returns whether it added any.
        """
        self._readers = list(readers)
        self._glossary = glossary
        self._gazetteer = gazetteer
        self._encoder = encoder
        self._weights = weights or Weights()
        self._embed_missing = embed_missing

    def search(
        self,
        question: str,
        collections: Sequence[str] | None = None,
        limit: int = 10,
        filters: SearchFilters = NO_FILTERS,
    ) -> SearchOutcome:
        """Return the ``limit`` best passages for ``question`` in ``collections`` (None: all).

        Documents that do not pass ``filters`` are left out before anything is ranked.

        Raises:
            IndexDamaged: if an index turns out to be unreadable.
        """
        start = time.perf_counter()
        query = read_question(question, self.tools)
        counts = {term: self._count(term) for slot in query.slots for term in slot.all_terms()}
        total = sum(reader.total for reader in self._readers)
        wanted = TextQuery(query.slots, slot_weights(query.slots, counts, total))
        chosen_ones = tuple(collections) if collections is not None else None
        inside = [reader.inside(chosen_ones, filters) for reader in self._readers]
        pool = self._text_candidates(wanted, inside)
        if query.slots:  # something is always nearest, also to a question of stop words alone
            self._add_vectors(query.text, wanted, inside, pool)
        ranked = self._rank(query, pool)
        chosen = self._spread(ranked, limit)
        hits = tuple(self._hit(rank, candidate, wanted) for rank, candidate in enumerate(chosen, 1))
        return SearchOutcome(
            hits=hits,
            coverage=max((hit.coverage for hit in hits), default=0.0),
            missing_places=self._missing_places(query),
            corrected=query.corrected,
            elapsed_ms=(time.perf_counter() - start) * 1000,
        )

    @cached_property
    def tools(self) -> QueryTools:
        """What the indexes know that the reading of a question needs."""
        stems: Counter[str] = Counter()
        for reader in self._readers:
            stems.update(reader.stem_counts())
        corrector = SpellingCorrector(self._word_counts, self._gazetteer.town_words, GermanWords())
        return QueryTools(
            splitter=CompoundSplitter(stems, self._gazetteer.town_words),
            glossary=self._glossary,
            gazetteer=self._gazetteer,
            passage_count=self._count,
            correct=corrector.correct,
        )

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset().union(*(reader.places() for reader in self._readers))

    @cached_property
    def _chooser(self) -> SentenceChooser:
        return SentenceChooser(self.tools.splitter)

    def _word_counts(self) -> Counter[str]:
        words: Counter[str] = Counter()
        for reader in self._readers:
            words.update(reader.word_counts())
        return words

    def _count(self, term: str) -> int:
        return sum(reader.passage_count(term) for reader in self._readers)

    def _text_candidates(
        self, wanted: TextQuery, inside: Sequence[frozenset[int] | None]
    ) -> dict[tuple[int, int], _Candidate]:
        pool = {}
        for number, reader in enumerate(self._readers):
            for passage, held in reader.terms(reader.candidates(wanted.terms, inside[number])).items():
                pool[number, passage] = _Candidate(reader, passage, text_score(held, wanted))
        for rank, candidate in enumerate(sorted(pool.values(), key=lambda c: -c.text.score), 1):
            candidate.ranks["text"] = rank
        return pool

    def _add_vectors(
        self,
        text: str,
        wanted: TextQuery,
        inside: Sequence[frozenset[int] | None],
        pool: dict[tuple[int, int], _Candidate],
    ) -> None:
        if self._encoder is None or not text:
            return
        self._embed_best(pool)
        usable = [
            (number, reader)
            for number, reader in enumerate(self._readers)
            if reader.encoder_id == self._encoder.model_id and len(reader.vectors)
        ]
        if not usable:
            return
        try:
            vector = self._encoder.encode_query(text)
        except EncoderUnavailable:
            return
        found = [reader.vectors.similarities(vector) for _, reader in usable]
        wholes = _standardised([whole for whole, _, _ in found])
        bests = _standardised([best for _, best, _ in found])
        askeds = _standardised([reader.vectors.asked(vector) for _, reader in usable])
        for (number, reader), whole, best, known, (_, _, rows) in zip(
            usable, wholes, bests, askeds, found, strict=True
        ):
            table = reader.vectors
            asked = np.where(
                np.isnan(known), best, known
            )  # a document of one's own is no worse for having none
            order = np.argsort(-(whole + best + asked))
            self._add_similar(number, reader, table.passages[order].tolist(), wanted, inside[number], pool)
            for rank, row in enumerate(order, 1):
                passage = int(table.passages[row])
                candidate = pool.get((number, passage))
                if candidate is not None:
                    candidate.ranks["vectors"] = rank
                    candidate.whole = float(whole[row])
                    candidate.sentence = float(best[row])
                    candidate.asked = min(float(asked[row]), ASKED_MOST)
                    candidate.sentence_rows = table.sentence_rows(passage, rows)

    def _add_similar(
        self,
        number: int,
        reader: IndexReader,
        nearest: Sequence[int],
        wanted: TextQuery,
        inside: frozenset[int] | None,
        pool: dict[tuple[int, int], _Candidate],
    ) -> None:
        """Make candidates of the nearest passages of ``reader`` that are none yet."""
        allowed = (passage for passage in nearest if inside is None or reader.document_of[passage] in inside)
        best = islice(allowed, self._weights.vector_candidates)
        new = [passage for passage in best if (number, passage) not in pool]
        for passage, held in reader.terms(new).items():
            pool[number, passage] = _Candidate(reader, passage, text_score(held, wanted))

    def _embed_best(self, pool: dict[tuple[int, int], _Candidate]) -> None:
        """Where an own index has no vectors for its best text candidates, let them be made and kept."""
        if self._embed_missing is None:
            return
        best = sorted(pool.values(), key=lambda c: -c.text.score)[:EMBED_BEST]
        for reader in self._readers:
            missing = [c.passage for c in best if c.reader is reader and c.passage not in reader.vectors]
            if reader.own and missing and self._embed_missing(missing):
                reader.forget_vectors()

    def _rank(self, query: Query, pool: dict[tuple[int, int], _Candidate]) -> list[_Candidate]:
        wanted = {place.name for place in query.places} & self._places
        weights = self._weights
        for candidate in pool.values():
            if wanted:
                stored = candidate.reader.passage(candidate.passage)
                if stored.places & wanted:
                    candidate.place = weights.place
                elif stored.places:
                    candidate.place = weights.other_place
            candidate.score = (
                weights.text * candidate.text.score
                + weights.whole * candidate.whole
                + weights.sentence * candidate.sentence
                + weights.asked * candidate.asked
                + candidate.place
            )
        return sorted(pool.values(), key=lambda c: (-c.score, c.reader.own, c.passage))

    def _spread(self, ranked: list[_Candidate], limit: int) -> list[_Candidate]:
        """Drop near-duplicates and let other documents pass a document's further passages when close."""
        window = ranked[: limit + 12]
        per_document: Counter[tuple[int, int]] = Counter()
        adjusted = []
        kept: list[StoredPassage] = []
        for candidate in window:
            stored = candidate.reader.passage(candidate.passage)
            if any(_nearly_same(stored.words, other.words) for other in kept):
                continue
            kept.append(stored)
            key = (id(candidate.reader), stored.document_row)
            adjusted.append((candidate.score - self._weights.same_document * per_document[key], candidate))
            per_document[key] += 1
        adjusted.sort(key=lambda pair: -pair[0])
        return [candidate for _, candidate in adjusted[:limit]]

    def _hit(self, rank: int, candidate: _Candidate, wanted: TextQuery) -> Hit:
        stored = candidate.reader.passage(candidate.passage)
        scores = self._chooser.scores(stored, wanted.slots, wanted.weights, candidate.sentence_rows)
        start, end = stored.sentences[int(np.argmax(scores))] if stored.sentences else (0, len(stored.text))
        return Hit(
            rank=rank,
            document=stored.document,
            section=stored.section,
            passage_id=stored.id,
            text=stored.text,
            sentence=stored.text[start:end],
            sentence_start=start,
            sentence_end=end,
            score=round(candidate.score, 4),
            sentences=stored.sentences,
            sentence_scores=tuple(round(float(score), 4) for score in scores),
            coverage=round(candidate.text.coverage, 4),
            explanation={
                "terms": list(candidate.text.hits),
                "missing": wanted.missing(candidate.text.hits),
                "text": round(candidate.text.score, 4),
                "text_rank": candidate.ranks.get("text"),
                "whole": round(candidate.whole, 3),
                "sentence": round(candidate.sentence, 3),
                "asked": round(candidate.asked, 3),
                "vector_rank": candidate.ranks.get("vectors"),
                "place": candidate.place,
            },
        )

    def _missing_places(self, query: Query) -> tuple[str, ...]:
        missing = sorted(
            place.name for place in query.places if place.name not in self._places and not place.land
        )
        if query.unknown_town:
            missing.append(query.unknown_town)
        return tuple(missing)


def _standardised(parts: Sequence[Vector]) -> list[Vector]:
    """Return ``parts`` in standard deviations from their common mean; what is not a number stays so."""
    together = np.concatenate(parts)
    known = together[~np.isnan(together)]
    if not len(known):
        return list(parts)
    middle, spread = float(known.mean()), float(known.std()) or 1.0
    return [(part - middle) / spread for part in parts]


def _nearly_same(words: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two passages differ in no more than a date or a name."""
    if min(len(words), len(other)) < NEARLY_SAME * max(len(words), len(other)):
        return False
    return len(words & other) >= NEARLY_SAME * len(words | other)
