"""Opening repairs what can be repaired, says so in German, and never touches own documents."""

from pathlib import Path
from shutil import copytree

import pytest

from desktop.full_document import read_full
from desktop.library import Library, UnknownCollection, UnknownDocument
from desktop.paths import Paths
from desktop.texts.problems import PROBLEMS


@pytest.fixture
def paths(tmp_path: Path, share_dir: Path) -> Paths:
    """Collections that a test may damage."""
    share = copytree(share_dir, tmp_path / "share")
    return Paths(tmp_path / "data", share, ())


@pytest.fixture
def own_text(tmp_path: Path) -> Path:
    file = tmp_path / "Hundewiese.txt"
    file.write_text("Auf der Hundewiese besteht keine Leinenpflicht.", encoding="utf-8")
    return file


def damage(file: Path, how: str) -> None:
    data = bytearray(file.read_bytes())
    if how == "cut":
        data = data[: len(data) // 3]
    elif how == "flipped":
        data[len(data) // 2] ^= 0x10
    else:
        data[:] = b"x" * len(data)
    file.write_bytes(data)


@pytest.mark.parametrize("how", ["cut", "flipped", "garbage"])
def test_a_damaged_shipped_index_is_named_and_built_again(paths: Paths, own_text: Path, how: str) -> None:
    first = Library(paths)
    first.import_paths([own_text], "Eigene")
    first.close()
    damage(paths.shipped_index, how)
    opened = Library(paths)
    assert opened.problem == "index_rebuilt"
    assert PROBLEMS[opened.problem].sentence
    assert opened.search("Was ist der KI-Pass in Kiel?").hits[0].document.id == "kiel"
    assert opened.search("Leinenpflicht auf der Hundewiese").hits[0].document.id == "Hundewiese"
    opened.close()
    again = Library(paths)
    assert again.search("KI-Pass").hits
    again.close()


@pytest.mark.parametrize("how", ["cut", "garbage"])
def test_a_damaged_own_index_is_rebuilt_from_the_documents(paths: Paths, own_text: Path, how: str) -> None:
    first = Library(paths)
    first.import_paths([own_text], "Eigene")
    first.close()
    damage(paths.own_index, how)
    opened = Library(paths)
    assert opened.problem == "own_index_rebuilt"
    assert PROBLEMS[opened.problem].sentence
    assert opened.search("Leinenpflicht", ["Eigene"]).hits[0].document.id == "Hundewiese"
    assert [info.name for info in opened.collections()][-1] == "Eigene"
    opened.close()


def test_an_import_is_found_at_once_and_a_deletion_gone_at_once(paths: Paths, own_text: Path) -> None:
    library = Library(paths)
    assert "Hundewiese" not in {hit.document.id for hit in library.search("Leinenpflicht").hits}
    library.import_paths([own_text], "Eigene")
    assert library.search("Leinenpflicht").hits[0].document.id == "Hundewiese"
    assert read_full(library, "Eigene", "Hundewiese").parts[0].text.startswith("Auf der Hundewiese")
    assert library.remove_document("Eigene", "Hundewiese")
    assert "Hundewiese" not in {hit.document.id for hit in library.search("Leinenpflicht").hits}
    with pytest.raises(UnknownDocument):
        read_full(library, "Eigene", "Hundewiese")
    library.close()


def test_unknown_collections_are_refused(paths: Paths) -> None:
    library = Library(paths)
    with pytest.raises(UnknownCollection):
        library.search("KI", ["gibt-es-nicht"])
    library.close()


def test_a_mistake_in_the_towns_glossary_is_named_and_the_search_goes_on(paths: Paths) -> None:
    paths.data_dir.mkdir()
    (paths.data_dir / "glossar.toml").write_text("same = [", encoding="utf-8")
    library = Library(paths)
    assert library.problem == "glossary_invalid"
    assert PROBLEMS[library.problem].sentence
    assert library.search("KI-Pass").hits
    library.close()
