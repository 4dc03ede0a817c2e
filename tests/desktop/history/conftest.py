"""A history in a file of its own, and answers to put into it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.answer import Answer, Ending, State, Style, Timings
from desktop.history import History
from guidelines_db.filters import SearchFilters
from guidelines_db.results import DocumentInfo, Hit

INFO = DocumentInfo(
    "recht", "dsgvo", "DSGVO", "EU", "EU", "gesetz", "2016", "", True, ("https://a",), "p", False
)


HIT = Hit(
    rank=1,
    document=INFO,
    section="Art. 5",
    passage_id=7,
    text="Text. Satz.",
    sentence="Satz.",
    sentence_start=6,
    sentence_end=11,
    score=0.5,
    sentences=((0, 5), (6, 11)),
    sentence_scores=(0.1, 0.9),
    coverage=0.9,
    explanation={"bm25": 1.5},
)


def _answer(number: int, question: str = "Frage?") -> Answer:
    """Return an answer with the id ``number``."""
    return Answer(
        id=str(number),
        question=question,
        collections=("recht",),
        asked_at=f"2026-11-22T10:00:{number:02}+01:00",
        text="Ja [1].",
        refused=False,
        ending=Ending.STOPPED,
        sentences=(),
        sources=(HIT,),
        evidence=("Satz.",),
        model="M",
        notes=("n",),
        timings=Timings(1.0, None, 2.0, 3, 4),
        state=State.SUPPORTED,
        probability=0.93,
        understood="Ganze Frage?",
        form="compare",
        model_sha256="ab" * 32,
        index_hash="cd" * 32,
        style=Style.SIMPLER,
        checked_by="MK",
        checked_at="2026-11-22T10:00:00+01:00",
        filters=SearchFilters(lands=("Bayern",), places=("Ulm",), year_from=2024),
        scope="In: Recht · Land: Bayern",
    )


@pytest.fixture
def answer() -> Callable[..., Any]:
    """Return a function that makes an answer with a number as its id."""
    return _answer


@pytest.fixture
def history(tmp_path: Path) -> History:
    """Return an empty history."""
    made = History(tmp_path / "history.db")
    assert made.prepare() == ""
    return made


def _found(history: History, typed: str = "") -> list[str]:
    """Return the ids of what the search finds, youngest first."""
    return [entry.id for entry in history.find(typed).entries]


@pytest.fixture
def found() -> Callable[..., Any]:
    """Return a function that names what a search finds."""
    return _found


def _bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file()).lower()


@pytest.fixture
def bytes_of() -> Callable[..., Any]:
    """Return a function that reads all files of a folder."""
    return _bytes_of
