import pytest

from desktop.strict_check import unsupported_reason

SOURCE = "Beschäftigte der Stadt Wien dürfen seit dem 3. Mai 2024 keine Personendaten in WienKI eingeben."


@pytest.mark.parametrize(
    "sentence",
    [
        "Beschäftigte dürfen keine Personendaten eingeben.",
        "Die Beschäftigten dürfen seit Mai 2024 keine Personendaten in WienKI eingeben.",
    ],
)
def test_words_of_the_source_pass(sentence: str) -> None:
    assert unsupported_reason(sentence, [SOURCE]) == ""


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Beschäftigte dürfen keine Hundedaten eingeben.", "word Hundedaten"),
        ("Seit 2025 dürfen Beschäftigte keine Personendaten eingeben.", "number 2025"),
        ("Seit dem 30. Mai 2024.", "number 30"),
        ("Beschäftigte müssen Personendaten eingeben.", "word müssen"),
    ],
)
def test_anything_else_is_named(sentence: str, reason: str) -> None:
    assert unsupported_reason(sentence, [SOURCE]) == reason


def test_no_source_is_no_support() -> None:
    assert unsupported_reason("Etwas gilt.", []) == "cites nothing"


def test_a_turn_must_stand_in_the_closest_sentence() -> None:
    sources = [SOURCE, "Andere Städte müssen das noch regeln."]
    assert (
        unsupported_reason("Beschäftigte der Stadt Wien müssen Personendaten eingeben.", sources)
        == "turn müssen"
    )
