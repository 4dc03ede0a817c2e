"""Claims made from sentences get the label that follows from how they were made."""

import random

import pytest

from models.reader.made_claims import (
    CONTRADICTED,
    SUPPORTED,
    UNSUPPORTED,
    denied,
    joined,
    made_claims,
    recounted,
    shortened,
    turned,
)

CHANCE = random.Random(0)  # noqa: S311 - repeatable draws


@pytest.mark.parametrize(
    ("sentence", "changed"),
    [
        ("Hunde dürfen nicht in den Park.", "Hunde dürfen in den Park."),
        ("Es wird keine Gebühr erhoben.", "Es wird eine Gebühr erhoben."),
        ("Keine Gebühr fällt dafür an.", "Eine Gebühr fällt dafür an."),
        ("Der Antrag braucht einen Nachweis.", "Der Antrag braucht keinen Nachweis."),
        ("Das Amt ist am Montag offen.", "Das Amt ist nicht am Montag offen."),
        ("Das Amt öffnet am Montag früh.", ""),
    ],
)
def test_a_denial(sentence: str, changed: str) -> None:
    assert denied(sentence, CHANCE) == changed


def test_a_number_changes_and_nothing_else() -> None:
    changed = recounted("Die Steuer beträgt 96 Euro im Jahr.", CHANCE)
    assert changed != "Die Steuer beträgt 96 Euro im Jahr."
    assert changed.startswith("Die Steuer beträgt ")
    assert changed.endswith(" Euro im Jahr.")
    assert recounted("Ohne Zahl.", CHANCE) == ""


def test_opposites_side_clauses_and_halves() -> None:
    assert turned("Es sind mindestens drei Wochen.", CHANCE) == "Es sind höchstens drei Wochen."
    assert turned("Es sind drei Wochen.", CHANCE) == ""
    assert shortened("Das Bad bleibt zu, weil das Dach undicht ist.") == "Das Bad bleibt zu."
    assert shortened("Wer kommt, der bleibt.") == "Wer kommt, der bleibt."
    assert joined("Eins zwei drei vier.", "Fünf sechs sieben acht.") == "Eins zwei sieben acht."


def test_made_claims_know_their_sentence_and_label() -> None:
    sentences = (
        "Der Hund ist an der Leine zu führen.",
        "Die Steuer beträgt 96 Euro im ganzen Jahr.",
        "Kurz.",
    )
    for seed in range(20):
        claims = made_claims(sentences, ["Der Friedhof öffnet um acht Uhr morgens."], random.Random(seed))  # noqa: S311
        assert {claim.label for claim in claims} == {SUPPORTED, CONTRADICTED, UNSUPPORTED}
        for claim in claims:
            if claim.label == SUPPORTED:
                assert claim.text == sentences[claim.sentence or 0]
            if claim.label == CONTRADICTED:
                assert claim.sentence is not None
                assert claim.text != sentences[claim.sentence]
            if claim.label == UNSUPPORTED:
                assert claim.sentence is None
                assert claim.text not in sentences
    assert made_claims(("Zu kurz.",), [], CHANCE) == ()
