import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from guidelines_db.build import build_index, check_index, digest_file
from guidelines_db.errors import CorpusInvalid, GuidelinesError, IndexDamaged, IndexMissing, IndexOutdated
from guidelines_db.index_reader import IndexReader


def test_an_index_holds_collections_documents_passages_and_sentences(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "c.db"
    build_index(index, corpus)
    check_index(index, corpus)
    reader = IndexReader(index, own=False)
    (collection,) = reader.collections()
    assert (collection.name, collection.title, collection.documents, collection.passages) == (
        "probe",
        "Probe",
        1,
        1,
    )
    assert collection.topics == {"kennzeichnung": "Kennzeichnung"}
    assert reader.sections("probe", "eins") == [
        ("Kennzeichnung", ("kennzeichnung",), "Texte aus KI-Werkzeugen sind zu kennzeichnen.")
    ]
    passage = reader.passage(1)
    assert [passage.text[start:end] for start, end in passage.sentences] == [passage.text]
    assert passage.document.digest
    assert passage.document.sources == ("https://example.org/eins",)
    assert reader.meta["corpus_hash"]
    reader.close()


def test_the_same_documents_make_the_same_file(corpus: Path, tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from guidelines_db.build import build_index; "
    program += "build_index(Path(sys.argv[1]), Path(sys.argv[2]))"
    dumps = []
    for seed in ("1", "2"):  # sets have another order in each
        index = tmp_path / f"{seed}.db"
        command = [sys.executable, "-c", program, str(index), str(corpus)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        with sqlite3.connect(index) as db:
            dumps.append([line for line in db.iterdump() if "built_at" not in line])
    assert dumps[0] == dumps[1]


def test_a_damaged_corpus_leaves_the_old_index_alone(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "c.db"
    build_index(index, corpus)
    before = index.read_bytes()
    (corpus / "probe" / "zwei.md").write_text("kein Kopf", encoding="utf-8")
    with pytest.raises(CorpusInvalid):
        build_index(index, corpus)
    assert index.read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


def test_changed_documents_make_the_index_outdated(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "c.db"
    build_index(index, corpus)
    manifest = corpus / "probe" / "collection.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(IndexOutdated):
        check_index(index, corpus)
    check_index(index, corpus=None)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) * 3 // 4] ^= 0x40
    file.write_bytes(data)


def _replace(file: Path) -> None:
    file.write_bytes(b"Das ist keine Datenbank. " * 400)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("damage", [_cut, _flip, _replace, _empty])
def test_a_damaged_file_is_noticed(corpus: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    index = tmp_path / "c.db"
    build_index(index, corpus)
    damage(index)
    with pytest.raises(IndexDamaged):
        check_index(index, corpus)
    build_index(index, corpus)
    check_index(index, corpus)


def test_another_version_is_outdated_and_a_missing_file_missing(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "c.db"
    with pytest.raises(IndexMissing):
        check_index(index, corpus)
    build_index(index, corpus)
    connection = sqlite3.connect(index)
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    with pytest.raises(IndexOutdated):
        check_index(index, corpus)


def test_a_missing_checksum_counts_as_damaged(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "c.db"
    build_index(index, corpus)
    digest_file(index).unlink()
    with pytest.raises(IndexDamaged):
        check_index(index, corpus)


BUILD_FOREVER = """
import sys
from pathlib import Path
import guidelines_db.build as build

class Encoder:
    model_id = "slow"
    def encode_sections(self, sections, on_progress=None):
        print("in the middle", flush=True)
        sys.stdin.read()

build.build_index(Path(sys.argv[1]), encoder=Encoder())
"""


def test_a_kill_while_building_leaves_no_half_index(tmp_path: Path, corpus: Path) -> None:
    index = tmp_path / "collections.db"
    build_index(index, corpus)
    before = index.read_bytes()
    child = subprocess.Popen(
        [sys.executable, "-c", BUILD_FOREVER, str(index)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdin is not None
    assert child.stdout.readline().strip() == b"in the middle"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    child.stdin.close()
    assert index.read_bytes() == before
    check_index(index, corpus)
    build_index(index, corpus)
    assert sorted(path.name for path in tmp_path.glob(".*.tmp")) == []


def test_a_read_only_folder_is_an_error_and_nothing_else(corpus: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises((OSError, GuidelinesError)):
        build_index(blocked / "c.db", corpus)
    assert blocked.read_text(encoding="utf-8") == ""
