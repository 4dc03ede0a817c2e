"""Lists and counts come from the database, comparisons show both sides; everything else is left to the passages."""

import json
from pathlib import Path

import pytest

from desktop.answer import AnswerEvent, Ending, PassagesFound, State
from desktop.assistant import Assistant
from desktop.forms import (
    Demand,
    FormAnswer,
    Kind,
    Level,
    answer_form,
    asks_who_lacks,
    read_form,
    search_sides,
)
from desktop.library import Library, UnknownCollection
from desktop.texts import answers as answer_texts
from desktop.texts import forms as texts

QUESTIONS = Path(__file__).parents[1] / "data" / "questions-dev.jsonl"
DEV = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


def answered(library: Library, question: str, collections: list[str] | None = None) -> FormAnswer:
    form = read_form(question, library)
    assert form is not None
    found = answer_form(form, library, collections)
    assert found is not None
    return found


def documents(found: FormAnswer) -> set[str]:
    return {hit.document.id for hit in found.sources}


@pytest.mark.parametrize("item", DEV, ids=[item["id"] for item in DEV])
def test_no_other_question_is_taken(library: Library, item: dict[str, str]) -> None:
    form = read_form(item["question"], library)
    assert form is None or (form.kind is Kind.COMPARE and item["type"] == "compare")


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "@",
        "Wie viele",
        "Welche Leitlinien",
        "Wie viele Unterschriften braucht ein Bürgerbegehren?",
        "Wie viele Autos schafft ein Kamerawagen?",
        "Wie viele Städte nutzen schon Chatbots?",
        "Wie viele Kommunen haben eine KI-Strategie?",
        "Welche Angaben gehören nicht in einen Prompt?",
        "Welche Städte haben keine Kennzeichnungspflicht?",
        "Welche Leitlinien gelten in Hamburg für mein Fachverfahren?",
        "Welche Gesetze muss ich bei einem Chatbot beachten?",
        "Welche Stadt hat einen Chatbot namens Frag-Albert?",
        "Welche Städte haben gute Erfahrungen mit Chatbots gemacht?",
        "Welche Dokumente gehören in die Akte, wenn KI beteiligt war?",
        "Wo gilt die Befangenheit?",
        "Welche Strategien gibt es gegen den Fachkräftemangel?",
        "Wie läuft die Zusammenarbeit zwischen Wien und Linz?",
        "Was müssen kleine Gemeinden wie Deizisau oder Zell hinlegen?",
        "Welche Leitlinien gibt es? " * 40,
    ],
)
def test_what_only_looks_like_a_form_is_left_to_the_passages(library: Library, question: str) -> None:
    assert read_form(question, library) is None


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Wie viele Dokumente enthält die Sammlung Recht?", 16),
        ("Wie viele Leitlinien gibt es aus Baden-Württemberg?", 3),
        ("wie viele dokumente gibt es", 94),
    ],
)
def test_counts_are_those_of_the_library(library: Library, question: str, count: int) -> None:
    found = answered(library, question)
    assert found.kind == "count"
    assert found.text.startswith(f"**{count} Dokumente**")
    assert texts.COUNTED in found.text
    assert all(f"[{number}]" in found.text for number in range(1, len(found.sources) + 1))


def test_a_count_says_of_which_kinds(library: Library) -> None:
    found = answered(library, "Wie viele Leitlinien gibt es aus Baden-Württemberg?")
    assert documents(found) == {"stuttgart", "ulm", "schorndorf"}
    assert "1 Strategie, 1 Rahmenwerk, 1 Dienstanweisung" in found.text


def test_a_long_list_says_what_it_leaves_out(library: Library) -> None:
    found = answered(library, "Wie viele Dokumente gibt es?")
    total = sum(info.documents for info in library.collections())
    assert texts.more(total - len(found.sources)) in found.text


def test_a_year_counts_only_documents_with_a_date(library: Library) -> None:
    found = answered(library, "Welche Leitlinien sind von 2025?")
    assert {hit.document.published[:4] for hit in found.sources} == {"2025"}
    assert "kiel" in documents(found)
    assert "nennen kein Datum" in found.text


def test_a_country_has_the_documents_of_its_towns(library: Library) -> None:
    found = answered(library, "Welche Leitlinien gibt es aus Österreich?")
    assert {"wien", "linz", "leoben", "oesterreich-ki-guidelines-bundesdienst"} <= documents(found)


