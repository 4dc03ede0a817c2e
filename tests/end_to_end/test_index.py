"""The index with the real encoder comes out the same to the byte, whoever builds it where."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

from guidelines_db.asked import ASKED_FILE
from guidelines_db.corpus import CORPUS_DIR

COLLECTION, DOCUMENTS = "ganztagsbetreuung", ("ganztag-bayern", "ganztag-qualitaet-kmk")
PROGRAM = """
import sys
from pathlib import Path
from desktop.paths import find_paths
from desktop.start import make_encoder
from guidelines_db.build import build_index

encoder = make_encoder(find_paths())
build_index(Path(sys.argv[1]), Path(sys.argv[2]), encoder)
encoder.close()
"""


def built_in(folder, hash_seed):
    """Build an index of two shipped documents in ``folder``, apart, and return its bytes but for the time."""
    source, target = CORPUS_DIR / COLLECTION, folder / "corpus" / COLLECTION
    target.mkdir(parents=True)
    for name in ("collection.toml", "TOPICS.md", *(f"{document}.md" for document in DOCUMENTS)):
        shutil.copyfile(source / name, target / name)
    asked = (source / ASKED_FILE).read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in asked if any(f'"{document}"' in line for document in DOCUMENTS)]
    (target / ASKED_FILE).write_text("".join(kept), encoding="utf-8")
    index = folder / "share/collections.db"
    subprocess.run(
        [sys.executable, "-c", PROGRAM, index, folder / "corpus"],
        check=True,
        cwd=folder,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        timeout=600,
    )
    with closing(sqlite3.connect(index)) as connection, connection:
        connection.execute("UPDATE meta SET value = '' WHERE key = 'built_at'")
    return index.read_bytes()


def test_two_builds_in_different_folders_are_the_same_to_the_byte(tmp_path):
    one = built_in(tmp_path / "one", "1")
    other = built_in(tmp_path / "another place/with ä longer name", "2")
    assert b"SQLite format 3" in one
    assert one == other
