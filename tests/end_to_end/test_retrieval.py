"""A floor under the measured figures: the real index, the real encoder, the development questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.evaluate import evaluate_retrieval, read_questions
from desktop.library import Library
from desktop.paths import find_paths
from desktop.start import make_library

QUESTIONS = Path(__file__).parents[1] / "data" / "questions-dev.jsonl"


@pytest.fixture
def library(data_dir: Path) -> Iterator[Library]:
    """The shipped collections with their vectors."""
    opened = make_library(find_paths(data_dir))
    yield opened
    opened.close()


def test_words_and_vectors_together_keep_their_floor(library: Library) -> None:
    """Measured in November 2026: hit@1 0.878, hit@3 0.959, hit@10 0.980, MRR 0.919."""
    shipped, _ = library.coverage()
    assert shipped.encoded == shipped.total > 0, "the index has no vectors: make setup"
    figures = evaluate_retrieval(library, read_questions(QUESTIONS))["all"]
    assert isinstance(figures, dict)
    assert figures["hit@1"] >= 0.84
    assert figures["hit@3"] >= 0.93
    assert figures["hit@10"] >= 0.96
    assert figures["mrr@10"] >= 0.88
