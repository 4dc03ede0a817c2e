"""How well the search finds the one passage that answers, over passages it was never tuned to.

    python -m bench.passages

The reader's own data serve as a second set of questions: fictional passages of town halls, each with questions that it
answers. It is of the size of the published German sets (some hundred passages, more than a thousand questions,
one right passage each), so the figures may be set beside theirs: MRR@10 and success@k.
"""

import json
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlite_utils

from bench.ablation import Rank, by_searcher, plain_fts
from desktop.paths import find_paths
from desktop.start import make_encoder
from guidelines_db.analysis import content_terms, words_of
from guidelines_db.corpus import Collection
from guidelines_db.documents import Document, Section
from guidelines_db.glossary import GLOSSARY_FILE, Glossary
from guidelines_db.index_reader import IndexReader
from guidelines_db.index_writer import IndexWriter
from guidelines_db.places import Gazetteer
from guidelines_db.schema import create_tables
from guidelines_db.search import Searcher
from guidelines_db.vectors import Encoder, add_missing_vectors
from models.reader.data import DATA_FOLDER

DEPTHS = (1, 3, 5, 10)


def read_set(folder: Path = DATA_FOLDER) -> tuple[list[Document], list[tuple[str, str]]]:
    """Return a document for each passage, and (question, id of the document that answers it)."""
    documents = []
    questions = []
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            section = Section(item["heading"], " ".join(item["sentences"]))
            documents.append(Document(item["id"], item["heading"], (section,), item["publisher"]))
            questions += [(asked["q"], item["id"]) for asked in item["questions"] if asked["answer"]]
    return documents, questions


def build(index: Path, documents: Sequence[Document], encoder: Encoder) -> None:
    """Write an index of ``documents`` with vectors."""
    db = sqlite_utils.Database(sqlite3.connect(index), execute_plugins=False)
    with db.conn:
        create_tables(db)
        writer = IndexWriter(db, Gazetteer())
        writer.add_collection(Collection("passages", "Passages", "", (), {}, ()), 0)
        writer.count_words(documents)
        writer.add_documents("passages", documents)
    add_missing_vectors(db, encoder)
    with db.conn:
        writer.finish()
    db.close()


def figures(name: str, questions: Sequence[tuple[str, str]], rank: Rank) -> None:
    """Print MRR@10 and success@k of one way to rank."""
    places = []
    for question, gold in questions:
        found = list(dict.fromkeys(document for document, _ in rank(question)))[: DEPTHS[-1]]
        places.append(found.index(gold) + 1 if gold in found else 0)
    reached = "".join(f"{sum(0 < place <= k for place in places) / len(places):9.3f}" for k in DEPTHS)
    print(f"{name:32}{sum(1 / place for place in places if place) / len(places):8.3f}{reached}", flush=True)


def ways(reader: IndexReader, encoder: Encoder) -> Iterator[tuple[str, Rank]]:
    """Yield ways to rank, from FTS5 as it comes to the search of the program."""
    gazetteer, glossary = Gazetteer(), Glossary((GLOSSARY_FILE,))
    yield "FTS5 as it comes", plain_fts(reader, lambda text: list(words_of(text)))
    yield "+ stems, stop words", plain_fts(reader, content_terms)
    yield "this search, words alone", by_searcher(Searcher([reader], glossary, gazetteer))
    yield "this search", by_searcher(Searcher([reader], glossary, gazetteer, encoder))


def main() -> int:
    """Print the table."""
    encoder = make_encoder(find_paths())
    if encoder is None:
        print("the encoder model is missing: python -m models.build fetch", file=sys.stderr)
        return 1
    documents, questions = read_set()
    print(f"{len(documents)} passages, {len(questions)} questions")
    print(f"{'':32}  MRR@10" + "".join(f"{f'S@{k}':>9}" for k in DEPTHS))
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "passages.db"
        build(index, documents, encoder)
        reader = IndexReader(index, own=False)
        try:
            for name, rank in ways(reader, encoder):
                figures(name, questions, rank)
        finally:
            reader.close()
            encoder.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
