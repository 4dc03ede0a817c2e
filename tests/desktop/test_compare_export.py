"""Exports of a comparison, read back: complete, without formulas, with real headers, German, always the same bytes."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from odfdo import Document, Element

from desktop.compare.as_csv import make_csv
from desktop.compare.as_ods import make_ods
from desktop.compare.as_xlsx import make_xlsx
from desktop.compare.choice import Choice, Comparer, Comparison
from desktop.compare.export import CompareForm, export_comparison, export_name
from desktop.compare.tables import ExportedComparison, Sheet, cell_text, exported
from desktop.library import Library
from desktop.texts import compare as texts

MADE = "2026-11-26T14:05:00+01:00"
_XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = ("=1+1", "+49 711", "-x", "@SUM(A1)", "\t=1", " =1", '=HYPERLINK("x")', "a;b\n\x0bc", "𝔄")


@pytest.fixture(scope="module")
def comparison(shipped: Library) -> Comparison:
    """Six documents of the shipped collections."""
    return Comparer().compare(shipped, Choice(lands=("Nordrhein-Westfalen", "Wien")))


@pytest.fixture(scope="module")
def tables(comparison: Comparison) -> ExportedComparison:
    return exported(comparison, MADE)


@pytest.fixture
def hostile(tables: ExportedComparison) -> ExportedComparison:
    """Tables whose every text wants to be a formula."""
    rows = tuple((text, text) for text in HOSTILE)
    sheet = Sheet(texts.SHEET_OVERVIEW, HOSTILE[:2], rows, (20, 20))
    return replace(tables, overview=sheet)


def xlsx_sheets(content: bytes) -> dict[str, list[list[str]]]:
    """Return all cells of all sheets as texts."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        root = ET.fromstring(parts.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
        shared = ["".join(text.itertext()) for text in root]
        book = ET.fromstring(parts.read("xl/workbook.xml"))  # noqa: S314 - our own file
        names = [one.get("name", "") for one in book.iter(f"{_XLSX}sheet")]
        sheets = {}
        for number, name in enumerate(names, 1):
            page = ET.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 - our own file
            sheets[name] = [
                [
                    shared[int(cell.findtext(f"{_XLSX}v") or 0)]
                    if cell.get("t") == "s"
                    else cell.findtext(f"{_XLSX}v") or ""
                    for cell in row
                ]
                for row in page.iter(f"{_XLSX}row")
            ]
    return sheets


def ods_rows(document: Document, name: str) -> list[list[str]]:
    """Return the texts of a table's cells."""
    return [
        ["\n".join(line.text_recursive for line in cell.get_elements("text:p")) for cell in cells(row)]
        for row in table_of(document, name).get_elements("descendant::table:table-row")
    ]


def table_of(document: Document, name: str) -> Element:
    (found,) = [
        one for one in document.body.get_elements("//table:table") if one.get_attribute("table:name") == name
    ]
    return found


def cells(row: Element) -> list[Element]:
    return row.get_elements("table:table-cell")


def as_texts(sheet: Sheet) -> list[list[str]]:
    return [[str(value) for value in row] for row in (sheet.header, *sheet.rows)]


def test_tables_hold_every_cell_once(comparison: Comparison, tables: ExportedComparison) -> None:
    matrix = comparison.matrix
    assert tables.overview.header == (texts.TOPIC, *(column.name for column in matrix.columns))
    assert [row[0] for row in tables.overview.rows] == [topic.title for topic in matrix.topics]
    for row, found in zip(tables.overview.rows, matrix.cells, strict=True):
        assert row[1:] == tuple(cell_text(cell) for cell in found)
    gaps = [text for row in tables.overview.rows for text in row[1:] if text == texts.NOTHING]
    assert gaps
    assert len(tables.passages.rows) + len(gaps) == len(matrix.topics) * len(matrix.columns)
    assert len(tables.documents.rows) == len(matrix.columns)
    assert "Land: Wien" in dict(tables.about)[texts.CHOSEN_BY]
    assert dict(tables.about)[texts.MADE] == "26.11.2026, 14:05 Uhr"


