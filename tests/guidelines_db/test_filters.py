"""Filters restrict the search before anything is ranked: exactly, in words and vectors alike."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from guidelines_db.build import build_index
from guidelines_db.filters import FilterValues, SearchFilters, count_values
from guidelines_db.glossary import Glossary
from guidelines_db.index_reader import IndexReader
from guidelines_db.places import Gazetteer
from guidelines_db.search import Searcher
from guidelines_db.vectors import DIMENSIONS, Matrix, Vector

QUESTIONS = (
    "Muss ich KI-Texte kennzeichnen?",
    "Darf ich personenbezogene Daten in ein KI-Werkzeug eingeben?",
    "Wer ist für die Schulung der Beschäftigten zuständig?",
)
FILTERS = (
    SearchFilters(lands=("Bayern",)),
    SearchFilters(lands=("Bund", "EU")),
    SearchFilters(lands=("Nordrhein-Westfalen",), places=("Essen",)),
    SearchFilters(places=("Hamburg", "Wien")),
    SearchFilters(year_from=2025),
    SearchFilters(year_to=2023),
    SearchFilters(lands=("Baden-Württemberg",), year_from=2024, year_to=2024),
)


def letters(text: str) -> Vector:
    """Return a vector of the letters of ``text``: alike for alike texts."""
    counts = np.bincount(np.frombuffer(text.lower().encode(), np.uint8), minlength=DIMENSIONS)
    vector: Vector = (counts / max(float(np.linalg.norm(counts)), 1.0)).astype(np.float32)
    return vector


class LetterEncoder:
    """Stands in for the model, which is slow and not under test here."""

    model_id = "letters"

    def encode_query(self, text: str) -> Vector:
        """Return the letters of ``text``."""
        return letters(text)

    def encode_sections(
        self,
        sections: Sequence[tuple[str, Sequence[str]]],
        on_progress: Callable[[int, int], None] | None = None,
    ) -> list[tuple[Vector, Matrix]]:
        """Return the letters of each passage and of its sentences."""
        return [
            (letters(" ".join(sentences)), np.stack([letters(sentence) for sentence in sentences]))
            for _, sentences in sections
        ]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexReader]:
    """Return the shipped collections with vectors."""
    index = tmp_path_factory.mktemp("filters") / "collections.db"
    build_index(index, encoder=LetterEncoder())
    opened = IndexReader(index, own=False)
    yield opened
    opened.close()


def _facts(file: Path) -> dict[tuple[str, str], tuple[set[str], str]]:
    """Return names and date of each document, read apart from the code under test."""
    connection = sqlite3.connect(file)
    rows = connection.execute("SELECT collection, document, places, region, published FROM documents")
    found = {(row[0], row[1]): ({*json.loads(row[2]), row[3]}, row[4]) for row in rows}
    connection.close()
    return found


def _fits(names: set[str], published: str, filters: SearchFilters) -> bool:
    year = int(published[:4] or 0)
    return (
        (not filters.lands or bool(names & set(filters.lands)))
        and (not filters.places or bool(names & set(filters.places)))
        and (not filters.year_from or year >= filters.year_from)
        and (not filters.year_to or 0 < year <= filters.year_to)
    )


@pytest.mark.parametrize("with_vectors", [False, True], ids=["words", "words and vectors"])
@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_only_documents_that_pass_are_found(
    reader: IndexReader, filters: SearchFilters, with_vectors: bool
) -> None:
    facts = _facts(reader.file)
    encoder = LetterEncoder() if with_vectors else None
    searcher = Searcher([reader], Glossary(), Gazetteer(), encoder)
    inside = {key for key, (names, published) in facts.items() if _fits(names, published, filters)}
    assert 0 < len(inside) < len(facts)
    for question in QUESTIONS:
        hits = searcher.search(question, None, 500, filters).hits
        assert hits
        assert {(hit.document.collection, hit.document.id) for hit in hits} <= inside
        if with_vectors:
            assert any(hit.explanation["vector_rank"] for hit in hits)


def test_a_filter_opens_what_the_ranking_would_cut_off(reader: IndexReader) -> None:
    """Of a document far down in the ranking, every passage that the words meet is found once it is alone."""
    searcher = Searcher([reader], Glossary(), Gazetteer())
    question = QUESTIONS[0]
    everywhere = searcher.search(question, None, 500).hits
    alone = searcher.search(question, None, 500, SearchFilters(places=("Winterberg",))).hits
    assert {hit.document.id for hit in alone} == {"winterberg"} or len(
        {hit.document.id for hit in alone}
    ) == 1
    name = alone[0].document.id
    assert len(alone) >= len([hit for hit in everywhere if hit.document.id == name])
    scores = {hit.passage_id: hit.score for hit in everywhere if hit.document.id == name}
    assert all(hit.score == scores.get(hit.passage_id, hit.score) for hit in alone)


def test_filters_and_collections_hold_together(reader: IndexReader) -> None:
    searcher = Searcher([reader], Glossary(), Gazetteer())
    filters = SearchFilters(lands=("Baden-Württemberg",))
    hits = searcher.search("Wer unterschreibt?", ["gemo-bw", "ki-leitlinien"], 50, filters).hits
    assert {hit.document.collection for hit in hits} <= {"gemo-bw", "ki-leitlinien"}
    assert searcher.search("Wer unterschreibt?", ["recht"], 50, SearchFilters(places=("Ulm",))).hits == ()


def test_no_filter_changes_nothing(reader: IndexReader) -> None:
    searcher = Searcher([reader], Glossary(), Gazetteer())
    for question in QUESTIONS:
        assert searcher.search(question).hits == searcher.search(question, None, 10, SearchFilters()).hits
    assert reader.inside(None, SearchFilters()) is None


@pytest.mark.parametrize(
    ("published", "filters", "passes"),
    [
        ("2024-05-01", SearchFilters(year_from=2024), True),
        ("2023", SearchFilters(year_from=2024), False),
        ("2024", SearchFilters(year_to=2024), True),
        ("2025-01", SearchFilters(year_to=2024), False),
        ("", SearchFilters(year_to=2024), False),
        ("", SearchFilters(year_from=2024), False),
        ("", SearchFilters(), True),
    ],
)
def test_years_are_compared_whole(published: str, filters: SearchFilters, passes: bool) -> None:
    assert filters.passes((), published) is passes


def test_values_are_only_those_that_documents_have() -> None:
    documents = [
        (("Bayern", "München"), "Bayern", "2024-01"),
        (("Hamburg",), "Hamburg", "2025"),
        ((), "EU", ""),
        ((), "", "2024"),
    ]
    assert count_values(documents, {"Bayern", "Hamburg", "Hessen"}) == FilterValues(
        lands=(("Bayern", 1), ("EU", 1), ("Hamburg", 1)),
        places=(("Hamburg", 1), ("München", 1)),
        years=((2024, 2), (2025, 1)),
        undated=1,
    )
