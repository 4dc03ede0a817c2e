"""What must not grow with the number of documents, counted instead of timed."""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
import sqlite_utils

from bench.synthetic import SECTIONS, SyntheticText
from guidelines_db.browse import MAX_MATCHES, Browser
from guidelines_db.corpus import Collection
from guidelines_db.glossary import Glossary
from guidelines_db.index_reader import CANDIDATES, IndexReader
from guidelines_db.index_writer import IndexWriter, stem_counts, transaction
from guidelines_db.places import Gazetteer
from guidelines_db.schema import create_tables, open_index
from guidelines_db.search import Searcher

SMALL, LARGE = 200, 2_000  # passages
BATCH = 50  # documents


class CountingReader(IndexReader):
    """Counts statements and the rows they return."""

    statements = 0
    rows = 0

    def _query(self, sql: str, parameters: object = ()) -> list[tuple]:  # type: ignore[override, type-arg]
        found = super()._query(sql, parameters)  # type: ignore[arg-type]
        self.statements += 1
        self.rows += len(found)
        return found


def build(index: Path, passages: int) -> Path:
    """Build an index in batches, as an import does."""
    connection = sqlite3.connect(index, isolation_level=None)
    create_tables(sqlite_utils.Database(connection, execute_plugins=False))
    connection.close()
    db = open_index(index, writable=True)
    writer = IndexWriter(db, Gazetteer())
    writer.add_collection(Collection("synthetisch", "Synthetisch", "", (), {}, ()), 0)
    documents = SyntheticText().documents(passages)
    while batch := list(islice(documents, BATCH)):
        with transaction(db):
            writer.count_words(batch)
            writer.add_documents("synthetisch", batch)
    db.close()
    return index


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Return a small and a large index."""
    folder = tmp_path_factory.mktemp("scale")
    return {size: build(folder / f"{size}.db", size) for size in (SMALL, LARGE)}


@pytest.fixture
def readers(indexes: dict[int, Path]) -> Iterator[dict[int, CountingReader]]:
    """Return a counting reader of each index."""
    opened = {size: CountingReader(index, own=True) for size, index in indexes.items()}
    yield opened
    for reader in opened.values():
        reader.close()


def test_the_same_seed_gives_the_same_documents_and_more_are_a_continuation() -> None:
    few, more = (list(SyntheticText().documents(count)) for count in (20, 35))
    assert more[: len(few)] == few
    assert [len(document.sections) for document in more] == [SECTIONS, SECTIONS, SECTIONS, 5]
    assert next(SyntheticText(seed=2).documents(10)) != few[0]
    questions = SyntheticText().questions(1_000, 5)
    assert questions == SyntheticText().questions(1_000, 5)
    assert all(len(set(question.split())) == 5 for question in questions)


def test_a_question_of_words_out_of_one_passage_finds_it(readers: dict[int, CountingReader]) -> None:
    """So that the benchmark asks what can be answered."""
    searcher = Searcher([readers[LARGE]], Glossary(), Gazetteer())
    coverages = [searcher.search(question).coverage for question in SyntheticText().questions(LARGE, 20)]
    assert sum(coverage > 0.95 for coverage in coverages) >= 18


def test_a_search_reads_no_more_of_a_larger_index(readers: dict[int, CountingReader]) -> None:
    """Beyond what candidates and hits need, nothing is read, however many passages hold a word."""
    texts = SyntheticText()
    searcher = Searcher([readers[LARGE]], Glossary(), Gazetteer())
    searcher.search("Haus")  # reads the vocabulary
    for question in [*texts.questions(LARGE, 10), texts.word(0), texts.word(1)]:
        before = readers[LARGE].statements, readers[LARGE].rows
        hits = searcher.search(question).hits
        assert len(hits) == 10
        assert readers[LARGE].statements - before[0] < 250
        assert readers[LARGE].rows - before[1] < 8 * CANDIDATES


def test_browsing_reads_no_more_of_a_larger_index(readers: dict[int, CountingReader]) -> None:
    for reader in readers.values():
        browser = Browser([reader], Gazetteer())
        for typed in ("h", "haus", SyntheticText().word(0), "-haus", '"Hier gilt"'):
            before = reader.rows
            assert browser.browse(typed).documents
            assert reader.rows - before < 8 * MAX_MATCHES  # a phrase is looked for in the text of each match


def test_the_writers_vocabulary_is_that_of_the_file_after_every_change(tmp_path: Path) -> None:
    """It is kept in memory over many batches; a drift would split words differently than a new writer."""
    index = build(tmp_path / "own.db", 30)
    db = open_index(index, writable=True)
    writer = IndexWriter(db, Gazetteer())
    added = list(islice(SyntheticText().documents(60), 3, 6))
    with transaction(db):
        writer.count_words(added)
        writer.add_documents("synthetisch", added)
    with transaction(db):
        writer.remove_document(1)
    kept = {stem: count for stem, count in writer._stems.items() if count}
    assert kept == stem_counts(db)
    db.close()


def test_a_broad_beginning_shows_titles_and_headings_first(
    readers: dict[int, CountingReader], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guidelines_db.browse.BROAD", 50)
    word = SyntheticText().word(0)
    found = Browser([readers[LARGE]], Gazetteer()).browse(word, 5).documents
    assert len(found) == 5
    for document in found:
        names = [document.document.title, *(passage.section for passage in document.passages)]
        assert any(word.lower() in name.lower() for name in names)
