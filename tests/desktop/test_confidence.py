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


def explained(outcome: SearchOutcome, **values: float | None) -> SearchOutcome:
    """The same search with other values in what explains each of its hits."""
    return replace(
        outcome,
        hits=tuple(replace(hit, explanation={**hit.explanation, **values}) for hit in outcome.hits),
    )


def test_what_another_town_settles_says_nothing_of_the_one_asked_for(outcome: SearchOutcome) -> None:
    of_vienna = [hit.explanation["place"] > 0 for hit in outcome.hits]
    assert any(of_vienna), "the question names Wien, and Wien has a guideline"
    assert not all(of_vienna)
    scores = [-4.0 if there else 6.0 for there in of_vienna]
    others = Judged(tuple(Reading((score,), score, 0.5) for score in scores))
    anywhere = assess(QUESTION, explained(outcome, place=0.0), others)
    assert assess(QUESTION, outcome, others).probability < anywhere.probability


def test_without_vectors_typical_questions_are_not_missed(outcome: SearchOutcome) -> None:
    reader = judged(outcome, 1.0)
    without = explained(outcome, vector_rank=None, asked=0.0)
    far = explained(outcome, vector_rank=1, asked=0.0)
    assert assess(QUESTION, without, reader).state is State.SUPPORTED
    assert assess(QUESTION, far, reader).state is State.POSSIBLE


def test_a_typical_question_nearby_makes_it_surer(outcome: SearchOutcome) -> None:
    reader = judged(outcome, 1.0)
    near, far = (explained(outcome, vector_rank=1, asked=value) for value in (4.0, 0.0))
    assert assess(QUESTION, far, reader).probability < assess(QUESTION, near, reader).probability


def test_without_the_reader_nothing_is_supported(outcome: SearchOutcome) -> None:
    assert assess(QUESTION, outcome, None).state is State.POSSIBLE
    assert assess(QUESTION, replace(outcome, hits=()), None).state is State.NOTHING
