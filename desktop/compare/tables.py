"""A comparison as plain tables, before any file format: what every export of it writes."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.compare.choice import Comparison
from desktop.compare.matrix import Cell, Column
from desktop.compare.restrictions import chosen_by, title_of
from desktop.proof import program_name
from desktop.texts import compare as texts
from desktop.texts import proof as proof_texts
from desktop.texts.window import german_date, german_moment, kind

Row = tuple[str | int, ...]


@dataclass(frozen=True)
class Sheet:
    """A table: the first row and the first column are headings. ``widths`` are those of the columns, in characters.

    As many columns as have room stand on a printed page; the widths are chosen so that little of it stays empty.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class ExportedComparison:
    """What is exported. ``about`` are names and values on how it came to be, ``notes`` how it is to be read."""

    title: str
    made_at: str
    overview: Sheet  # topics against documents, a cell as text
    passages: Sheet  # one row for each cell that says something
    documents: Sheet
    about: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of a spreadsheet, the last one on how it came to be and is to be read."""
        rows = (*self.about, *(("", note) for note in self.notes))
        about = Sheet(texts.SHEET_ABOUT, (texts.SHEET_ABOUT, ""), rows, (18, 100))
        return self.overview, self.passages, self.documents, about


def exported(comparison: Comparison, made_at: str) -> ExportedComparison:
    """Return the tables of ``comparison``; ``made_at`` is the present moment (ISO 8601)."""
    matrix = comparison.matrix
    names = tuple(column.name for column in matrix.columns)
    title = texts.DOCUMENT_TITLE.format(subject=title_of(comparison))
    overview = Sheet(
        texts.SHEET_OVERVIEW,
        (texts.TOPIC, *names),
        tuple(
            (topic.title, *(cell_text(cell) for cell in cells))
            for topic, cells in zip(matrix.topics, matrix.cells, strict=True)
        ),
        (32, *(33 for _ in names)),
    )
    passages = Sheet(
        texts.SHEET_PASSAGES,
        (
            texts.TOPIC,
            texts.DOCUMENT,
            texts.SENTENCES,
            texts.KEY,
            texts.SECTION,
            texts.PASSAGES,
            texts.DOCUMENT_NAME,
            texts.PUBLISHER,
            texts.TEXT_KIND,
        ),
        tuple(
            _passage_row(topic.title, column, cell)
            for topic, cells in zip(matrix.topics, matrix.cells, strict=True)
            for column, cell in zip(matrix.columns, cells, strict=True)
            if cell.spots
        ),
        (32, 28, 10, 60, 32, 60, 36, 32, 32),
    )
    documents = Sheet(
        texts.SHEET_DOCUMENTS,
        (
            texts.DOCUMENT,
            texts.DOCUMENT_NAME,
            texts.PUBLISHER,
            texts.LAND,
            texts.KIND,
            texts.PUBLISHED,
            texts.RETRIEVED,
            texts.TEXT_KIND,
            texts.ADDRESSES,
        ),
        tuple(_document_row(column) for column in matrix.columns),
        (28, 46, 36, 22, 18, 14, 14, 32, 80),
    )
    about = (
        (texts.CHOSEN_BY, chosen_by(comparison)),
        (texts.MADE, german_moment(made_at)),
        (texts.PROGRAM, program_name()),
    )
    return ExportedComparison(title, made_at, overview, passages, documents, about, texts.ABOUT_ROWS)


def cell_text(cell: Cell) -> str:
    """Return a cell in words: how many sentences, and the key sentence."""
    if not cell.spots:
        return texts.NOTHING
    if not cell.sentences:
        return texts.sentence(cell)
    return f"{texts.sentences(cell.sentences)}. {cell.key}"


def split_columns(sheet: Sheet, most: int) -> Sequence[Sheet]:
    """Return ``sheet`` as several of at most ``most`` columns beside the first, which each of them has."""
    parts = []
    for start in range(1, len(sheet.header), most):
        chosen = slice(start, start + most)
        parts.append(
            Sheet(
                sheet.name,
                (sheet.header[0], *sheet.header[chosen]),
                tuple((row[0], *row[chosen]) for row in sheet.rows),
                (sheet.widths[0], *sheet.widths[chosen]),
            )
        )
    return parts


def _passage_row(topic: str, column: Column, cell: Cell) -> Row:
    info = column.info
    sentences = [
        " ".join(spot.text[start:end].split()) for spot in cell.spots for start, end in spot.sentences
    ]
    return (
        topic,
        column.name,
        cell.sentences,
        texts.sentence(cell),
        cell.section or cell.spots[0].section,
        "\n".join(sentences),
        info.title,
        info.publisher,
        _text_kind(column),
    )


def _document_row(column: Column) -> Row:
    info = column.info
    return (
        column.name,
        info.title,
        info.publisher,
        info.region,
        kind(info.kind) if info.kind else "",
        german_date(info.published),
        german_date(info.retrieved),
        _text_kind(column),
        "\n".join(info.sources) or (info.path if info.own else ""),
    )


def _text_kind(column: Column) -> str:
    kind_of_text = proof_texts.DIGEST_VALUE if column.info.digest else proof_texts.ORIGINAL_VALUE
    return f"{kind_of_text}; {texts.CUT}" if column.cut else kind_of_text
