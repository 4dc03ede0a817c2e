"""A comparison as an Excel file: text as text, headings that stay in sight, no macros, no formulas, no links."""

import io
from datetime import datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from desktop.compare.tables import ExportedComparison, Sheet
from desktop.open_document import clean
from desktop.texts import compare as texts

_LONGEST_CELL = 32_000  # characters; Excel takes 32,767


def make_xlsx(tables: ExportedComparison) -> bytes:
    """Return the file."""
    out = io.BytesIO()
    book = Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {
            "title": tables.title,
            "author": dict(tables.about)[texts.PROGRAM],
            "created": datetime.fromisoformat(tables.made_at).replace(tzinfo=None),
        }
    )
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E9EEF3", "border": 1}
    )
    body = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for sheet in (tables.overview, tables.passages, tables.documents):
        _write(book, sheet, head, body)
    about = book.add_worksheet(texts.SHEET_ABOUT)
    about.set_column(0, 0, 18)
    about.set_column(1, 1, 100)
    for number, (name, value) in enumerate((*tables.about, *(("", note) for note in tables.notes))):
        about.write_string(number, 0, clean(name), head if name else body)
        about.write_string(number, 1, clean(value), body)
    book.close()
    return out.getvalue()


def _write(book: Workbook, sheet: Sheet, head: Format, body: Format) -> None:
    page = book.add_worksheet(sheet.name)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.repeat_rows(0)
    page.repeat_columns(0)
    page.freeze_panes(1, 1)
    for number, width in enumerate(sheet.widths):
        page.set_column(number, number, width)
    for row, values in enumerate((sheet.header, *sheet.rows)):
        for column, value in enumerate(values):
            form = head if row == 0 or column == 0 else body
            if isinstance(value, int):
                page.write_number(row, column, value, form)
            else:
                page.write_string(row, column, clean(value)[:_LONGEST_CELL], form)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)
