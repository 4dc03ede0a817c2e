"""The Antwort-Nachweis holds what a file needs, word for word, in both forms."""

import io
from html.parser import HTMLParser
from importlib.metadata import version

import pypdf
import pytest
from markdown import markdown
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.answer import AnswerSentence, State
from desktop.proof import make_proof, program_name, proof_html, proof_markdown, proof_name
from desktop.proof_pdf import make_pdf
from desktop.texts import proof as texts
from desktop.texts import window
from desktop.texts.answers import NOTHING_BUT_NEAR

MADE = "2026-11-22T14:05:10+01:00"
A4_PT = (595, 842)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def words(html: str) -> str:
    """Return the words of ``html`` as they are read, without line breaks."""
    reader = _Text()
    reader.feed(html)
    return " ".join(" ".join(reader.parts).split())


def pages(html: str) -> list[str]:
    """Return the text of each page of the PDF, without line breaks."""
    read = pypdf.PdfReader(io.BytesIO(make_pdf([html], texts.TITLE, program_name())))
    assert [round(side) for side in read.pages[0].mediabox[2:]] == list(A4_PT)
    return [" ".join(page.extract_text().split()) for page in read.pages]


def squeezed(text: str) -> str:
    """Return ``text`` without white space: a long address is broken at the end of a line."""
    return "".join(text.split())


def test_both_forms_hold_everything(qapp: QApplication, answer_maker) -> None:
    answer = answer_maker(
        "Und in Wien?",
        understood="Muss ich in Wien größere Bilder kennzeichnen?",
        checked_by="MK",
        checked_at="2026-11-23T08:00:00+01:00",
        collections=("recht",),
        notes=("Gesucht wurde auch nach: „Wien“", "2 von 2 Sätzen belegt."),
    )
    blocks = make_proof(answer, MADE, {"recht": "Recht und Satzung"})
    for text in (words(markdown(proof_markdown(blocks))), " ".join(pages(proof_html(blocks)))):
        for wanted in (
            *(answer.question, answer.understood, window.STATE_SUPPORTED, *answer.evidence),
            *("Stadt Schorndorf, Dienstanweisung", "Datenschutz und Sicherheit (2)", "Oktober 2024"),
            *("abgerufen 22.11.2026", texts.DIGEST_VALUE, *answer.sources[0].document.sources),
            *(answer.model, answer.model_sha256, answer.index_hash, program_name(), "Recht und Satzung"),
            *("Geprüft am 23.11.2026, 08:00 Uhr von MK.", "22.11.2026, 14:05 Uhr", *answer.notes),
            *(texts.AI_NOTE, texts.DUTY),
        ):
            assert squeezed(wanted) in squeezed(text), wanted


def test_without_a_wording_no_ai_note_but_the_duty(answer_maker) -> None:
    text = proof_markdown(make_proof(answer_maker(sentences=(), text="", model=None), MADE))
    assert texts.AI_NOTE not in text
    assert texts.NO_AI_NOTE in text
    assert texts.DUTY in text
    assert texts.NO_MODEL in text
    assert texts.NOT_CHECKED in text
    assert version("leitstern") in text


def test_where_nothing_was_found_the_nearest_passages_are_named(answer_maker) -> None:
    refused = answer_maker(
        state=State.NOTHING, refused=True, sentences=(), evidence=(), text=NOTHING_BUT_NEAR, notes=()
    )
    text = proof_markdown(make_proof(refused, MADE))
    assert window.STATE_NOTHING in text
    assert texts.NEAREST in text
    assert refused.sources[2].sentence in text
    bare = proof_markdown(make_proof(answer_maker(sources=(), evidence=(), sentences=(), text=""), MADE))
    assert texts.NO_EVIDENCE in bare


def test_a_list_from_the_database_is_taken_over_with_its_passages(answer_maker) -> None:
    listed = answer_maker(
        form="list",
        sentences=(),
        evidence=(),
        text="**Zwei** Dokumente:\n\n- Wien [2]\n- Hamm [3]",
        model=None,
    )
    blocks = make_proof(listed, MADE)
    text = words(markdown(proof_markdown(blocks)))
    assert texts.OVERVIEW in text
    assert "Zwei Dokumente: Wien [2] Hamm [3]" in text
    assert "[3] Stadt Schorndorf" in text
    assert "[1] Stadt Schorndorf" not in text
    assert "<strong>Zwei</strong>" in proof_html(blocks)


