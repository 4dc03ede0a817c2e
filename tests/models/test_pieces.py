"""Text is given out in whole characters, early, and never with a part of a stop text."""

import pytest

from models.pieces import Pieces


@pytest.mark.parametrize("step", [1, 2, 3, 5])
def test_characters_are_never_torn(step):
    data = "Grüße – § 5 €, 🎂 und 𝔄".encode()
    pieces = Pieces()
    shown = [pieces.feed(data[start : start + step]) for start in range(0, len(data), step)]
    assert "".join(shown) + pieces.rest() == data.decode()
    assert "\ufffd" not in "".join(shown)


def test_a_broken_end_becomes_one_sign():
    pieces = Pieces()
    assert pieces.feed("ä".encode()[:1]) == ""
    assert pieces.rest() == "\ufffd"


@pytest.mark.parametrize("step", [1, 2, 4, 50])
def test_a_stop_text_and_what_follows_is_never_shown(step):
    data = b"Ja, das ist so.\nFrage: Was noch?"
    pieces = Pieces(["Frage:", "\n\n"])
    shown = "".join(pieces.feed(data[start : start + step]) for start in range(0, len(data), step))
    assert shown + pieces.rest() == "Ja, das ist so.\n"
    assert pieces.stopped


def test_what_only_looked_like_a_stop_text_is_shown():
    pieces = Pieces(["Frage:"])
    assert pieces.feed(b"Eine Fra") == "Eine "
    assert pieces.feed(b"ktion") == "Fraktion"
    assert pieces.feed(b" Fra") == " "
    assert pieces.rest() == "Fra"
