"""Answers under filters: every form of question keeps to them, and the answer says which held."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.answer import State
from desktop.assistant import Assistant
from desktop.library import Library
from desktop.output import answer_record
from desktop.paths import Paths
from desktop.proof import make_proof, proof_markdown
from desktop.texts import filters as texts
from guidelines_db.filters import SearchFilters

BAYERN = SearchFilters(lands=("Bayern",))


@pytest.fixture
def assistant(share_dir: Path, data_dir: Path) -> Iterator[Assistant]:
    """An assistant without a model."""
    made = Assistant(Library(Paths(data_dir, share_dir, ())), None)
    yield made
    made.close()


@pytest.mark.parametrize(
    "question",
    [
        "Muss ich KI-Texte kennzeichnen?",
        "Welche Leitlinien gibt es?",
        "Wie viele Dokumente gibt es zum Thema Datenschutz?",
        "Was unterscheidet München und Wien bei der Kennzeichnung?",
    ],
)
def test_every_form_of_question_keeps_to_the_filters(assistant: Assistant, question: str) -> None:
    free = assistant.ask(question)
    answer = assistant.ask(question, filters=BAYERN)
    assert {hit.document.region for hit in answer.sources} <= {"Bayern", "mehrere Länder"}
    assert answer.sources
    assert {hit.document.region for hit in free.sources} - {"Bayern", "mehrere Länder"}
    assert answer.filters == BAYERN
    assert answer.form == free.form


def test_the_answer_and_its_proof_say_which_filters_held(assistant: Assistant) -> None:
    filters = SearchFilters(lands=("Bayern",), year_from=2024)
    answer = assistant.ask("Muss ich KI-Texte kennzeichnen?", ["ki-leitlinien"], filters=filters)
    assert answer.scope == "In: KI-Leitlinien · Land: Bayern · ab 2024"
    assert "Filter: Land: Bayern, ab 2024" in proof_markdown(make_proof(answer, "2026-11-22T10:00:00+01:00"))
    assert answer_record(None, answer)["filters"] == {
        "lands": ["Bayern"],
        "places": [],
        "year_from": 2024,
        "year_to": None,
    }


def test_without_filters_nothing_is_said_about_them(assistant: Assistant) -> None:
    answer = assistant.ask("Muss ich KI-Texte kennzeichnen?")
    assert answer.scope == ""
    assert "Filter" not in proof_markdown(make_proof(answer, "2026-11-22T10:00:00+01:00"))


def test_where_no_document_passes_nothing_is_answered(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Muss ich KI-Texte kennzeichnen?", ["recht"], filters=SearchFilters(places=("Ulm",))
    )
    assert (answer.sources, answer.state, answer.refused) == ((), State.NOTHING, True)


def test_the_library_names_what_can_be_filtered(assistant: Assistant) -> None:
    values = assistant.library.filter_values()
    lands = dict(values.lands)
    assert lands["Bayern"] >= 3
    assert {"Bund", "EU", "Nordrhein-Westfalen"} <= lands.keys()
    assert "Ulm" in dict(values.places)
    assert {"Hamburg", "Wien"} <= dict(values.places).keys() & lands.keys()
    only = assistant.library.filter_values(["gemo-bw"])
    assert dict(only.lands).keys() == {"Baden-Württemberg"}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (SearchFilters(), ()),
        (SearchFilters(lands=("Bayern", "EU")), ("Land: Bayern", "Land: EU")),
        (SearchFilters(places=("Ulm",), year_to=2024), ("Ort: Ulm", "bis 2024")),
        (SearchFilters(year_from=2024, year_to=2025), ("2024 bis 2025",)),
        (SearchFilters(year_from=2024, year_to=2024), ("Jahr 2024",)),
    ],
)
def test_filters_are_named(filters: SearchFilters, expected: tuple[str, ...]) -> None:
    assert texts.labels(filters) == expected