def test_a_duty_is_listed_as_such_only_where_the_words_say_so(library: Library) -> None:
    found = answered(library, "Welche Städte haben eine Kennzeichnungspflicht?")
    certain, possible = found.text.split(texts.POSSIBLY)
    assert found.certain
    assert texts.said_in(1) in certain
    assert "In Wien gilt eine Kennzeichnungspflicht" in certain
    assert "lassen die ausgewerteten Quellen offen" in possible  # Essen
    assert texts.NOT_SAID in possible
    assert all(any(sentence in hit.text for hit in found.sources) for sentence in found.evidence)
    assert all(sentence in found.text for sentence in found.evidence)


def test_proposals_and_views_are_no_duty(library: Library) -> None:
    found = answered(library, "In welchen Städten gibt es eine Prüfpflicht?")
    assert not found.certain
    assert texts.POSSIBLY in found.text


def test_what_a_town_has_is_shown_by_a_sentence(library: Library) -> None:
    found = answered(library, "Welche Städte haben ein KI-Register?")
    assert [hit.document.id for hit in found.sources[:2]] == ["leipzig", "wien"]
    assert all("KI-Register" in hit.sentence for hit in found.sources[:2])


def test_documents_on_a_topic(library: Library) -> None:
    found = answered(library, "Welche Dokumente gibt es zu Urheberrecht?")
    assert found.sources[0].document.id == "urheberrecht-ki"
    assert texts.found_in(len(found.sources)) in found.text
    for hit in found.sources:
        assert hit.text[hit.sentence_start : hit.sentence_end] == hit.sentence


def test_only_the_chosen_collections_are_looked_through(library: Library) -> None:
    found = answered(library, "Welche Dokumente gibt es zu Urheberrecht?", ["ki-leitlinien"])
    assert {hit.document.collection for hit in found.sources} == {"ki-leitlinien"}
    form = read_form("Wie viele Dokumente gibt es?", library)
    assert form is not None
    with pytest.raises(UnknownCollection):
        answer_form(form, library, ["keine"])


def test_a_place_without_documents_is_said_to_have_none(library: Library) -> None:
    found = answered(library, "Welche Leitlinien gibt es aus Zürich?")
    assert found.sources == ()
    assert found.text.startswith(texts.none_found([]))


def test_a_topic_that_nobody_has_is_left_to_the_passages(library: Library) -> None:
    form = read_form("Welche Städte haben eine Helmpflicht?", library)
    assert form is not None
    assert answer_form(form, library, None) is None


def test_more_passages_than_can_be_read_are_admitted(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Welche Dokumente gibt es zum Datenschutz?"
    assert texts.CUT not in answered(library, question).text
    monkeypatch.setattr("desktop.forms.topics.MAX_READ", 10)
    assert texts.CUT in answered(library, question).text


def test_own_documents_are_listed_and_never_certain_without_a_publisher(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "regel.md"
    file.write_text(
        "# Regeln\n\nBei uns gilt eine Kennzeichnungspflicht für Texte der KI.\n", encoding="utf-8"
    )
    library.import_paths([file], "Eigene")
    assert documents(answered(library, "Welche eigenen Dokumente gibt es?")) == {"regel"}
    found = answered(library, "Welche Städte haben eine Kennzeichnungspflicht?")
    assert "Bei uns gilt" in found.text.split(texts.POSSIBLY)[1]
    assert texts.unsorted(1) in answered(library, "Wie viele Leitlinien gibt es?").text


@pytest.mark.parametrize(
    ("question", "level", "demand", "topic"),
    [
        ("Welche Städte in Hessen haben eine Schulungspflicht?", Level.TOWN, Demand.DUTY, "Schulungspflicht"),
        ("Welche Kommunen verbieten ChatGPT?", Level.MUNICIPALITY, Demand.BAN, "ChatGPT"),
        ("Welche Landkreise erlauben ChatGPT?", Level.DISTRICT, Demand.PERMISSION, "ChatGPT"),
        ("Welche Länder regeln Elternbeiträge?", Level.LAND, Demand.MENTION, "Elternbeiträge"),
        ("Wo gilt eine Kennzeichnungspflicht?", None, Demand.DUTY, "Kennzeichnungspflicht"),
    ],
)
def test_questions_about_towns_are_read(
    library: Library, question: str, level: Level | None, demand: Demand, topic: str
) -> None:
    form = read_form(question, library)
    assert form is not None
    assert (form.filters.level, form.demand, form.topic) == (level, demand, topic)


def test_years_places_and_collections_are_read(library: Library) -> None:
    form = read_form(
        "Wie viele Dokumente gibt es in der Sammlung „Recht“ seit 2024 aus Schleswig-Holstein?", library
    )
    assert form is not None
    filters = form.filters
    assert (filters.collections, filters.first_year, filters.last_year) == (("recht",), 2024, 9999)
    assert filters.places == {"Schleswig-Holstein"}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Was unterscheidet Essen und Wien beim Datenschutz?", ("Essen", "Wien")),
        (
            "Dürfen die Einrichtungen in BaWü genauso lange schließen wie in NRW?",
            ("Baden-Württemberg", "Nordrhein-Westfalen"),
        ),
        ("Was ist der Unterschied zwischen der DSGVO und dem AI Act?", ("DSGVO", "KI-Verordnung")),
    ],
)
def test_each_side_has_passages_of_its_own(library: Library, question: str, names: tuple[str, str]) -> None:
    form = read_form(question, library)
    assert form is not None
    assert tuple(side.name for side in form.sides) == names
    compared = search_sides(form, library, None)
    assert compared is not None
    assert 0 < compared.split < len(compared.outcome.hits)
    evidence = compared.choose()
    assert {sentence.source <= compared.split for sentence in evidence} == {True, False}
    assert all(sentence.text in compared.outcome.hits[sentence.source - 1].text for sentence in evidence)
    text = compared.text(evidence)
    assert text.index(f"### {names[0]}") < text.index(f"### {names[1]}")


