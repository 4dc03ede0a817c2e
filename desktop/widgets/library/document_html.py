"""A whole document as HTML, to be read and to be printed. Knows no Qt."""

from dataclasses import dataclass
from datetime import date
from html import escape

from desktop.document_age import age_of
from desktop.document_place import Place
from desktop.full_document import FullDocument
from desktop.holdings import Column, facts_line
from desktop.texts import library as texts
from desktop.texts import window
from desktop.widgets.marked_text import ANCHOR, find_marks, marked_html

NOWHERE = Place("", "")


@dataclass(frozen=True)
class DocumentHtml:
    """``target`` is the anchor of the place that was wanted, "" for the beginning."""

    html: str
    target: str
    marked: bool  # a sentence is marked


def section_anchor(number: int) -> str:
    """Return the anchor of section ``number``, from 0."""
    return f"abschnitt-{number}"


def document_html(
    document: FullDocument, today: date, place: Place = NOWHERE, *, titled: bool = False
) -> DocumentHtml:
    """Return ``document`` with the sentence of ``place`` marked; its title stands elsewhere unless ``titled``."""
    wanted = document.section_of(place)
    parts = [f"<h2>{escape(document.info.title)}</h2>"] if titled else []
    parts.append(_head(document, today))
    marked = False
    for number, part in enumerate(document.parts):
        here = number == wanted
        marks = find_marks(part.text, place.sentence, place.evidence) if here else ()
        marked = marked or bool(marks)
        # With a space: an anchor without text is lost.
        parts.append(
            f'<h3 class="section"><a name="{section_anchor(number)}"> </a>{escape(part.heading)}</h3>'
        )
        parts.append(marked_html(part.text, marks))
    target = ANCHOR if marked else section_anchor(wanted) if wanted is not None else ""
    return DocumentHtml("".join(parts), target, marked)


def printed_html(document: FullDocument, today: date) -> str:
    """Return ``document`` for paper, with its title, and its sources at the end."""
    addresses = "".join(f"<li>{escape(address)}</li>" for address in document.info.sources)
    sources = f"<h3>{escape(window.SOURCES_ADDRESSES)}</h3><ul>{addresses}</ul>" if addresses else ""
    named = f'<p class="facts">{escape(window.DIGEST)}</p>' if document.info.digest else ""
    return named + document_html(document, today, titled=True).html + sources


def _head(document: FullDocument, today: date) -> str:
    info = document.info
    age = age_of(info, today)
    meaning = (texts.DIGEST_MEANING,) if info.digest else ()
    lines = [facts_line(document.holding, (Column.DATE,)), " · ".join((*age.facts, *meaning))]
    facts = "".join(f'<p class="facts">{escape(line)}</p>' for line in lines if line)
    warning = f'<table><tr><td class="note">{escape(age.warning)}</td></tr></table>' if age.warning else ""
    return facts + warning