@pytest.mark.parametrize("form", CompareForm)
def test_the_same_comparison_gives_the_same_bytes(comparison: Comparison, form: CompareForm) -> None:
    first = export_comparison(comparison, form, MADE)
    assert first == export_comparison(comparison, form, MADE)
    assert first
    assert form.value == f".{form.name.lower()}"


@pytest.mark.parametrize("form", CompareForm)
def test_a_gap_is_never_said_to_be_unregulated(comparison: Comparison, form: CompareForm) -> None:
    content = export_comparison(comparison, form, MADE)
    if form is not CompareForm.CSV:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(parts.read(name) for name in parts.namelist())
    text = content.decode("utf-8", "replace")
    assert texts.NOTHING in text
    found = re.findall(r".{20}nicht geregelt", text)
    assert all("heißt nicht" in text[text.index(one) - 60 : text.index(one) + 60] for one in found)


def test_csv_opens_in_a_german_excel(comparison: Comparison, tables: ExportedComparison) -> None:
    content = export_comparison(comparison, CompareForm.CSV, MADE)
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == as_texts(tables.overview)


def test_csv_holds_no_formula(hostile: ExportedComparison) -> None:
    rows = list(
        csv.reader(io.StringIO(make_csv(hostile.overview).decode("utf-8-sig"), newline=""), delimiter=";")
    )
    for row in rows:
        for text in row:
            assert not re.match(r"[ \t]*[=+\-@]", text)
    assert [row[0].lstrip("'") for row in rows[1:]] == list(HOSTILE)


def test_xlsx_holds_all_tables_as_text(comparison: Comparison, tables: ExportedComparison) -> None:
    sheets = xlsx_sheets(export_comparison(comparison, CompareForm.XLSX, MADE))
    assert list(sheets) == [
        texts.SHEET_OVERVIEW,
        texts.SHEET_PASSAGES,
        texts.SHEET_DOCUMENTS,
        texts.SHEET_ABOUT,
    ]
    assert sheets[texts.SHEET_OVERVIEW] == as_texts(tables.overview)
    assert sheets[texts.SHEET_PASSAGES] == as_texts(tables.passages)
    assert sheets[texts.SHEET_DOCUMENTS] == as_texts(tables.documents)
    assert sheets[texts.SHEET_ABOUT][-1][1] == tables.notes[-1]


def test_xlsx_holds_no_formula_and_no_link(hostile: ExportedComparison) -> None:
    content = make_xlsx(hostile)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        pages = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in page or b"<hyperlink" in page for page in pages)
    assert b'state="frozen"' in pages[0]
    read = xlsx_sheets(content)[texts.SHEET_OVERVIEW]
    assert [row[0].replace("_x000B_", "") for row in read[1:]] == [
        text.replace("\x0b", "") for text in HOSTILE
    ]


def test_ods_holds_all_tables_with_headers(comparison: Comparison, tables: ExportedComparison) -> None:
    document = Document(io.BytesIO(export_comparison(comparison, CompareForm.ODS, MADE)))
    assert document.language == "de-DE"
    assert document.meta.title == tables.title == "Vergleich: KI-Leitlinien und Recht"
    for sheet in (tables.overview, tables.passages, tables.documents):
        assert ods_rows(document, sheet.name) == as_texts(sheet)
        table = table_of(document, sheet.name)
        assert len(table.get_elements("table:table-header-rows/table:table-row")) == 1
        assert len(table.get_elements("table:table-header-columns/table:table-column")) == 1
    numbers = table_of(document, texts.SHEET_PASSAGES).get_elements('//*[@office:value-type="float"]')
    assert [int(one.get_attribute("office:value") or 0) for one in numbers] == [
        row[2] for row in tables.passages.rows
    ]


