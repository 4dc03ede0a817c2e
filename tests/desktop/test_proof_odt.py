"""The Antwort-Nachweis as OpenDocument text is made of real headings and lists, German, and always the same."""

import io
import itertools
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from odfdo import Document

from desktop.answer import Answer
from desktop.history_export import Form, export_answers
from desktop.proof import Facts, Formatted, Heading, Paragraph, Quote
from desktop.proof_odt import make_odt
from desktop.texts import history as history_texts
from desktop.texts import proof as texts

MADE = "2026-11-26T14:05:00+01:00"
MakeAnswer = Callable[..., Answer]


def opened(content: bytes) -> Document:
    """Read a file back."""
    return Document(io.BytesIO(content))


def test_it_is_german_has_a_title_and_no_pictures(answer_maker: MakeAnswer) -> None:
    content = export_answers([answer_maker()], Form.ODT, MADE)
    document = opened(content)
    assert document.meta.title == texts.TITLE
    assert document.language == "de-DE"
    styles = document.styles.serialize()
    assert isinstance(styles, bytes)
    assert b'fo:language="fr"' not in styles
    assert b'fo:language="de"' in styles
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.namelist()[0] == "mimetype"
        assert parts.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        assert set(parts.namelist()) == {
            "mimetype",
            "content.xml",
            "meta.xml",
            "settings.xml",
            "styles.xml",
            "META-INF/manifest.xml",
        }
        listed = {
            entry.get("{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path")
            for entry in ET.fromstring(parts.read("META-INF/manifest.xml"))  # noqa: S314 - our own file
        }
        assert listed == {"/", "content.xml", "meta.xml", "settings.xml", "styles.xml"}


def test_headings_are_headings_in_their_order(answer_maker: MakeAnswer) -> None:
    document = opened(export_answers([answer_maker(), answer_maker("Und das?")], Form.ODT, MADE))
    headings = [(int(one.level), one.text_recursive) for one in document.body.headers]
    assert headings[0] == (1, history_texts.EXTRACT)
    assert (2, history_texts.CONTENTS) in headings
    assert [text for level, text in headings if level == 1][1:] == [
        f"{history_texts.part(number, 2)} · {texts.TITLE}" for number in (1, 2)
    ]
    assert [one.get_attribute("text:style-name") for one in document.body.headers if int(one.level) == 1] == [
        "Heading_20_1",
        "NewPage",
        "NewPage",
    ]
    levels = document.styles.get_elements("//text:outline-level-style")
    assert not any(one.get_attribute("style:num-format") for one in levels), "headings have no numbers"
    steps = itertools.pairwise(headings)
    assert all(after[0] <= before[0] + 1 for before, after in steps), "no level is skipped"


def test_lists_strong_text_and_quotations_stay_what_they_are() -> None:
    blocks = (
        Heading(1, "Titel"),
        Paragraph("Wichtig", strong=True),
        Formatted("### Essen\n\n- **muss** prüfen\n- soll fragen\n\nEnde [1]."),
        Quote("„Satz“"),
        Facts((("Quelle", "https://example.org/?a=1&b=2"),)),
    )
    document = opened(make_odt([blocks], "Titel", MADE))
    lists = document.body.get_lists()
    assert [one.text_recursive.strip() for one in lists[0].get_elements("text:list-item")] == [
        "muss prüfen",
        "soll fragen",
    ]
    strong = [span.text_recursive for span in document.body.spans if span.style == "Strong"]
    assert strong == ["Wichtig", "muss"]
    assert [one.text_recursive for one in document.body.paragraphs if one.style == "Quotations"] == ["„Satz“"]
    assert "https://example.org/?a=1&b=2" in lists[1].text_recursive
    assert "Ende [1]." in document.get_formatted_text()


@pytest.mark.parametrize("text", ["a\x00b\x0bc", "<script>&amp;", "\ud800", "𝔄 \U0010ffff", "Zeile\nZeile"])
def test_no_text_can_spoil_the_file(text: str) -> None:
    blocks = (Heading(1, text), Paragraph(text), Quote(text), Formatted(text), Facts(((text, text),)))
    assert opened(make_odt([blocks], "Titel", MADE)).body.headers


def test_the_same_answer_gives_the_same_bytes(answer_maker: MakeAnswer) -> None:
    answer = answer_maker()
    assert export_answers([answer], Form.ODT, MADE) == export_answers([answer], Form.ODT, MADE)
