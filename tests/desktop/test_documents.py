"""Documents without a window: how old they are, their places, their list, what is copied and printed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.document_age import age_of, months_since
from desktop.document_place import Place, place_of
from desktop.full_document import FullDocument, Part, with_source
from desktop.holdings import Column, Holding, Narrowing, Order, facts_line, kinds_of, listed
from desktop.texts import library as texts
from desktop.widgets.library.document_html import document_html, printed_html, section_anchor
from desktop.widgets.library.excerpt import excerpt_of, words_found
from desktop.widgets.library.import_report import report_text
from desktop.widgets.library.stored import LibraryState, read, written
from desktop.widgets.marked_text import ANCHOR
from guidelines_db.browse import FoundDocument, FoundPassage
from guidelines_db.filters import SearchFilters
from guidelines_db.own_store import ImportReport
from guidelines_db.results import DocumentInfo, Hit

TODAY = date(2026, 11, 26)
INFO = DocumentInfo(
    collection="ki-leitlinien",
    id="ulm",
    title="Leitlinie <KI>",
    publisher="Stadt Ulm",
    region="Baden-Württemberg",
    kind="leitlinie",
    published="2025-03",
    retrieved="2026-11-22",
    digest=True,
    sources=("https://example.org/a?b=1&c=2",),
    path="ulm.md",
    own=False,
)
DOCUMENT = FullDocument(
    Holding(INFO, "KI-Leitlinien", ("Ulm", "Baden-Württemberg"), ("Datenschutz",)),
    (
        Part("Zweck", (), "Darum geht es. Um Ordnung."),
        Part("Regeln", ("Datenschutz",), "Erstens gilt Vorsicht.\n\nZweitens gilt <Ruhe>. Drittens nichts."),
        Part("Regeln", (), "Ganz anders."),
    ),
)


@pytest.mark.parametrize(
    ("iso", "months"),
    [
        ("2026-11-26", 0),
        ("2026-10-27", 0),
        ("2026-10-26", 1),
        ("2026-10", 1),
        ("2025", 12),
        ("2023", 36),
        ("2027-01", 0),
        ("2026-13", None),
        ("2026-02-30", None),
        ("", None),
        ("unbekannt", None),
        ("2024-1-2-3", None),
    ],
)
def test_full_months_are_counted(iso: str, months: int | None) -> None:
    assert months_since(iso, TODAY) == months


@pytest.mark.parametrize(
    ("published", "retrieved", "digest", "warned"),
    [
        ("2025-03", "2026-11-22", True, ""),
        ("2023-11", "2026-11-22", True, ""),
        ("2023-10", "2026-11-22", True, texts.OLD_DOCUMENT.format(age="gut 3 Jahre")),
        ("2023", "2026-11-22", True, ""),
        ("2022", "2026-11-22", True, texts.OLD_DOCUMENT.format(age="4 Jahre")),
        ("", "2025-11-20", True, texts.OLD_DIGEST.format(age="1 Jahr")),
        ("", "2024-11-20", False, texts.OLD_COPY.format(age="2 Jahre")),
        ("", "", False, ""),
    ],
)
def test_what_is_old_is_warned_of(published: str, retrieved: str, digest: bool, warned: str) -> None:
    info = replace(INFO, published=published, retrieved=retrieved, digest=digest)
    expected = f"{warned} {texts.OLD_REMEDY}" if warned else ""
    assert age_of(info, TODAY).warning == expected


@pytest.mark.parametrize(
    ("published", "said"),
    [
        # By day.
        ("2026-11-26", "Veröffentlicht: 26.11.2026 (heute)"),
        ("2026-11-25", "Veröffentlicht: 25.11.2026 (gestern)"),
        ("2026-11-01", "Veröffentlicht: 01.11.2026 (vor 25 Tagen)"),
        ("2026-10-27", "Veröffentlicht: 27.10.2026 (vor 30 Tagen)"),
        ("2026-10-26", "Veröffentlicht: 26.10.2026 (vor 1 Monat)"),
        ("2024-11-27", "Veröffentlicht: 27.11.2024 (vor knapp 2 Jahren)"),
        ("2024-11-26", "Veröffentlicht: 26.11.2024 (vor 2 Jahren)"),
        # By month.
        ("2026-11", "Veröffentlicht: November 2026 (in diesem Monat)"),
        ("2026-10", "Veröffentlicht: Oktober 2026 (vor 1 Monat)"),
        ("2025-12", "Veröffentlicht: Dezember 2025 (vor 11 Monaten)"),
        ("2025-11", "Veröffentlicht: November 2025 (vor 1 Jahr)"),
        ("2025-08", "Veröffentlicht: August 2025 (vor gut 1 Jahr)"),
        ("2025-03", "Veröffentlicht: März 2025 (vor rund 1½ Jahren)"),
        ("2025-01", "Veröffentlicht: Januar 2025 (vor knapp 2 Jahren)"),
        ("2023-12", "Veröffentlicht: Dezember 2023 (vor knapp 3 Jahren)"),
        ("2015-12", "Veröffentlicht: Dezember 2015 (vor knapp 11 Jahren)"),
        # By year.
        ("2026", "Veröffentlicht: 2026"),
        ("2025", "Veröffentlicht: 2025 (im vorigen Jahr)"),
        ("2023", "Veröffentlicht: 2023 (vor 3 Jahren)"),
        ("2020", "Veröffentlicht: 2020 (vor 6 Jahren)"),
        # Ahead, and no date.
        ("2026-12", "Veröffentlicht: Dezember 2026"),
        ("2027", "Veröffentlicht: 2027"),
        ("bald", "Veröffentlicht: bald"),
        ("", texts.UNDATED),
    ],
)
def test_how_old_it_is_is_said(published: str, said: str) -> None:
    assert age_of(replace(INFO, published=published), TODAY).facts[0] == said


@pytest.mark.parametrize(
    ("place", "section"),
    [
        (Place("", ""), None),
        (Place("", "", "Regeln"), 1),
        (Place("", "", "Regeln", "Ganz anders."), 2),
        (Place("", "", "Umbenannt", "Ganz anders."), 2),
        (Place("", "", "Regeln", "Steht nicht mehr da."), 1),
        (Place("", "", "Weg", "Auch weg."), None),
    ],
)
def test_a_place_is_found_also_in_a_changed_document(place: Place, section: int | None) -> None:
    assert DOCUMENT.section_of(place) == section


def test_a_hit_is_a_place_with_the_sentences_of_the_answer_that_stand_there(hits: tuple[Hit, ...]) -> None:
    hit = hits[0]
    place = place_of(hit, (hit.sentence, "Steht anderswo."))
    assert (place.document, place.heading, place.sentence) == ("schorndorf", hit.section, hit.sentence)
    assert place.evidence == (hit.sentence,)


def test_the_html_escapes_marks_and_leads_to_the_sentence() -> None:
    made = document_html(DOCUMENT, TODAY, Place("", "", "Regeln", "Zweitens gilt <Ruhe>."))
    assert made.marked
    assert made.target == ANCHOR
    assert '<span class="marked">Zweitens gilt &lt;Ruhe&gt;.</span>' in made.html
    assert "<Ruhe>" not in made.html
    assert "Leitlinie" not in made.html.split(texts.DIGEST_MEANING)[0].split("Stadt Ulm")[0]
    assert document_html(DOCUMENT, TODAY, Place("", "", "Regeln")).target == section_anchor(1)
    assert document_html(DOCUMENT, TODAY).target == ""


def test_on_paper_stand_title_kind_of_text_and_sources() -> None:
    html = printed_html(DOCUMENT, TODAY)
    assert "Leitlinie &lt;KI&gt;" in html
    assert "Zusammenfassung, nicht der Wortlaut" in html
    assert "https://example.org/a?b=1&amp;c=2" in html


def test_what_is_copied_names_its_source() -> None:
    copied = with_source(" Erstens gilt Vorsicht. ", INFO, "Regeln")
    assert copied.splitlines() == [
        "Erstens gilt Vorsicht.",
        "",
        "Quelle: Stadt Ulm, Leitlinie <KI> (2025)",
        "Abschnitt: Regeln",
        "Zusammenfassung, nicht der Wortlaut. Quellen gelesen am 22.11.2026.",
        "https://example.org/a?b=1&c=2",
    ]


def make_holding(title: str, **values: object) -> Holding:
    """Return a document in the list."""
    info = replace(INFO, id=title, title=title, **values)  # type: ignore[arg-type]
    return Holding(info, "KI-Leitlinien", (info.region,), ())


def test_german_order_and_what_is_unknown_last() -> None:
    publishers = ("Zoo", "Öl", "Anlage 10", "Ärzte", "Anlage 9")
    unsorted = [make_holding(name, publisher=name) for name in publishers]
    sorted_ = listed(unsorted, Narrowing(), Order(Column.PUBLISHER))
    assert [one.info.publisher for one in sorted_] == ["Anlage 9", "Anlage 10", "Ärzte", "Öl", "Zoo"]
    mixed = [
        make_holding("a", published=""),
        make_holding("b", published="2024"),
        make_holding("c", published="2025-01"),
    ]
    for descending, expected in ((False, "bca"), (True, "cba")):
        shown = listed(mixed, Narrowing(), Order(Column.DATE, descending))
        assert "".join(one.info.title for one in shown) == expected


def test_narrowing_needs_all_of_it() -> None:
    holding = DOCUMENT.holding
    assert not Narrowing()
    assert Narrowing(
        ("ki-leitlinien",), ("leitlinie",), SearchFilters(("Baden-Württemberg",), ("Ulm",), 2025, 2025)
    ).passes(holding)
    for other in (
        Narrowing(("recht",)),
        Narrowing(kinds=("gesetz",)),
        Narrowing(filters=SearchFilters(places=("Essen",))),
        Narrowing(filters=SearchFilters(year_from=2026)),
    ):
        assert other
        assert not other.passes(holding)


def test_facts_leave_out_what_has_a_column() -> None:
    assert (
        facts_line(DOCUMENT.holding)
        == "Stadt Ulm · Baden-Württemberg · Leitlinie · März 2025 · KI-Leitlinien"
    )
    assert facts_line(DOCUMENT.holding, (Column.LAND, Column.DATE)) == "Stadt Ulm · Leitlinie · KI-Leitlinien"
    assert kinds_of([DOCUMENT.holding, make_holding("x", kind="")]) == (("leitlinie", "Leitlinie (1)"),)


def test_an_excerpt_begins_near_the_first_match() -> None:
    text = "Vorweg steht viel, das niemand sucht, und dann kommt die Leinenpflicht " + "und noch mehr " * 40
    start = text.index("Leinenpflicht")
    passage = FoundPassage(1, "Hunde", ((0, 5),), text, ((start, start + 13),))
    excerpt = excerpt_of(FoundDocument(INFO, (), (passage,), 3))
    assert excerpt.text.startswith("3 Stellen · Hunde: … ")
    assert excerpt.text.endswith(" …")
    assert [excerpt.text[first:last] for first, last in excerpt.ranges] == ["Hunde", "Leinenpflicht"]
    assert words_found(FoundDocument(INFO, (), (passage,), 3)) == ("hunde", "leinenpflicht")
    assert excerpt_of(FoundDocument(INFO, (), (), 0)).text == ""


def test_an_import_is_reported_in_sentences() -> None:
    report = ImportReport("Unser Haus", taken=[Path("a.md"), Path("b.md")], unchanged=[Path("c.md")])
    report.skipped += [(Path(f"{number}.png"), "format") for number in range(7)]
    report.followed.append((Path("a.md"), Path("/x/a.md")))
    lines = report_text(report).splitlines()
    assert lines[:3] == [
        "2 Dokumente in „Unser Haus“ aufgenommen.",
        "1 Dokument unverändert.",
        "a.md ist eine Verknüpfung; gelesen wurde /x/a.md.",
    ]
    assert lines[3] == texts.SKIPPED
    assert lines[4] == "0.png: dieses Format wird nicht gelesen (nur .md und .txt)"
    assert lines[-1] == "und 2 weitere"
    assert report_text(ImportReport("x")) == texts.TAKEN_NOTHING


def test_the_state_comes_back_as_it_was() -> None:
    state = LibraryState(
        "hund -katze",
        Narrowing(("recht",), ("gesetz",), SearchFilters(("Bayern",), ("Ulm",), 2020, 2024)),
        Order(Column.DATE, descending=True),
        Place("recht", "dsgvo", "Grundsätze", "Ein Satz."),
    )
    assert read(written(state)) == state
    assert read(written(LibraryState())) == LibraryState()
    assert read({}) == LibraryState()