def test_xlsx_rows_are_as_high_as_their_text(tables: ExportedComparison) -> None:
    with zipfile.ZipFile(io.BytesIO(make_xlsx(tables))) as parts:
        page = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    heights = [float(row.get("ht", 0)) for row in page.iter(f"{_XLSX}row")]
    longest = [max(len(text) for text in row) for row in as_texts(tables.overview)]
    assert all(height * 33 > letters * 15 for height, letters in zip(heights, longest, strict=True))
    footer = page.findtext(f"{_XLSX}headerFooter/{_XLSX}oddFooter")
    assert footer == f"&L{dict(tables.about)[texts.PROGRAM]}&RSeite &P von &N"


@pytest.mark.parametrize("form", [CompareForm.ODS, CompareForm.ODT])
def test_columns_of_headings_come_first(comparison: Comparison, form: CompareForm) -> None:
    document = Document(io.BytesIO(export_comparison(comparison, form, MADE)))
    for table in document.body.get_elements("//table:table"):
        (head,) = table.get_elements("table:table-header-rows/table:table-row")
        tags = [part.tag for part in table.children][: len(cells(head)) + 1]
        assert tags == [
            "table:table-header-columns",
            *("table:table-column" for _ in cells(head)[1:]),
            "table:table-header-rows",
        ]


@pytest.mark.parametrize("form", [CompareForm.ODS, CompareForm.ODT])
def test_pages_are_numbered_in_german(comparison: Comparison, form: CompareForm) -> None:
    document = Document(io.BytesIO(export_comparison(comparison, form, MADE)))
    (page,) = document.styles.get_elements("//style:master-page")
    (footer,) = page.get_elements("style:footer")
    assert "Seite 1 von 1" in footer.text_recursive
    assert footer.get_elements("descendant::text:page-number")
    assert footer.get_elements("descendant::text:page-count")
    lines = document.styles.get_elements("//style:master-page//text:p")
    assert not any("Page" in line.text_recursive for line in lines)


def test_ods_holds_no_formula(hostile: ExportedComparison) -> None:
    document = Document(io.BytesIO(make_ods(hostile)))
    assert not document.body.get_elements("//*[@table:formula]")
    assert not document.body.get_elements("//text:a")
    first = [row[0] for row in ods_rows(document, texts.SHEET_OVERVIEW)[1:]]
    assert [text.replace("\t", "") for text in first][:4] == list(HOSTILE[:4])


def test_odt_is_a_table_for_everyone(comparison: Comparison, tables: ExportedComparison) -> None:
    content = export_comparison(comparison, CompareForm.ODT, MADE)
    document = Document(io.BytesIO(content))
    assert document.language == "de-DE"
    assert document.meta.title == tables.title
    assert not document.body.get_elements("//draw:frame"), "no pictures"
    found = document.body.get_elements("//table:table")
    assert len(found) == 2, "six documents, four side by side"
    topics = [row[0] for row in tables.overview.rows]
    shown: list[str] = []
    for table in found:
        (head,) = table.get_elements("table:table-header-rows/table:table-row")
        names = [cell.text_recursive.strip() for cell in cells(head)]
        assert len(table.get_elements("table:table-header-columns/table:table-column")) == 1
        rows = table.get_elements("table:table-row")
        assert [cells(row)[0].text_recursive.strip() for row in rows] == topics
        assert all(len(cells(row)) == len(names) for row in rows), "no merged cells"
        assert all(cell.text_recursive.strip() for row in rows for cell in cells(row)), "no empty cells"
        shown += names[1:]
    assert tuple(shown) == tables.overview.header[1:]
    headings = [(int(one.level), one.text_recursive) for one in document.body.headers]
    assert headings[0] == (1, tables.title)
    assert [text for level, text in headings if level == 3][-6:] == list(tables.overview.header[1:])
    text = document.get_formatted_text()
    assert texts.GAPS[:40] in text
    for row in tables.documents.rows:
        for address in str(row[-1]).splitlines():
            assert address in text


def test_files_are_named_by_day(tmp_path: Path) -> None:
    assert export_name(MADE) == "Vergleich_2026-11-26"
    assert (tmp_path / export_name(MADE)).suffix == ""
