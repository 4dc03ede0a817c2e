"""Sentences made to measure the checks: the same ones each time, and false where they are to be."""

import random

import pytest

from bench.claims import (
    TRUE_KINDS,
    Judged,
    Made,
    choose_limits,
    cut_short,
    exchanged,
    make_sentences,
    other_modal,
)

CHANCE = random.Random(0)  # noqa: S311 - repeatable draws


def test_the_same_sentences_are_made_each_time() -> None:
    made = make_sentences(20)
    assert made == make_sentences(20)
    assert {item.kind for item in made} >= {*TRUE_KINDS, "number", "denial", "spliced"}
    assert all(item.source in item.evidence for item in made)
    assert all(item.text not in item.evidence for item in made if not item.true)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Der Rat tagt offen (§ 35), damit alle zuhören können.", "Der Rat tagt offen (§ 35)."),
        ("Der Rat tagt offen (§ 35) im Saal.", "Der Rat tagt offen im Saal."),
        ("Der Rat tagt offen im Saal; er lädt ein.", "Der Rat tagt offen im Saal."),
        ("Der Rat tagt offen im Saal.", ""),
    ],
)
def test_only_what_the_rest_does_not_need_is_left_out(sentence: str, expected: str) -> None:
    assert cut_short(sentence) == expected


def test_another_modal_verb_stands_where_one_stood() -> None:
    assert other_modal("Der Rat muss tagen.", CHANCE) == "Der Rat kann tagen."
    assert other_modal("Der Rat tagt.", CHANCE) == ""


def test_another_place_stands_where_one_stood() -> None:
    changed = exchanged("Die Stadtwerke in Essen haben Regeln.", CHANCE)
    assert changed.startswith("Die Stadtwerke in ")
    assert "Essen" not in changed
    assert exchanged("Der Beirat tagt.", CHANCE) == ""


def test_the_limits_stop_few_shortened_sentences_of_their_half() -> None:
    judged = [
        Judged(Made(kind, "a", "b", ("b",), "", half), stopped=False, against=float(odds + 1000 * half))
        for kind, half in (("shortened", 0), ("shortened", 1), ("copied", 0), ("number", 1))
        for odds in (range(100) if kind == "shortened" else range(5000, 5100))
    ]
    for half, limit in enumerate(choose_limits(judged)):
        own = [item for item in judged if item.made.half == half and item.made.kind == "shortened"]
        assert 0 < sum(item.vetoed(limit) for item in own) <= 2
