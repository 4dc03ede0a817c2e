"""Typical questions find the sections they belong to, and are nothing but a way to them."""

import json
from pathlib import Path

import pytest

from guidelines_db.asked import ASKED_FILE
from guidelines_db.build import build_index
from guidelines_db.corpus import read_corpus
from guidelines_db.errors import CorpusInvalid
from guidelines_db.glossary import Glossary
from guidelines_db.index_reader import IndexReader
from guidelines_db.places import Gazetteer
from guidelines_db.search import Searcher
from tests.guidelines_db.conftest import write_digest
from tests.guidelines_db.test_vectors import LetterEncoder

WORDS_OF_NO_TEXT = "zzyx qqwv zzyx"


@pytest.fixture
def corpus(corpus: Path) -> Path:
    """Two digests in place of one."""
    write_digest(corpus / "probe" / "zwei.md", text="Der Bauhof hat montags geschlossen.")
    return corpus


def write_asked(corpus: Path, *rows: object) -> Path:
    file = corpus / "probe" / ASKED_FILE
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return file


def row(document: str = "eins", section: str = "Kennzeichnung", *questions: str) -> dict[str, object]:
    return {"document": document, "section": section, "questions": list(questions)}


def test_every_shipped_section_has_six_questions_that_stand_nowhere_else() -> None:
    sections = [
        section for one in read_corpus() for document in one.documents for section in document.sections
    ]
    assert {len(section.asked) for section in sections} == {6}
    asked = [question for section in sections for question in section.asked]
    assert len(set(asked)) > 0.99 * len(asked)


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (row("eins", "Gibt es nicht", "Was?"), "no section 'Gibt es nicht' in 'eins'"),
        (row("eins", "Kennzeichnung", "Was?"), "stands twice"),
        (row("zwei", "Kennzeichnung"), "no question"),
        ({"document": "zwei"}, "bad line"),
    ],
)
def test_a_defect_names_file_and_line(corpus: Path, second: object, reason: str) -> None:
    file = write_asked(corpus, row("eins", "Kennzeichnung", "Was gilt?"), second)
    with pytest.raises(CorpusInvalid) as caught:
        read_corpus(corpus)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (file, 2)
    assert reason in problem.reason


def test_a_question_finds_its_section_and_is_never_shown(corpus: Path, tmp_path: Path) -> None:
    write_asked(
        corpus, row("eins", "Kennzeichnung", "Was gilt?"), row("zwei", "Kennzeichnung", WORDS_OF_NO_TEXT)
    )
    index = tmp_path / "c.db"
    build_index(index, corpus, LetterEncoder())
    reader = IndexReader(index, own=False)
    hits = Searcher([reader], Glossary(), Gazetteer(), LetterEncoder()).search(WORDS_OF_NO_TEXT).hits
    reader.close()
    assert hits[0].document.id == "zwei"
    assert all("zzyx" not in f"{hit.text} {hit.section} {hit.document.title}" for hit in hits)


def test_without_an_encoder_they_change_nothing(corpus: Path, tmp_path: Path) -> None:
    write_asked(corpus, row("zwei", "Kennzeichnung", WORDS_OF_NO_TEXT))
    index = tmp_path / "c.db"
    build_index(index, corpus)
    reader = IndexReader(index, own=False)
    assert Searcher([reader], Glossary(), Gazetteer()).search(WORDS_OF_NO_TEXT).hits == ()
    reader.close()
