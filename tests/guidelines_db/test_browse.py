from collections.abc import Callable
from pathlib import Path

import pytest

from guidelines_db.browse import BrowseQuery, Browser, BrowseResult, parse
from guidelines_db.index_reader import IndexReader
from guidelines_db.own_store import OwnStore
from guidelines_db.places import Gazetteer

Browse = Callable[..., BrowseResult]


@pytest.fixture
def browse(shipped_index: Path) -> Browse:
    """Return the search of the library page over the shipped collections."""
    return Browser([IndexReader(shipped_index, own=False)], Gazetteer()).browse


def marked(result: BrowseResult) -> set[str]:
    """Return every highlighted stretch in lower case."""
    found = set()
    for document in result.documents:
        found |= {document.document.title[start:end].lower() for start, end in document.title_ranges}
        for passage in document.passages:
            found |= {passage.text[start:end].lower() for start, end in passage.ranges}
            found |= {passage.section[start:end].lower() for start, end in passage.section_ranges}
    return found


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", BrowseQuery()),
        ("hund steuer", BrowseQuery(words=("hund", "steuer"))),
        ('„künstliche  Intelligenz“ rat"', BrowseQuery(words=("rat",), phrases=("künstliche Intelligenz",))),
        ('"noch nicht zu', BrowseQuery(phrases=("noch nicht zu",))),
        ("KI-Pass -Wien", BrowseQuery(words=("KI", "Pass"), without=("Wien",))),
        ('ORT:Kiel sammlung: "KI-Leitlinien"', BrowseQuery(places=("Kiel",), collections=("KI-Leitlinien",))),
        ("jahr:2024 jahr:2025", BrowseQuery(years=("2024", "2025"))),
        ("ort: ort:", BrowseQuery()),
        ("§ 35a Art. 50", BrowseQuery(words=("§ 35a", "Art. 50"))),
        ('- -- "" „“ * ( :', BrowseQuery()),
    ],
)
def test_reads_what_is_typed(text: str, query: BrowseQuery) -> None:
    assert parse(text) == query


def test_finds_from_the_first_letters_to_the_whole_word(browse: Browse) -> None:
    """No letter on the way to the word loses the document again."""
    word = "Kennzeichnungspflicht"
    for length in range(3, len(word) + 1):
        result = browse(word[:length])
        assert "wien" in {document.document.id for document in result.documents}, word[:length]
        assert "kennzeichnungspflicht" in marked(result)


@pytest.mark.parametrize(
    ("typed", "word"),
    [("buergerbeg", "bürgerbegehren"), ("strasse", "straßenraum"), ("§35a", "§ 35a"), ("art. 50", "art. 50")],
)
def test_spellings_and_references_are_the_same(browse: Browse, typed: str, word: str) -> None:
    assert word in marked(browse(typed))


def test_all_words_must_be_there_and_documents_come_best_first(browse: Browse) -> None:
    result = browse("dienstanweisung schorndorf")
    assert result.documents[0].document.id == "schorndorf"
    for document in result.documents:
        assert document.matches >= len(document.passages) >= 1
        for passage in document.passages:
            publisher = document.document.publisher
            text = f"{document.document.title} {publisher} {passage.section} {passage.text}".lower()
            assert "schorndorf" in text
            assert "dienst" in text


def test_a_phrase_stands_as_it_was_typed(browse: Browse) -> None:
    result = browse('"personenbezogene Daten"')
    assert result.documents
    assert marked(result) == {"personenbezogene daten"}
    assert browse('"Daten personenbezogene"').documents == ()
    assert browse('"in der"').documents


def test_what_is_excluded_is_absent(browse: Browse) -> None:
    every = browse("chat", 100)
    rest = browse("chat -stuttgart", 100)
    assert 0 < sum(d.matches for d in rest.documents) < sum(d.matches for d in every.documents)
    assert "stuttgart" not in {document.document.id for document in rest.documents}
    for document in browse("-chatbot", 5).documents:
        assert all("chatbot" not in passage.text.lower() for passage in document.passages)


def test_filters_narrow_to_place_collection_and_year(browse: Browse) -> None:
    documents = [found.document for found in browse("ort:wien").documents]
    assert [document.id for document in documents] == ["wien"]
    assert {"essen", "wuppertal"} <= {found.document.id for found in browse("ort:nrw").documents}
    assert {found.document.collection for found in browse("sammlung:rech ki").documents} == {"recht"}
    years = {found.document.published[:4] for found in browse("jahr:2025", 100).documents}
    assert years == {"2025"}
    assert {found.document.published[:4] for found in browse("jahr:2023-2024", 100).documents} == {
        "2023",
        "2024",
    }
    assert browse("ort:bottrop").documents == ()
    assert browse("sammlung:gibtsnicht ki").documents == ()
    only = browse("ort:kiel pass").documents
    assert [found.document.id for found in only] == ["kiel"]
    assert only[0].passages


def test_only_documents_within_are_looked_at(browse: Browse) -> None:
    every = [(one.document.collection, one.document.id) for one in browse("ki", limit=1_000).documents]
    within = set(every[-2:])
    found = browse("ki", within=within)
    assert {(one.document.collection, one.document.id) for one in found.documents} == within
    assert found.complete
    assert not browse("ki", within=()).documents
    assert {one.document.id for one in browse("", within=within).documents} == {id_ for _, id_ in within}


def test_nothing_typed_lists_the_library(browse: Browse) -> None:
    result = browse("", 1_000)
    assert len(result.documents) > 80
    assert result.complete
    assert all(found.passages == () for found in result.documents)
    assert not browse("", 10).complete


@pytest.mark.parametrize(
    "text",
    [
        'a"b NEAR( * ^ OR',
        "\0\0",
        "'; DROP TABLE passages; --",
        "😀 مرحبا שלום",
        "x" * 10_000,
        'ki "' * 500,
        "[a-z]+ \\d (?i) %_",
        "-\"-'",
        "\ud83d half",
        "{title} : ki",
        "ort:\U0010ffff sammlung:% jahr:((",
        "zpar35a zdm",
    ],
)
def test_any_characters_are_safe(browse: Browse, text: str) -> None:
    result = browse(text)
    for document in result.documents:
        for passage in document.passages:
            ends = [0, *(place for span in passage.ranges for place in span)]
            assert ends == sorted(ends)
            assert ends[-1] <= len(passage.text)


def test_own_documents_stand_beside_shipped_ones(
    shipped_index: Path, make_store: Callable[[], OwnStore], tmp_path: Path
) -> None:
    file = tmp_path / "mops.md"
    file.write_text("# Mopssatzung\n\n## Leine\n\nJeder Mops ist an der Leine zu führen.\n", encoding="utf-8")
    own_store = make_store()
    own_store.import_paths([file], "Satzungen")
    readers = [IndexReader(shipped_index, own=False), IndexReader(own_store.index, own=True)]
    result = Browser(readers, Gazetteer()).browse("mops")
    assert [found.document.title for found in result.documents] == ["Mopssatzung"]
    assert result.documents[0].document.own
    assert marked(result) >= {"mops", "mopssatzung"}
    assert Browser(readers, Gazetteer()).browse("sammlung:satz").documents[0].document.id == "mops"
