"""How index and search grow: ``python -m bench.scale [PASSAGES...]`` over synthetic documents, text part only.

Every stage runs in a process of its own, so that its peak memory is its own.
"""

import argparse
import multiprocessing
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import ParamSpec, TypeVar

import sqlite_utils

from bench.figures import percentiles
from bench.synthetic import SyntheticText
from guidelines_db.corpus import Collection
from guidelines_db.glossary import Glossary
from guidelines_db.index_reader import IndexReader
from guidelines_db.index_writer import BATCH, IndexWriter, transaction
from guidelines_db.places import Gazetteer
from guidelines_db.schema import create_tables, open_index
from guidelines_db.search import Searcher

SIZES = (1_000, 10_000, 100_000, 400_000)
QUESTIONS = 200
FREQUENT = 40  # so many of the most frequent words are asked one by one
WARM_UP = 20

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Built:
    """What building an index took: seconds, bytes on disk, peak memory in bytes."""

    seconds: float
    size: int
    peak: int


@dataclass(frozen=True)
class Searched:
    """Milliseconds of the first search, then p50 and p95; peak memory in bytes."""

    first: float
    five_words: tuple[float, float]
    one_word: tuple[float, float]
    peak: int


def build(index: Path, passages: int) -> Built:
    """Build an index of so many passages in batches, as an import of own documents does."""
    texts = SyntheticText()
    gazetteer = Gazetteer()
    connection = sqlite3.connect(index, isolation_level=None)
    create_tables(sqlite_utils.Database(connection, execute_plugins=False))
    connection.close()
    db = open_index(index, writable=True)
    writer = IndexWriter(db, gazetteer)
    writer.add_collection(Collection("synthetisch", "Synthetisch", "", (), {}, ()), 0)
    documents = texts.documents(passages)
    seconds = 0.0
    while batch := list(islice(documents, BATCH)):
        start = time.perf_counter()
        with transaction(db):
            writer.count_words(batch)
            writer.add_documents("synthetisch", batch)
        seconds += time.perf_counter() - start
        sys.stderr.write(".")
        sys.stderr.flush()
    start = time.perf_counter()
    with transaction(db):
        writer.finish()
    seconds += time.perf_counter() - start
    db.close()
    return Built(seconds, index.stat().st_size, peak_bytes())


def search(index: Path, passages: int) -> Searched:
    """Ask questions of five words, and single frequent words, each once."""
    texts = SyntheticText()
    reader = IndexReader(index, own=True)
    searcher = Searcher([reader], Glossary(), Gazetteer())
    first, *others = texts.questions(passages, QUESTIONS + WARM_UP + 1)
    first_ms = ask(searcher, first)
    for question in others[:WARM_UP]:
        ask(searcher, question)
    five = [ask(searcher, question) for question in others[WARM_UP:]]
    one = [ask(searcher, texts.word(rank)) for rank in range(FREQUENT)]
    reader.close()
    return Searched(first_ms, percentiles(five), percentiles(one), peak_bytes())


def ask(searcher: Searcher, question: str) -> float:
    """Return the milliseconds of one search."""
    start = time.perf_counter()
    searcher.search(question)
    return (time.perf_counter() - start) * 1000


def peak_bytes() -> int:
    """Return the largest memory this process ever had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def apart(task: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Run ``task`` in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(task, *arguments, **named).result()


def main(sizes: Sequence[int] = SIZES) -> None:
    """Print a line a size."""
    print(f"{'passages':>9} {'index':>9} {'a second':>9} {'size':>9} {'memory':>9}", end="")
    print(
        f" {'first':>9} {'5 words p50':>12} {'p95':>8} {'1 word p50':>11} {'p95':>8} {'memory':>9}",
        flush=True,
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            index = Path(folder) / "scale.db"
            built = apart(build, index, size)
            found = apart(search, index, size)
        print(f"{size:>9,} {built.seconds:>7.1f} s {size / built.seconds:>9,.0f}", end="")
        print(f" {built.size / 1e6:>6.0f} MB {built.peak / 1e6:>6.0f} MB {found.first:>6.0f} ms", end="")
        print(f" {found.five_words[0]:>9.1f} ms {found.five_words[1]:>5.1f} ms", end="")
        print(
            f" {found.one_word[0]:>8.1f} ms {found.one_word[1]:>5.1f} ms {found.peak / 1e6:>6.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, metavar="PASSAGES", default=list(SIZES))
    main(parser.parse_args().sizes)
