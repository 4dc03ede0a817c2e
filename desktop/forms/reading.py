"""Recognises the form of a question, and answers the forms that need no model."""

import re
from collections.abc import Sequence

from desktop.forms.compare import read_comparison
from desktop.forms.database import answer_listing
from desktop.forms.form import Form, FormAnswer, Kind
from desktop.forms.listing import read_listing
from desktop.forms.words import DOCUMENT_NOUN, LEVEL_NOUN
from desktop.library import Library
from guidelines_db.analysis import normalise
from guidelines_db.filters import NO_FILTERS, SearchFilters

MAX_QUESTION = 400  # characters; what is longer describes a case

_LISTS = re.compile(
    r"^(?:(?:in|bei|aus|von) )?(?:welche[nmr]?|wie\s?viele[nr]?|nenne?n?|liste|wo|wer)\b", re.IGNORECASE
)
_LACKS = re.compile(r"\b(?:kein\w*|nicht|nie|ohne|weder|fehl\w+)\b", re.IGNORECASE)


def asks_who_lacks(question: str) -> bool:
    """Tell whether a question lists who does not have or do something: no document can show that."""
    text = " ".join(normalise(question[:MAX_QUESTION]).split())
    noun = DOCUMENT_NOUN.search(text) or LEVEL_NOUN.search(text)
    return bool(noun and _LISTS.match(text) and _LACKS.search(text))


def read_form(question: str, library: Library) -> Form | None:
    """Return the form of ``question``; None for everything that passages have to answer, yes/no questions too.

    Recognition is conservative: a question that only looks like a list is left to the search.
    """
    if len(question) > MAX_QUESTION:
        return None
    text = " ".join(normalise(question).split())
    gazetteer = library.tools.gazetteer
    return read_listing(text, library.collections(), gazetteer) or read_comparison(text, gazetteer)


def answer_form(
    form: Form,
    library: Library,
    collections: Sequence[str] | None,
    chosen: SearchFilters = NO_FILTERS,
) -> FormAnswer | None:
    """Answer a list or how-many form from the documents that pass the filters ``chosen``.

    None if passages have to answer: the database has nothing on the topic, or ``form`` is a comparison.

    Raises:
        UnknownCollection: if one of ``collections`` does not exist.
        IndexDamaged: if an index turns out to be unreadable.
    """
    if form.kind is Kind.COMPARE:
        return None
    found = answer_listing(form, library, collections, chosen)
    return found if found.text else None