def test_a_side_without_passages_says_so(library: Library) -> None:
    form = read_form("Was gilt für Chatbots in Kiel oder Zürich?", library)
    assert form is not None
    compared = search_sides(form, library, None)
    assert compared is not None
    assert compared.text(compared.choose()).endswith(f"### Zürich\n\n{texts.NOTHING_ON_SIDE}")
    assert "Zürich" in compared.outcome.missing_places


def test_the_assistant_answers_a_list_without_the_model(library: Library) -> None:
    events: list[AnswerEvent] = []
    assistant = Assistant(library, None)
    answer = assistant.ask("Welche Städte haben eine Kennzeichnungspflicht?", None, events.append)
    assert (answer.form, answer.state, answer.ending) == ("list", State.SUPPORTED, Ending.DONE)
    assert answer.model is None
    assert [type(event) for event in events] == [PassagesFound]
    none = assistant.ask("Welche Leitlinien gibt es aus Zürich?")
    assert (none.refused, none.state, none.ending) == (True, State.NOTHING, Ending.NO_EVIDENCE)


def test_the_assistant_shows_both_sides(library: Library) -> None:
    answer = Assistant(library, None).ask("Was unterscheidet Essen und Wien beim Datenschutz?")
    assert answer.form == "compare"
    assert "### Essen" in answer.text
    assert answer.evidence


def test_a_list_that_nobody_answers_is_searched(library: Library) -> None:
    answer = Assistant(library, None).ask("Welche Städte haben eine Helmpflicht?")
    assert answer.form == ""


def test_a_side_speaks_by_its_own_documents(library: Library) -> None:
    """What the document of Wuppertal says of Essen is no regulation of Essen."""
    answer = Assistant(library, None).ask("Was unterscheidet Essen und Wien beim Datenschutz?")
    assert {hit.document.id for hit in answer.sources if "wuppertal" in hit.document.id} == set()


@pytest.mark.parametrize(
    ("question", "lacks"),
    [
        ("Welche Städte haben keine Kennzeichnungspflicht?", True),
        ("Wie viele Kommunen haben noch nicht geschult?", True),
        ("Welche Leitlinien sagen nichts und fehlen bei Städten?", True),
        ("Welche Städte haben eine Kennzeichnungspflicht?", False),
        ("Darf ein Gemeinderat nicht abstimmen?", False),
        ("Wer darf nicht mit abstimmen?", False),
        ("", False),
    ],
)
def test_who_lacks_something_is_recognised(question: str, *, lacks: bool) -> None:
    assert asks_who_lacks(question) is lacks


def test_who_lacks_something_cannot_be_supported(library: Library) -> None:
    answer = Assistant(library, None).ask("Welche Städte haben keine Kennzeichnungspflicht?")
    assert answer.state is not State.SUPPORTED
    assert answer_texts.SILENCE in answer.notes


def test_documents_on_a_subject_called_so(library: Library) -> None:
    named = documents(answered(library, "Wie viele Dokumente gibt es zum Thema Ganztag?"))
    assert named
    assert named == documents(answered(library, "Wie viele Dokumente gibt es zum Ganztag?"))


def test_counted_documents_are_not_yet_the_number_of_towns(library: Library) -> None:
    assert not answered(library, "Wie viele Städte gibt es in der Bibliothek?").certain
