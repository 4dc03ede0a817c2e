"""A follow-up becomes a whole question; a question that stands alone is never touched."""

import json
from pathlib import Path

import pytest

from desktop.answer import AnswerEvent, PassagesFound
from desktop.assistant import Assistant
from desktop.followup import understand
from desktop.library import Library

QUESTIONS = Path(__file__).parents[1] / "data" / "questions-dev.jsonl"
DEV = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]

RULES = "Welche Regeln gelten in Essen für Chatbots?"
LABEL = "Muss ich KI-Texte kennzeichnen?"
ARTICLE = "Was verlangt Art. 50 der KI-Verordnung?"
CHARTER = "Was schreibt die Essener Charta vor?"


@pytest.mark.parametrize(
    ("previous", "question", "understood"),
    [
        (RULES, "Und in Wien?", "Welche Regeln gelten in Wien für Chatbots?"),
        (RULES, "Und Wien?", "Welche Regeln gelten in Wien für Chatbots?"),
        (RULES, "Wie sieht es in Wien aus?", "Welche Regeln gelten in Wien für Chatbots?"),
        (RULES, "Und im Saarland?", "Welche Regeln gelten in Essen für Chatbots – und im Saarland?"),
        (
            RULES,
            "Und wer entscheidet das?",
            "Welche Regeln gelten in Essen für Chatbots – und wer entscheidet das?",
        ),
        (LABEL, "Und in Wien?", "Muss ich KI-Texte kennzeichnen – in Wien?"),
        (LABEL, "Und was gilt für Bilder?", "Muss ich KI-Texte kennzeichnen – und was gilt für Bilder?"),
        (
            LABEL,
            "Gilt das auch für Praktikanten?",
            "Muss ich KI-Texte kennzeichnen – gilt das auch für Praktikanten?",
        ),
        (LABEL, "Warum?", "Muss ich KI-Texte kennzeichnen – warum?"),
        (LABEL, "warum", "Muss ich KI-Texte kennzeichnen – warum?"),
        (LABEL, "Und nach der DSGVO?", "Muss ich KI-Texte kennzeichnen – und nach der DSGVO?"),
        (LABEL, "Ist das erlaubt?", "Muss ich KI-Texte kennzeichnen – ist das erlaubt?"),
        (ARTICLE, "Und bei Art. 26?", "Was verlangt Art. 26 der KI-Verordnung?"),
        (ARTICLE, "Und nach § 35a?", "Was verlangt Art. 50 der KI-Verordnung – und nach § 35a?"),
        ("Welche Dokumente stammen aus 2024?", "Und aus 2023?", "Welche Dokumente stammen aus 2023?"),
        ("Welche gibt es von 2021 bis 2024?", "Und 2023?", "Welche gibt es von 2021 bis 2024 – und 2023?"),
        (CHARTER, "Und in Wien?", "Was schreibt die Essener Charta vor – und in Wien?"),
    ],
)
def test_a_follow_up_becomes_a_whole_question(
    shipped: Library, previous: str, question: str, understood: str
) -> None:
    assert understand(question, previous, shipped.tools) == understood


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "Was gilt für Bilder?",
        "Und wie viele Unterschriften braucht ein Bürgerbegehren?",
        "Warum müssen KI-Texte gekennzeichnet werden?",
        "Wer haftet für Fehler eines Chatbots?",
        "Kennzeichnung Wien",
        "In welchen Städten gibt es eine Kennzeichnungspflicht?",
        "Für wen gilt die Dienstanweisung aus Schorndorf?",
        "Darf ich das Protokoll mit KI schreiben?",
        "Und? Das war keine Antwort. Gilt das auch hier?",
    ],
)
def test_a_question_that_stands_alone_is_not_touched(shipped: Library, question: str) -> None:
    assert understand(question, RULES, shipped.tools) == ""


def test_no_dev_question_is_touched_whatever_went_before(shipped: Library) -> None:
    touched = [
        (question, understood)
        for number, question in enumerate(DEV)
        for previous in (DEV[number - 1], DEV[number - 17], DEV[number - 31], RULES, CHARTER)
        if (understood := understand(question, previous, shipped.tools))
    ]
    assert touched == []


def test_without_a_question_before_nothing_is_made_up(shipped: Library) -> None:
    assert understand("Und in Wien?", "", shipped.tools) == ""
    assert understand("Und in Wien?", "x" * 1000, shipped.tools) == ""


def test_follow_ups_can_be_chained(shipped: Library) -> None:
    first = understand("Und in Wien?", RULES, shipped.tools)
    assert understand("Und in Kiel?", first, shipped.tools) == "Welche Regeln gelten in Kiel für Chatbots?"


def test_the_assistant_searches_what_it_understood_and_says_so(shipped: Library) -> None:
    events: list[AnswerEvent] = []
    assistant = Assistant(shipped, None)
    previous = "Welche Kennzeichnungspflicht gilt in Essen für Inhalte mit KI?"
    answer = assistant.ask("Und in Wien?", None, events.append, previous=previous)
    assert answer.question == "Und in Wien?"
    assert answer.understood == "Welche Kennzeichnungspflicht gilt in Wien für Inhalte mit KI?"
    assert answer.sources[0].document.id == "wien"
    assert isinstance(events[0], PassagesFound)
    assert events[0].understood == answer.understood
    assert assistant.ask(previous, previous="Und in Wien?").understood == ""
