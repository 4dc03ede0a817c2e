"""Real index files of small and of the shipped collections, built once for all tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from guidelines_db.build import build_index
from guidelines_db.glossary import Glossary
from guidelines_db.index_reader import IndexReader
from guidelines_db.own_store import OwnStore
from guidelines_db.places import Gazetteer
from guidelines_db.search import Searcher

DIGEST = """---
id: {id}
title: "{title}"
publisher: "{publisher}"
region: "Bayern"
country: DE
kind: leitlinie
published: "2025-01"
retrieved: "2026-11-22"
digest: true
sources:
  - https://example.org/{id}
---
# {title}

## Kennzeichnung
{{topics: kennzeichnung}}

{text}
"""
MANIFEST = """order = 1
title = "Probe"
description = "Zum Prüfen."
examples = ["Was gilt?"]

[topics]
kennzeichnung = "Kennzeichnung"
"""


@pytest.fixture(scope="session")
def shipped_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the shipped collections, text only."""
    index = tmp_path_factory.mktemp("shipped") / "collections.db"
    build_index(index)
    return index


@pytest.fixture
def searcher(shipped_index: Path) -> Searcher:
    """A search over the shipped collections, text only."""
    return Searcher([IndexReader(shipped_index, own=False)], Glossary(), Gazetteer())


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of one collection with one digest, for tests to damage."""
    folder = tmp_path / "corpus" / "probe"
    folder.mkdir(parents=True)
    (folder / "collection.toml").write_text(MANIFEST, encoding="utf-8")
    write_digest(folder / "eins.md", id="eins")
    return folder.parent


def write_digest(file: Path, **values: str) -> None:
    """Write a sound digest; ``values`` replace its parts."""
    facts = {
        "id": file.stem,
        "title": "Leitlinie Eins",
        "publisher": "Stadt Musterhausen",
        "text": "Texte aus KI-Werkzeugen sind zu kennzeichnen.",
    }
    file.write_text(DIGEST.format(**(facts | values)), encoding="utf-8")


@pytest.fixture
def make_store(tmp_path: Path) -> Callable[[], OwnStore]:
    """Return a function that opens the own store of one data folder."""

    def make() -> OwnStore:
        return OwnStore(tmp_path / "own.db", tmp_path / "documents", Gazetteer(), {})

    return make
