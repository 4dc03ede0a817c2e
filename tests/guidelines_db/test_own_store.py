import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from guidelines_db.errors import StoreUnwritable
from guidelines_db.glossary import Glossary
from guidelines_db.index_reader import IndexReader
from guidelines_db.own_store import OwnStore, valid_collection_name
from guidelines_db.places import Gazetteer
from guidelines_db.search import Searcher

MakeStore = Callable[[], OwnStore]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "Meine Texte äöü"
    folder.mkdir()
    (folder / "hunde.txt").write_text(
        "Hunde sind im Freibad nicht erlaubt. Das gilt ganzjährig.", encoding="utf-8"
    )
    (folder / "parken.md").write_text("# Parken\n\nAnwohner erhalten einen Parkausweis.", encoding="latin-1")
    return folder


def first_hit(store: OwnStore, question: str) -> str:
    reader = IndexReader(store.index, own=True)
    outcome = Searcher([reader], Glossary(), Gazetteer()).search(question)
    reader.close()
    return outcome.hits[0].document.id if outcome.hits else ""


def test_an_import_says_what_it_took_and_what_not(make_store: MakeStore, texts: Path) -> None:
    (texts / "bild.png").write_bytes(b"x")
    store = make_store()
    report = store.import_paths([texts, texts / "fehlt.txt"], "Ordnungsamt")
    assert sorted(path.name for path in report.taken) == ["hunde.txt", "parken.md"]
    assert {(path.name, reason) for path, reason in report.skipped} == {
        ("bild.png", "format"),
        ("fehlt.txt", "missing"),
    }
    assert first_hit(store, "Darf mein Hund ins Freibad?") == "hunde"
    assert first_hit(store, "Parkausweis") == "parken"


def test_importing_again_changes_only_what_changed(make_store: MakeStore, texts: Path) -> None:
    store = make_store()
    store.import_paths([texts], "A")
    (texts / "hunde.txt").write_text("Katzen dürfen in das Tierheim.", encoding="utf-8")
    report = store.import_paths([texts], "A")
    assert [path.name for path in report.taken] == ["hunde.txt"]
    assert [path.name for path in report.unchanged] == ["parken.md"]
    assert first_hit(store, "Katzen") == "hunde"
    assert first_hit(store, "Freibad") == ""


def test_files_of_the_same_name_are_two_documents(make_store: MakeStore, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "info.txt").write_text(f"Ordner {folder} hat einen Satz.", encoding="utf-8")
    store = make_store()
    store.import_paths([tmp_path / "a", tmp_path / "b"], "A")
    reader = IndexReader(store.index, own=True)
    assert sorted(info.id for _, info in reader.documents()) == ["info", "info-2"]
    reader.close()


@pytest.mark.parametrize("word", ["Freibad", "freibad", "Hunde", "hunde.txt"])
def test_deleting_leaves_no_trace_in_any_file(
    make_store: MakeStore, texts: Path, tmp_path: Path, word: str
) -> None:
    store = make_store()
    store.import_paths([texts], "A")
    mentioned = [file for file in _data_files(tmp_path) if word.encode() in file.read_bytes()]
    assert mentioned
    assert store.remove_document("A", "hunde")
    for file in _data_files(tmp_path):
        assert word.encode() not in file.read_bytes()
        assert word.lower().encode() not in file.read_bytes()
    assert first_hit(store, "Parkausweis") == "parken"
    assert not store.remove_document("A", "hunde")


def _data_files(folder: Path) -> list[Path]:
    return [path for path in (*folder.glob("own.db*"), *(folder / "documents").rglob("*")) if path.is_file()]


def test_the_last_document_takes_its_collection_along(make_store: MakeStore, texts: Path) -> None:
    store = make_store()
    store.import_paths([texts / "hunde.txt"], "A")
    store.remove_document("A", "hunde")
    reader = IndexReader(store.index, own=True)
    assert reader.collections() == []
    assert reader.word_counts() == {}
    reader.close()


@pytest.mark.parametrize("damage", ["cut", "garbage", "version", "missing"])
def test_a_damaged_index_is_rebuilt_from_the_documents(
    make_store: MakeStore, texts: Path, damage: str
) -> None:
    store = make_store()
    store.import_paths([texts], "Ordnungsamt Süd")
    index = store.index
    if damage == "cut":
        index.write_bytes(index.read_bytes()[:5000])
    elif damage == "garbage":
        index.write_bytes(b"kein Index" * 1000)
    elif damage == "version":
        connection = sqlite3.connect(index)
        connection.execute("PRAGMA user_version = 1")
        connection.close()
    else:
        index.unlink()
    assert store.needs_rebuild()
    store.rebuild()
    assert not store.needs_rebuild()
    assert first_hit(store, "Freibad") == "hunde"
    reader = IndexReader(index, own=True)
    assert [info.name for info in reader.collections()] == ["Ordnungsamt Süd"]
    reader.close()


def test_one_damaged_stored_document_does_not_stop_the_rebuild(
    make_store: MakeStore, texts: Path, tmp_path: Path
) -> None:
    store = make_store()
    store.import_paths([texts], "A")
    hunde = next(
        f for f in (tmp_path / "documents").rglob("*.json") if "Freibad" in f.read_text(encoding="utf-8")
    )
    hunde.write_text("{", encoding="utf-8")
    store.rebuild()
    assert first_hit(store, "Parkausweis") == "parken"
    assert hunde.exists()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, texts: Path) -> None:
    blocked = tmp_path / "datei"
    blocked.write_text("", encoding="utf-8")
    store = OwnStore(blocked / "own.db", blocked / "documents", Gazetteer(), {})
    with pytest.raises(StoreUnwritable):
        store.import_paths([texts], "A")


@pytest.mark.parametrize(
    ("name", "valid"), [("Ordnungsamt", True), ("  ", False), ("a\nb", False), ("x" * 81, False)]
)
def test_collection_names(name: str, valid: bool) -> None:
    assert valid_collection_name(name) is valid
