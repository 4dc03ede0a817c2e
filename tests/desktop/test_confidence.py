"""What is called supported: never a question that documents cannot settle."""

from dataclasses import replace

import pytest

from desktop.answer import State
from desktop.confidence import assess
from desktop.library import Library
from desktop.reading import Judged
from guidelines_db.results import SearchOutcome
from models.reader.runtime import Reading

QUESTION = "Welche Kennzeichnungspflicht gilt in Wien für Inhalte mit KI?"


@pytest.fixture(scope="module")
def outcome(shipped: Library) -> SearchOutcome:
    """A search that meets its question."""
    return shipped.search(QUESTION)


def judged(outcome: SearchOutcome, score: float) -> Judged:
    """The same score for every passage."""
    return Judged(tuple(Reading((score,), score, 0.5) for _ in outcome.hits))


def test_a_sure_reader_makes_it_supported(outcome: SearchOutcome) -> None:
    assert assess(QUESTION, outcome, judged(outcome, 8.0)).state is State.SUPPORTED
    assert assess(QUESTION, outcome, judged(outcome, -8.0)).state is State.NOTHING


def test_documents_cannot_settle_every_question(outcome: SearchOutcome) -> None:
    sure = judged(outcome, 8.0)
    assert assess(QUESTION, outcome, sure, at_most_possible=True).state is State.POSSIBLE
    elsewhere = replace(outcome, missing_places=("Bottrop",))
    assert assess(QUESTION, elsewhere, sure).state is not State.SUPPORTED


def test_the_less_of_a_question_is_found_the_less_sure_it_is(outcome: SearchOutcome) -> None:
    reader = judged(outcome, 1.0)
    beside = assess(QUESTION, replace(outcome, coverage=0.0), reader)
    assert beside.probability < assess(QUESTION, outcome, reader).probability


def test_half_of_a_long_question_says_more_than_half_of_a_short_one(outcome: SearchOutcome) -> None:
    reader, half = judged(outcome, 1.0), replace(outcome, coverage=0.5)
    short = assess("Kennzeichnung in Wien?", half, reader)
    assert short.probability < assess(QUESTION, half, reader).probability


def test_without_the_reader_nothing_is_supported(outcome: SearchOutcome) -> None:
    assert assess(QUESTION, outcome, None).state is State.POSSIBLE
    assert assess(QUESTION, replace(outcome, hits=()), None).state is State.NOTHING
