"""A table as CSV the way a German Excel opens it: semicolons, UTF-8 with a byte order mark, no cell that calculates."""

import csv
import io

from desktop.compare.tables import Sheet

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def make_csv(sheet: Sheet) -> bytes:
    """Return the file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    for row in (sheet.header, *sheet.rows):
        writer.writerow([_harmless(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _harmless(value: str | int) -> str | int:
    """Return ``value`` so that no spreadsheet takes it for a formula."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_BEGINS_FORMULA):
        return f"'{value}"
    return value
