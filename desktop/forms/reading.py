"""Recognises the form of a question, and answers the forms that need no model."""

from collections.abc import Sequence

from desktop.forms.database import answer_listing
from desktop.forms.form import Form, FormAnswer
from desktop.forms.listing import read_listing
from desktop.library import Library
from guidelines_db.analysis import normalise


def read_form(question: str, library: Library) -> Form | None:
    """Return the form of ``question``; None for everything that passages have to answer."""
    text = " ".join(normalise(question).split())
    return read_listing(text, library.collections(), library.tools.gazetteer)


def answer_form(form: Form, library: Library, collections: Sequence[str] | None) -> FormAnswer:
    return answer_listing(form, library, collections)