@pytest.mark.parametrize(
    "poison",
    [
        "<script>alert(1)</script>",
        "**fett** _kursiv_ `code` ~~weg~~",
        "[klick](http://example.org) ![bild](http://example.org/x.png)",
        "# Überschrift",
        "- Punkt",
        "1. Punkt",
        "> Zitat",
        "&amp; &lt; &",
        "a | b",
        "[1]: http://example.org",
        "C:\\Neu\\*",
    ],
)
def test_no_character_of_a_question_acts_as_formatting(qapp: QApplication, answer_maker, poison: str) -> None:
    """Whoever reads the file later sees what was asked, not what the asker's signs could do."""
    answer = answer_maker(poison, sentences=(AnswerSentence("x", (1,), True),), text="Ja [1].")
    blocks = make_proof(answer, MADE)
    html = markdown(proof_markdown(blocks))
    assert poison in words(html)
    for tag in ("<script", "<em>", "<code>", "<a ", "<img"):
        assert tag not in html
    assert poison in pages(proof_html(blocks))[0]


def test_pages_are_numbered_and_no_line_stands_twice(qapp: QApplication, answer_maker) -> None:
    sentences = tuple(f"Satz Nummer {number} über größere Übungen." for number in range(150))
    hit = answer_maker().sources[0]
    long = answer_maker(
        sources=(hit.__class__(**{**vars(hit), "text": " ".join(sentences)}),), evidence=sentences
    )
    read = pages(proof_html(make_proof(long, MADE)))
    assert len(read) > 3
    for number, page in enumerate(read, start=1):
        assert page.endswith(texts.PAGE.format(page=number, pages=len(read)))
    whole = " ".join(read)
    assert [whole.count(sentence) for sentence in sentences] == [1] * len(sentences)


@pytest.mark.parametrize("lines", range(24, 38))
def test_a_heading_never_ends_a_page(qapp: QApplication, lines: int) -> None:
    html = "<h1>Titel</h1>" + "<p>Zeile</p>" * lines + "<h2>Oben</h2><h3>Darunter</h3><p>Text</p>"
    assert [page.count("Oben Darunter Text") for page in pages(html)][-1] == 1


def test_a_check_sum_is_copied_letter_by_letter(qapp: QApplication) -> None:
    """A font that joins ff and fi would give other characters."""
    sums = " ".join(["ffa1fi", "0fffl", "ff" * 32])
    html = f"<p>{sums}</p><ul><li><b>{sums}</b></li></ul><blockquote>{sums}</blockquote>"
    assert squeezed("".join(pages(html))).count(squeezed(sums)) == 3


@pytest.mark.parametrize("lines", range(36, 44))
def test_a_heading_before_a_list_never_ends_a_page(qapp: QApplication, lines: int) -> None:
    html = f"<p>Anfang</p><ul>{'<li>Zeile</li>' * lines}</ul><h3>Oben</h3><ul><li>Text</li></ul>"
    assert [page.count("Oben Text") for page in pages(html)][-1] == 1


def test_the_pdf_is_for_the_archive_and_black_on_white_in_any_theme(qapp: QApplication) -> None:
    before = QGuiApplication.palette()
    light = QPalette(before)
    light.setColor(QPalette.ColorRole.Text, QColor("white"))
    QGuiApplication.setPalette(light)
    try:
        pdf = make_pdf(["<p>Prüfung</p>"], texts.TITLE, program_name())
    finally:
        QGuiApplication.setPalette(before)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.creator) == (texts.TITLE, program_name())
    assert b'pdfaid:part="1" pdfaid:conformance="B"' in pdf
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "de-DE"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/OutputIntents" in catalogue
    fonts = reader.pages[0]["/Resources"]["/Font"]
    assert all("/ToUnicode" in font.get_object() for font in fonts.values())
    content = reader.pages[0].get_contents()
    assert content is not None
    assert b"1 1 1 scn" not in content.get_data()


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Muss ich Bilder mit einer Kennzeichnung versehen?", "Antwort-Nachweis_2026-11-22_Kennzeichnung"),
        ("Muss ich das kennzeichnen?", "Antwort-Nachweis_2026-11-22_kennzeichnen"),
        ("../../etc/passwd", "Antwort-Nachweis_2026-11-22_passwd"),
        ("?", "Antwort-Nachweis_2026-11-22"),
        ("Gilt das " + "A" * 50 + "?", "Antwort-Nachweis_2026-11-22_" + "A" * 40),
    ],
)
def test_the_name_is_sensible_and_safe(answer_maker, question: str, name: str) -> None:
    assert proof_name(answer_maker(question, asked_at="2026-11-22T10:00:00+01:00")) == name
