"""A floor under the measured figures: the real index, the real encoder, the development questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.evaluate import evaluate_retrieval, read_questions
from desktop.library import Library
from desktop.paths import find_paths
from desktop.start import make_library
from guidelines_db.glossary import GLOSSARY_FILE, Glossary
from guidelines_db.places import Gazetteer
from guidelines_db.query import read_question
from guidelines_db.search import Searcher

DATA = Path(__file__).parents[1] / "data"
QUESTIONS = DATA / "questions-dev.jsonl"
OWN_QUESTIONS = DATA / "questions-own.jsonl"


@pytest.fixture
def library(data_dir: Path) -> Iterator[Library]:
    """The shipped collections with their vectors."""
    opened = make_library(find_paths(data_dir))
    yield opened
    opened.close()


def test_words_and_vectors_together_keep_their_floor(library: Library) -> None:
    """Measured in November 2026: hit@1 0.878, hit@3 0.980, hit@10 1.000, MRR 0.930."""
    shipped, _ = library.coverage()
    assert shipped.encoded == shipped.total > 0, "the index has no vectors: make setup"
    figures = evaluate_retrieval(library, read_questions(QUESTIONS))["all"]
    assert isinstance(figures, dict)
    assert figures["hit@1"] >= 0.84
    assert figures["hit@3"] >= 0.95
    assert figures["hit@10"] >= 0.97
    assert figures["mrr@10"] >= 0.89


def test_questions_written_afterwards_keep_their_floor(library: Library) -> None:
    """Measured in November 2026: hit@1 0.858, hit@3 0.959, hit@10 0.985, MRR 0.908."""
    figures = evaluate_retrieval(library, read_questions(OWN_QUESTIONS))["all"]
    assert isinstance(figures, dict)
    assert figures["questions"] == 338
    assert figures["hit@1"] >= 0.83
    assert figures["hit@3"] >= 0.93
    assert figures["hit@10"] >= 0.96
    assert figures["mrr@10"] >= 0.88


def test_typos_are_mended_and_right_words_left_alone(library: Library) -> None:
    """Measured in November 2026: 57 of 62 typos mended, one more inflected, no right word touched."""
    tools = Searcher([library.shipped], Glossary((GLOSSARY_FILE,)), Gazetteer()).tools

    def corrected(word: str) -> str:
        return read_question(word, tools).corrected

    pairs = [line.split() for line in (DATA / "typos.txt").read_text(encoding="utf-8").splitlines()]
    mended = [corrected(typed) == meant for typed, meant in pairs]
    assert len(mended) >= 60
    assert sum(mended) >= 0.88 * len(mended)
    right = (DATA / "right-words.txt").read_text(encoding="utf-8").split()
    assert len(right) >= 60
    assert [word for word in right if corrected(word)] == []
