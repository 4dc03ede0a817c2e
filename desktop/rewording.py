"""What happens to an answer that the model worded anew. Knows no Qt."""

from dataclasses import replace

from desktop.answer import Answer, Ending


def split_notes(answer: Answer) -> tuple[tuple[str, ...], str]:
    """Return the notes about the search and the one about the wording, "" if the model was not heard to the end."""
    if answer.ending is Ending.DONE and answer.model and answer.notes:
        return answer.notes[:-1], answer.notes[-1]
    return answer.notes, ""


def accept_rewording(old: Answer, new: Answer) -> Answer | None:
    """Return ``old`` with the wording of ``new``, None if nothing new came of it.

    A check by the clerk was of the old wording and does not hold for the new one.
    """
    if new.ending is not Ending.DONE or not new.sentences or new.text == old.text:
        return None
    about_search, _ = split_notes(old)
    _, about_wording = split_notes(new)
    notes = (*about_search, about_wording) if about_wording else about_search
    return replace(new, notes=notes, problem="", checked_by="", checked_at="")
