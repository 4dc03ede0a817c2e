"""Typical questions of the shipped sections: what people ask in words of their own, searched along with the text.

Written by hand for each section, as queries that a document answers are generated for it in Nogueira et al. 2019,
"Document Expansion by Query Prediction". They only help to find a section and are never shown or quoted.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from guidelines_db.documents import Document
from guidelines_db.errors import CorpusProblem

ASKED_FILE = "asked.jsonl"


@dataclass(frozen=True)
class AskedLine:
    """The typical questions of a section and the line they stand in."""

    questions: tuple[str, ...]
    number: int


Asked = Mapping[tuple[str, str], AskedLine]  # by document id and heading


def read_asked(file: Path) -> tuple[Asked, list[CorpusProblem]]:
    """Read ``file``, one section a line; return its questions and its defects. A missing file holds none."""
    found: dict[tuple[str, str], AskedLine] = {}
    problems: list[CorpusProblem] = []
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else ()
    for number, line in enumerate(lines, 1):
        try:
            values = json.loads(line)
            key = str(values["document"]), str(values["section"])
            questions = tuple(str(question).strip() for question in values["questions"])
        except (ValueError, KeyError, TypeError) as error:
            problems.append(CorpusProblem(file, number, f"bad line: {error}"))
            continue
        if key in found:
            problems.append(CorpusProblem(file, number, f"section {key[1]!r} of {key[0]!r} stands twice"))
        if not questions or not all(questions):
            problems.append(CorpusProblem(file, number, "no question, or an empty one"))
        found[key] = AskedLine(questions, number)
    return found, problems


def with_asked(
    documents: Sequence[Document], asked: Asked, file: Path
) -> tuple[list[Document], list[CorpusProblem]]:
    """Give the sections of ``documents`` their questions; name those of ``file`` that belong to no section."""
    known = {(document.id, section.heading) for document in documents for section in document.sections}
    problems = [
        CorpusProblem(file, line.number, f"no section {heading!r} in {document!r}")
        for (document, heading), line in asked.items()
        if (document, heading) not in known
    ]
    return [
        replace(
            document,
            sections=tuple(
                replace(section, asked=asked[key].questions)
                if (key := (document.id, section.heading)) in asked
                else section
                for section in document.sections
            ),
        )
        for document in documents
    ], problems
