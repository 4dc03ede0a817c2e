"""Reads one index file: candidates, terms, passages, vectors. Read-only."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from guidelines_db.errors import IndexDamaged
from guidelines_db.filters import SearchFilters
from guidelines_db.ranking import PassageTerms
from guidelines_db.results import CollectionInfo, DocumentFacts, DocumentInfo, StoredPassage
from guidelines_db.schema import FTS, FTS_COLUMNS, open_index, read_meta
from guidelines_db.vectors import VectorTable, encoder_of

COUNTRIES = {"AT": "Österreich", "CH": "Schweiz", "DE": "Deutschland"}
COMMON = 3_000  # a term in more passages than this finds no candidates of its own
CANDIDATES = 60
MAX_BOUND = 500  # values in one statement
_BM25 = f"bm25({FTS}, 3.0, 3.0, 1.5, 1.0, 0.4)"
_JOINED = "passages p JOIN sections s ON s.id = p.section_id JOIN documents d ON d.id = s.document_id"  # of a passage
# Views of the connection's own that stand before the tables of the same names: what is left out there is nowhere.
_ONLY_SHOWN = """
CREATE TEMP TABLE shown (name TEXT PRIMARY KEY);
CREATE TEMP VIEW collections AS SELECT * FROM main.collections WHERE name IN (SELECT name FROM shown);
CREATE TEMP VIEW documents AS SELECT * FROM main.documents WHERE collection IN (SELECT name FROM shown);
CREATE TEMP VIEW sections AS SELECT * FROM main.sections WHERE document_id IN (SELECT id FROM temp.documents);
CREATE TEMP VIEW passages AS SELECT * FROM main.passages WHERE section_id IN (SELECT id FROM temp.sections);
CREATE TEMP VIEW vectors AS SELECT * FROM main.vectors WHERE passage_id IN (SELECT id FROM temp.passages);
"""


class IndexReader:
    """One open index file. ``own`` tells the user's own documents from shipped ones."""

    def __init__(self, file: Path, *, own: bool, only: Sequence[str] | None = None) -> None:
        """Open ``file``; raises as ``schema.open_index`` does. Collections not among ``only`` are not there."""
        self.file = file
        self.own = own
        self._restricted = only is not None
        self._shown = " AND rowid IN (SELECT id FROM passages)" if self._restricted else ""
        self._db = open_index(file)
        if only is not None:
            self._db.conn.executescript(_ONLY_SHOWN)
            self._db.conn.executemany("INSERT OR IGNORE INTO shown VALUES (?)", [(name,) for name in only])
            self._db.conn.commit()
        self.passage_count = lru_cache(maxsize=50_000)(self._passage_count)
        self.passage = lru_cache(maxsize=5_000)(self._passage)
        self.document = lru_cache(maxsize=20_000)(self._read_document)
        # Row ids of the documents of some collections that pass some filters, None for all.
        self.inside = lru_cache(maxsize=16)(self._inside)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @cached_property
    def meta(self) -> dict[str, str]:
        """Schema version, hashes and dates."""
        return read_meta(self._db)

    @cached_property
    def total(self) -> int:
        """Number of passages."""
        return int(self._query("SELECT COUNT(*) FROM passages")[0][0])

    @cached_property
    def encoder_id(self) -> str:
        """The encoder of the stored vectors, "" if there are none."""
        return encoder_of(self._db)

    @cached_property
    def vectors(self) -> VectorTable:
        """All stored vectors."""
        return VectorTable(self._db)

    @cached_property
    def document_of(self) -> dict[int, int]:
        """Passage id -> row id of its document, for the passages that have vectors."""
        rows = self._query(f"SELECT p.id, d.id FROM {_JOINED} JOIN vectors v ON v.passage_id = p.id")
        return dict(rows)

    def forget_vectors(self) -> None:
        """Read the vectors anew when next needed, as some were added."""
        for name in ("vectors", "document_of", "encoder_id"):
            self.__dict__.pop(name, None)

    def stem_counts(self) -> dict[str, int]:
        """Return how often each stem occurs."""
        return dict(self._query("SELECT stem, SUM(count) FROM words GROUP BY stem"))

    def word_counts(self) -> dict[str, int]:
        """Return how often each word occurs."""
        return dict(self._query("SELECT word, count FROM words WHERE length(word) > 3"))

    def collections(self) -> list[CollectionInfo]:
        """Return the collections with their sizes, in their order."""
        rows = self._query(
            "SELECT c.name, c.title, c.description, c.examples, c.topics, COUNT(DISTINCT d.id), "
            "MAX(CASE WHEN d.retrieved <> '' THEN d.retrieved ELSE d.published END) "
            "FROM collections c LEFT JOIN documents d ON d.collection = c.name GROUP BY c.name ORDER BY c.position"
        )
        counts = dict(
            self._query(f"SELECT d.collection, COUNT(*) FROM {_JOINED} GROUP BY d.collection"),
        )
        return [
            CollectionInfo(
                name=name,
                title=title,
                description=description,
                documents=documents,
                passages=counts.get(name, 0),
                updated=updated or "",
                examples=tuple(json.loads(examples)),
                topics=json.loads(topics),
                own=self.own,
            )
            for name, title, description, examples, topics, documents, updated in rows
        ]

    def documents(self) -> list[tuple[int, DocumentInfo]]:
        """Return all documents with their row ids."""
        return [
            (row[0], self.document(row[0])) for row in self._query("SELECT id FROM documents ORDER BY id")
        ]

    def places(self) -> frozenset[str]:
        """Return the names of all places that have documents."""
        return frozenset(
            name
            for (places,) in self._query("SELECT DISTINCT places FROM documents")
            for name in json.loads(places)
        )

    def document_places(self) -> dict[int, frozenset[str]]:
        """Return the names of the places that each document is of, its country among them, by its row id."""
        rows = self._query("SELECT id, places, country FROM documents")
        return {
            row: frozenset(json.loads(places)) | {COUNTRIES.get(country, country)} - {""}
            for row, places, country in rows
        }

    def first_passages(self) -> dict[int, int]:
        """Return the first passage of each document, by its row id."""
        return dict(self._query(f"SELECT d.id, MIN(p.id) FROM {_JOINED} GROUP BY d.id"))

    @cached_property
    def document_facts(self) -> dict[int, DocumentFacts]:
        """Row id -> facts of every document, by title."""
        rows = self._query(
            "SELECT d.id, d.collection, c.title, d.published, d.places, d.region FROM documents d "
            "JOIN collections c ON c.name = d.collection ORDER BY c.position, d.title"
        )
        return {
            row: DocumentFacts(collection, title, published, tuple(json.loads(places)), region)
            for row, collection, title, published, places, region in rows
        }

    def document_topics(self) -> dict[int, tuple[str, ...]]:
        """Return the topics of each document in its order, each once, by its row id."""
        found: dict[int, dict[str, None]] = {}
        for row, topics in self._query(
            "SELECT document_id, topics FROM sections ORDER BY document_id, position"
        ):
            found.setdefault(row, {}).update(dict.fromkeys(json.loads(topics)))
        return {row: tuple(topics) for row, topics in found.items()}

    def _inside(self, collections: tuple[str, ...] | None, filters: SearchFilters) -> frozenset[int] | None:
        if collections is None and not filters and not self._restricted:
            return None
        return frozenset(
            row
            for row, facts in self.document_facts.items()
            if (collections is None or facts.collection in collections)
            and filters.passes((*facts.places, facts.region), facts.published)
        )

    def stems_beginning(self, beginning: str, limit: int) -> list[str]:
        """Return the stems of the most frequent words that begin so (lower case)."""
        rows = self._query(
            "SELECT stem FROM words WHERE word >= ? AND word < ? ORDER BY count DESC LIMIT ?",
            (beginning, f"{beginning}\U0010ffff", limit),
        )
        return [row[0] for row in rows]

    def matches(
        self, must: str, absent: str, documents: Sequence[int] | None, limit: int, *, ranked: bool = True
    ) -> list[tuple[int, int, float]]:
        """Return passage, document row and bm25 (lower is better) of the best matches, best first.

        ``must`` and ``absent`` are full-text expressions of quoted terms, "" for everything and nothing.
        Without ``ranked`` the first matches are returned, which costs the same however many there are.
        """
        inside = "AND s.document_id IN (SELECT value FROM json_each(?))" if documents is not None else ""
        chosen = (json.dumps(documents),) if documents is not None else ()
        joined = f"{FTS} JOIN passages p ON p.id = {FTS}.rowid JOIN sections s ON s.id = p.section_id"
        if must:
            expression = f"({must}) NOT ({absent})" if absent else must
            score, order = (_BM25, "ORDER BY score") if ranked else ("0.0", "")
            return self._query(
                f"SELECT p.id, s.document_id, {score} AS score FROM {joined} "
                f"WHERE {FTS} MATCH ? {inside} {order} LIMIT ?",
                (expression, *chosen, limit),
            )
        excluded = f"AND p.id NOT IN (SELECT rowid FROM {FTS} WHERE {FTS} MATCH ?)" if absent else ""
        return self._query(
            "SELECT p.id, s.document_id, 0.0 FROM passages p JOIN sections s ON s.id = p.section_id "
            f"WHERE 1 {inside} {excluded} ORDER BY p.id LIMIT ?",
            (*chosen, *((absent,) if absent else ()), limit),
        )

    def sections(self, collection: str, document: str) -> list[tuple[str, tuple[str, ...], str]]:
        """Return heading, topics and whole text of a document's sections, in order; [] if there is none."""
        rows = self._query(
            "SELECT s.id, s.heading, s.topics, p.text FROM documents d JOIN sections s ON s.document_id = d.id "
            "JOIN passages p ON p.section_id = s.id WHERE d.collection = ? AND d.document = ? "
            "ORDER BY s.position, p.position",
            (collection, document),
        )
        merged: dict[int, tuple[str, tuple[str, ...], str]] = {}
        for section, heading, topics, text in rows:
            before = merged.get(section)
            merged[section] = (
                heading,
                tuple(json.loads(topics)),
                f"{before[2]}\n\n{text}" if before else text,
            )
        return list(merged.values())

    def candidates(self, terms: Iterable[str], inside: frozenset[int] | None = None) -> list[int]:
        """Return passages worth ranking: those with rare terms by bm25, then those with many terms together.

        Only documents whose row ids are ``inside`` are looked at (None: all).
        """
        counted = sorted(((self.passage_count(term), term) for term in terms), key=lambda pair: pair[0])
        present = [(count, term) for count, term in counted if count]
        if not present:
            return []
        rare = [term for count, term in present if count <= COMMON]
        found: dict[int, None] = {}
        budget = 0
        chosen = []
        for count, term in present:
            if count > COMMON or budget + count > 3 * COMMON:
                break
            chosen.append(term)
            budget += count
        if chosen:
            found |= dict.fromkeys(self._match(" OR ".join(map(quote, chosen)), inside, ranked=True))
        common = [term for _, term in present if term not in chosen]
        if common and len(found) < CANDIDATES:
            if rare and chosen:
                narrowed = f"({' OR '.join(map(quote, common[:6]))}) AND ({' OR '.join(map(quote, chosen))})"
                found |= dict.fromkeys(self._match(narrowed, inside, ranked=False))
            elif len(common) > 1:
                for size in (min(4, len(common)), 2):
                    found |= dict.fromkeys(
                        self._match(" AND ".join(map(quote, common[:size])), inside, ranked=False)
                    )
            if len(found) < CANDIDATES:
                term = quote(common[0])
                # a heading that names the word is worth more than a chance mention
                found |= dict.fromkeys(self._match(f"{{title heading}} : {term}", inside, ranked=False))
                found |= dict.fromkeys(self._match(term, inside, ranked=False))
        return list(found)

    def passages_of(self, document: int) -> list[int]:
        """Return the passages of the document with this row id, in its order."""
        rows = self._query(
            f"SELECT p.id FROM {_JOINED} WHERE d.id = ? ORDER BY s.position, p.position", (document,)
        )
        return [row[0] for row in rows]

    def holding(self, groups: Sequence[Iterable[tuple[str, ...]]]) -> list[int]:
        """Return every passage that holds, for each group, all terms of at least one of its alternatives.

        Nothing is ranked and nothing left out, so the passages may be counted.
        """
        anded = [
            " OR ".join(f"({' AND '.join(map(quote, terms))})" for terms in group if terms)
            for group in groups
        ]
        if not anded or not all(anded):
            return []
        expression = " AND ".join(f"({group})" for group in anded)
        rows = self._query(
            f"SELECT rowid FROM {FTS} WHERE {FTS} MATCH ?{self._shown} ORDER BY rowid", (expression,)
        )
        return [row[0] for row in rows]

    def tagged(self, topics: Sequence[str]) -> list[int]:
        """Return every passage of the sections that carry one of ``topics``."""
        marks = ",".join("?" * len(topics))
        rows = self._query(
            f"SELECT p.id FROM {_JOINED} WHERE EXISTS "
            f"(SELECT 1 FROM json_each(s.topics) WHERE json_each.value IN ({marks})) ORDER BY p.id",
            topics,
        )
        return [row[0] for row in rows]

    def _match(self, expression: str, inside: frozenset[int] | None, *, ranked: bool) -> list[int]:
        order = f" ORDER BY {_BM25}" if ranked else ""
        if inside is None:
            sql = f"SELECT rowid FROM {FTS} WHERE {FTS} MATCH ?{self._shown}{order} LIMIT {CANDIDATES}"
            return [row[0] for row in self._query(sql, (expression,))]
        # The plus keeps the words first: to look into each document for them would be slow.
        sql = (
            f"SELECT {FTS}.rowid FROM {FTS} JOIN passages p ON p.id = {FTS}.rowid "
            f"JOIN sections s ON s.id = p.section_id WHERE {FTS} MATCH ? "
            f"AND +s.document_id IN (SELECT value FROM json_each(?)){order} LIMIT {CANDIDATES}"
        )
        return [row[0] for row in self._query(sql, (expression, json.dumps(sorted(inside))))]

    def _passage_count(self, term: str) -> int:
        rows = self._query("SELECT passages FROM terms WHERE term = ?", (term,))
        return int(rows[0][0]) if rows else 0

    def terms(self, passages: Sequence[int]) -> dict[int, PassageTerms]:
        """Return the terms of these passages."""
        found: dict[int, PassageTerms] = {}
        for start in range(0, len(passages), MAX_BOUND):
            some = passages[start : start + MAX_BOUND]
            rows = self._query(
                f"SELECT rowid, {', '.join(FTS_COLUMNS)} FROM {FTS} WHERE rowid IN ({','.join('?' * len(some))})",
                some,
            )
            found.update((row[0], PassageTerms(row[1:])) for row in rows)
        if len(found) < len(set(passages)):
            raise IndexDamaged(f"{self.file}: passages have no terms")
        return found

    def _passage(self, passage: int) -> StoredPassage:
        rows = self._query(
            f"SELECT d.id, d.places, s.heading, s.topics, p.text, p.crc FROM {_JOINED} WHERE p.id = ?",
            (passage,),
        )
        if not rows or zlib.crc32(str(rows[0][4]).encode()) != rows[0][5]:
            raise IndexDamaged(f"{self.file}: passage {passage} is not what was written")
        document, places, heading, topics, text, _ = rows[0]
        spans = self._query(
            'SELECT start, "end" FROM sentences WHERE passage_id = ? ORDER BY position', (passage,)
        )
        return StoredPassage(
            id=passage,
            document=self.document(document),
            document_row=document,
            places=frozenset(json.loads(places)),
            section=heading,
            topics=tuple(json.loads(topics)),
            text=text,
            sentences=tuple(spans),
        )

    def _read_document(self, row: int) -> DocumentInfo:
        names = (
            "collection document title publisher region kind published retrieved digest sources path".split()
        )
        values = self._query(f"SELECT {', '.join(names)} FROM documents WHERE id = ?", (row,))[0]
        facts = dict(zip(names, values, strict=True))
        return DocumentInfo(
            collection=facts["collection"],
            id=facts["document"],
            title=facts["title"],
            publisher=facts["publisher"],
            region=facts["region"],
            kind=facts["kind"],
            published=facts["published"],
            retrieved=facts["retrieved"],
            digest=bool(facts["digest"]),
            sources=tuple(json.loads(facts["sources"])),
            path=facts["path"],
            own=self.own,
        )

    def _query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        try:
            return self._db.execute(sql, tuple(parameters)).fetchall()
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(f"{self.file}: {error}") from error


def quote(term: str) -> str:
    """An FTS5 string: nothing in it is syntax."""
    return '"' + term.replace('"', '""') + '"'
