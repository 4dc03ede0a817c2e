from pathlib import Path

import pytest

from guidelines_db.corpus import corpus_hash, read_corpus
from guidelines_db.errors import CorpusInvalid


def edit(corpus: Path, old: str, new: str) -> Path:
    file = corpus / "probe" / "eins.md"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def test_the_shipped_collections_are_sound_and_complete() -> None:
    collections = read_corpus()
    assert [collection.name for collection in collections] == [
        "ki-leitlinien",
        "recht",
        "ganztagsbetreuung",
        "gemo-bw",
        "ki-zukunft",
    ]
    assert sum(len(collection.documents) for collection in collections) == 94
    assert sum(len(document.sections) for c in collections for document in c.documents) == 481
    for collection in collections:
        assert collection.title
        assert collection.description
        assert collection.examples
        used = {topic for document in collection.documents for s in document.sections for topic in s.topics}
        assert used <= collection.topics.keys()
        assert all(document.digest and document.sources for document in collection.documents)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('title: "Leitlinie Eins"', 'title: "offen', 4, "bad YAML"),
        ("{topics: kennzeichnung}", "{topics: gibtesnicht}", 17, "unknown topic 'gibtesnicht'"),
        ('title: "Leitlinie Eins"\n', "", 1, "missing title"),
        ("Texte aus KI-Werkzeugen sind zu kennzeichnen.", "", 16, "has no text"),
        ("{topics: kennzeichnung}", "", 16, "has no topics"),
        ("digest: true", "digest: false", 10, "digest"),
    ],
)
def test_a_damaged_digest_names_file_line_and_reason(
    corpus: Path, old: str, new: str, line: int, reason: str
) -> None:
    file = edit(corpus, old, new)
    with pytest.raises(CorpusInvalid) as caught:
        read_corpus(corpus)
    found = [problem for problem in caught.value.problems if reason in problem.reason]
    assert [(problem.file, problem.line) for problem in found] == [(file, line)]
    assert f"{file}:{line}: " in str(caught.value)


def test_all_defects_come_in_one_run(corpus: Path) -> None:
    edit(corpus, "{topics: kennzeichnung}", "{topics: falsch}")
    folder = corpus / "probe"
    (folder / "zwei.md").write_text("---\n: : :\n---\n", encoding="utf-8")
    (folder / "drei.md").write_bytes("---\ntitle: Müll\n---\n".encode("latin-1"))
    with pytest.raises(CorpusInvalid) as caught:
        read_corpus(corpus)
    assert {problem.file.name for problem in caught.value.problems} == {"eins.md", "zwei.md", "drei.md"}


def test_a_duplicate_id_is_a_defect(corpus: Path) -> None:
    folder = corpus / "probe"
    (folder / "zwei.md").write_text((folder / "eins.md").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(CorpusInvalid, match="duplicate id 'eins'"):
        read_corpus(corpus)


def test_a_collection_without_manifest_is_a_defect(corpus: Path) -> None:
    (corpus / "probe" / "collection.toml").unlink()
    with pytest.raises(CorpusInvalid, match="no manifest"):
        read_corpus(corpus)


def test_the_hash_follows_the_content(corpus: Path) -> None:
    before = corpus_hash(corpus)
    assert corpus_hash(corpus) == before
    edit(corpus, "kennzeichnen.", "prüfen.")
    assert corpus_hash(corpus) != before
