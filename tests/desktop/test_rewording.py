"""When a new wording counts, and what becomes of notes and marks."""

from desktop.answer import Ending, Style
from desktop.rewording import accept_rewording, split_notes


def test_a_new_wording_keeps_the_notes_of_the_search_and_loses_the_check(answer_maker) -> None:
    old = answer_maker(notes=("Suche.", "2 von 2 Sätzen belegt."), checked_by="MK", checked_at="2026")
    new = answer_maker(text="Kurz [1].", notes=("Der Satz ist belegt.",), style=Style.SHORTER)
    accepted = accept_rewording(old, new)
    assert accepted is not None
    assert accepted.notes == ("Suche.", "Der Satz ist belegt.")
    assert (accepted.text, accepted.style) == ("Kurz [1].", Style.SHORTER)
    assert (accepted.checked_by, accepted.checked_at) == ("", "")


def test_nothing_new_and_nothing_whole_is_not_accepted(answer_maker) -> None:
    old = answer_maker()
    assert accept_rewording(old, answer_maker()) is None
    assert accept_rewording(old, answer_maker(text="Neu", sentences=())) is None
    assert accept_rewording(old, answer_maker(text="Halb [1].", ending=Ending.STOPPED)) is None


def test_only_a_model_heard_to_the_end_has_a_note_of_its_own(answer_maker) -> None:
    assert split_notes(answer_maker(notes=("a", "b"))) == (("a",), "b")
    assert split_notes(answer_maker(notes=("a", "b"), ending=Ending.STOPPED)) == (("a", "b"), "")
    assert split_notes(answer_maker(notes=("a",), model=None)) == (("a",), "")
    assert split_notes(answer_maker(notes=())) == ((), "")
