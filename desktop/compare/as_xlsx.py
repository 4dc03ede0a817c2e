"""A comparison as an Excel file: text as text, headings that stay in sight, no macros, no formulas, no links."""

import io
from collections.abc import Sequence
from datetime import datetime
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from desktop.compare.tables import ExportedComparison, Sheet
from desktop.open_document import clean
from desktop.texts import compare as texts
from desktop.texts import proof as proof_texts

_LONGEST_CELL = 32_000  # characters; Excel takes 32,767
_LINE_POINTS = 16
_HIGHEST_ROW = 409  # points, of Excel
_FILLED = 0.9  # of a line, as whole words leave some of it empty
_PRINTED_PERCENT = 70


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
    for sheet in tables.sheets:
        _write(book, sheet, tables, head, body)
    book.close()
    return out.getvalue()


def _write(book: Workbook, sheet: Sheet, tables: ExportedComparison, head: Format, body: Format) -> None:
    page = book.add_worksheet(sheet.name)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.set_print_scale(_PRINTED_PERCENT)
    page.set_header(f"&L{_unmarked(tables.title)}&R&A")
    place = proof_texts.PAGE.format(page="&P", pages="&N")
    page.set_footer(f"&L{_unmarked(dict(tables.about)[texts.PROGRAM])}&R{place}")
    page.repeat_rows(0)
    page.repeat_columns(0)
    page.freeze_panes(1, 1)
    for number, width in enumerate(sheet.widths):
        page.set_column(number, number, width)
    for row, values in enumerate((sheet.header, *sheet.rows)):
        page.set_row(row, _height(values, sheet.widths))
        for column, value in enumerate(values):
            form = head if row == 0 or column == 0 else body
            if isinstance(value, int):
                page.write_number(row, column, value, form)
            else:
                page.write_string(row, column, clean(value)[:_LONGEST_CELL], form)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)


def _height(values: Sequence[str | int], widths: Sequence[int]) -> int:
    """Return the height in points in which the longest cell of a row can be read."""
    lines = max(
        sum(max(1, ceil(len(line) / (width * _FILLED))) for line in str(value).split("\n"))
        for value, width in zip(values, widths, strict=True)
    )
    return min(_HIGHEST_ROW, lines * _LINE_POINTS)


def _unmarked(text: str) -> str:
    """Return ``text`` so that no character of it commands the head or foot of a page."""
    return clean(text).replace("&", "&&")
