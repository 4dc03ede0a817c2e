"""What the model writes counts only if the cited sentences hold its words, numbers, names and tone."""

import pytest

from desktop.checks import check_sentence, cut_answer
from models.prompt import INSTRUCTIONS

EVIDENCE = {
    1: (
        "In Wien gilt eine Kennzeichnungspflicht: Wo Inhalte mit KI entstanden sind, muss das sichtbar gemacht werden.",
        "Beschäftigte dürfen WienKI nutzen, aber keine Personendaten eingeben.",
    ),
    2: ("Das Bürgerbegehren müssen mindestens sieben Prozent der Bürger unterzeichnen, höchstens 20.000.",),
    3: (
        "Die Stadt Essen beschloss die Charta am 28. August 2024 nach § 4 der Satzung und plant 30.000 Euro ein.",
    ),
    4: (
        "Der Gemeinderat ordnet die Einwohnerversammlung an, der Bürgermeister beruft sie ein und leitet sie.",
        "In Ortschaften setzt sie der Ortsvorsteher an.",
        "Der Bürgermeister antwortet binnen drei Tagen.",
    ),
}
CONTEXT = {
    1: "Stadt Wien KI-Kompass Kennzeichnung",
    2: "Gemeindeordnung Bürgerbegehren",
    3: "Stadt Essen Charta",
    4: "Gemeindeordnung",
}


def failure(sentence: str) -> str:
    return check_sentence(sentence, EVIDENCE, CONTEXT, INSTRUCTIONS).failure


@pytest.mark.parametrize(
    "sentence",
    [
        "In Wien gilt eine Kennzeichnungspflicht [1].",
        "Beschäftigte dürfen WienKI nutzen, aber keine Personendaten eingeben. [1]",
        "Die Stadt Essen beschloss die Charta am 28.08.2024 [3].",
        "Die Stadt Essen beschloss die Charta am 28. August 2024.",
        "Wo Inhalte mit KI entstanden sind, muss das sichtbar gemacht werden. [1]",
    ],
)
def test_a_sentence_that_the_evidence_holds_passes(sentence: str) -> None:
    assert failure(sentence) == ""


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("In Linz gilt eine Kennzeichnungspflicht [1].", "words"),
        ("Die Stadt Essen beschloss die Charta am 29. August 2024 [3].", "words"),
        ("Die Stadt Essen plant 40.000 Euro ein [3].", "words"),
        ("Die Stadt Essen plant 30.000 Euro ein [3].", "order"),
        ("Die Stadt Essen beschloss die Charta nach § 5 der Satzung [3].", "words"),
        ("Die Stadt Essen beschloss die Charta am 28. August 2024 [1].", "words"),
        ("In Wien gilt keine Kennzeichnungspflicht [1].", "tone"),
        ("Beschäftigte dürfen Personendaten eingeben [1].", "tone"),
        ("Beschäftigte müssen WienKI nutzen [1].", "tone"),
        ("Das Bürgerbegehren können sieben Prozent der Bürger unterzeichnen [2].", "tone"),
        ("Die Charta beschloss die Stadt Essen am 28. August 2024.", "order"),
        ("Der Gemeinderat leitet die Einwohnerversammlung [4].", "order"),
        ("Der Gemeinderat leitet sie [4].", "order"),
        ("Der Ortsvorsteher beruft sie ein [4].", "words"),
        ("Der Bürgermeister hatte binnen drei Tagen [4].", "tone"),
        ("Der Bürgermeister antwortet binnen 3 Tagen [4].", "words"),
        ("Ja, aber ohne Blitz.", "no_source"),
        ("Hundesteuer kostet 120 Euro [7].", "words"),
        ("Ja [1].", "too_short"),
        ("Du darfst sie kürzen, aber keine Wörter ändern [1].", "prompt"),
        ("Das ist eben so [1].", "no_content"),
    ],
)
def test_a_sentence_that_the_evidence_does_not_hold_fails(sentence: str, reason: str) -> None:
    assert failure(sentence) == reason


