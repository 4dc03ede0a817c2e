"""Lists stand in the order that a German reader expects."""

import random

import pytest

from desktop.german import sort_key


@pytest.mark.parametrize(
    "expected",
    [
        ["Aachen", "Ämter", "Anlage", "Ärzte", "Zürich"],
        ["Strasse A", "Straße B", "Strasse C"],
        ["Anlage 2", "Anlage 9", "Anlage 10", "Anlage 100"],
        ["§ 3 GemO", "§ 24 SGB VIII", "Abfall"],
        ["1. Änderung", "2. Änderung", "Änderung"],
        ["Muller", "Müller", "Mullers"],
        ["", "„Amt“", "Bad Homburg", "Bad-Münster", "Baden"],
        ["Lodz", "Łódź", "Öl", "Ørsted"],
        ["ki", "KI-Pass", "KI-Werkstatt"],
    ],
)
def test_the_order_of_a_dictionary(expected: list[str]) -> None:
    for seed in range(5):
        mixed = list(expected)
        random.Random(seed).shuffle(mixed)  # noqa: S311 - repeatable draws, nothing secret
        assert sorted(mixed, key=sort_key) == expected


def test_the_order_of_texts_that_differ_in_marks_only_is_always_the_same() -> None:
    assert sorted(["Müller", "Muller"], key=sort_key) == sorted(["Muller", "Müller"], key=sort_key)
    assert sort_key("Müller") != sort_key("Muller")


def test_digits_of_other_scripts_and_superscripts_do_no_harm() -> None:
    assert sort_key("m²")
    assert sort_key("٣ Seiten") < sort_key("4 Seiten")