def test_an_uncited_sentence_is_held_against_the_closest_passage() -> None:
    checked = check_sentence("Die Stadt Essen beschloss die Charta.", EVIDENCE, CONTEXT, INSTRUCTIONS)
    assert (checked.citations, checked.failure) == ((3,), "")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("Eins gilt [1]. Zwei auch [2].", ["Eins gilt [1].", "Zwei auch [2]."]),
        ("Eins gilt. [1] Zwei auch. [2]", ["Eins gilt. [1]", "Zwei auch. [2]"]),
        ("Am 8. Oktober gilt § 4 Abs. 2. [1, 2]", ["Am 8. Oktober gilt § 4 Abs. 2. [1, 2]"]),
        ("Noch nicht fertig", ["Noch nicht fertig"]),
    ],
)
def test_sentences_keep_their_citations(text: str, pieces: list[str]) -> None:
    assert cut_answer(text) == pieces


def test_the_shown_sentence_is_free_of_marks() -> None:
    checked = check_sentence(
        "- In Wien gilt eine Kennzeichnungspflicht [1] .", EVIDENCE, CONTEXT, INSTRUCTIONS
    )
    assert checked.text == "In Wien gilt eine Kennzeichnungspflicht."
    assert checked.citations == (1,)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Die Charta kostet nichts.", "tone"),
        ("Die Charta gilt bis 2. August 2026.", "tone"),
        ("Jede Charta gilt seit 2. August 2026.", "tone"),
        ("Die Charta ist am Anfang teuer.", "tone"),
        ("Die Charta gilt seit 2. August 2026.", ""),
    ],
)
def test_small_words_that_turn_a_sentence_over_must_stand_in_the_source(sentence: str, reason: str) -> None:
    source = (
        "Die Charta gilt seit 2. August 2026.",
        "Die Charta kostet 30 Euro.",
        "Die Charta war am Anfang teuer.",
    )
    assert check_sentence(sentence, {1: source}, {1: ""}, INSTRUCTIONS).failure == reason


@pytest.mark.parametrize(
    ("sentence", "failure"),
    [
        ("§ 129 GemO erlaubt, die Amtszeit für beendet zu erklären.", ""),
        ("§ 128 GemO erlaubt, die Amtszeit für beendet zu erklären.", "order"),
        ("In Hamburg erlaubt § 129 GemO, die Amtszeit für beendet zu erklären.", "order"),
        ("§ 129 GemO Hamburg erlaubt, die Amtszeit für beendet zu erklären.", ""),
    ],
)
def test_a_word_of_the_heading_is_added_and_never_put_in_place_of_another(
    sentence: str, failure: str
) -> None:
    source = ("§ 129 GemO erlaubt, die Amtszeit für beendet zu erklären.",)
    context = "Hamburg, Amtszeit nach § 128"
    assert check_sentence(sentence, {1: source}, {1: context}, INSTRUCTIONS).failure == failure


@pytest.mark.parametrize(
    ("sentence", "failure"),
    [
        ("Keine Pflicht enthält Art. 50 nicht.", "tone"),
        ("Eine Pflicht enthält Art. 50 nicht.", ""),
        ("Eine Pflicht enthält nicht Art. 50.", "order"),
        ("Nicht unter die Regel fällt Software: Dafür braucht es weiterhin keine Freigabe.", "tone"),
    ],
)
def test_what_is_denied_stays_denied_and_nothing_else(sentence: str, failure: str) -> None:
    source = (
        "Eine Pflicht enthält Art. 50 nicht.",
        "Nicht unter die Regel fällt Software: Dafür braucht es weiterhin eine Freigabe.",
    )
    assert check_sentence(sentence, {1: source}, {1: ""}, INSTRUCTIONS).failure == failure
