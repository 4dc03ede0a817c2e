import json
from collections.abc import Callable
from pathlib import Path

import pytest

from guidelines_db.build import build_index
from guidelines_db.errors import IndexDamaged
from guidelines_db.glossary import Glossary
from guidelines_db.index_reader import IndexReader
from guidelines_db.own_store import OwnStore
from guidelines_db.places import Gazetteer
from guidelines_db.search import Searcher

QUESTIONS = Path(__file__).parents[1] / "data" / "questions-dev.jsonl"


@pytest.mark.parametrize(
    ("question", "document", "section"),
    [
        ("Was ist der KI-Pass in Kiel?", "kiel", "Der KI-Pass als Zugangsvoraussetzung"),
        ("§ 35a VwVfG Verwaltungsakt", "vwvfg-35a-automatisierter-verwaltungsakt", None),
        ("Datenschutzfolgenabschätzung nach der DSGVO", "dsgvo-ki", None),
        (
            "Buergerbegehren Unterschriften Baden-Wuerttemberg",
            "gemo-bw-buergerbegehren-buergerentscheid",
            None,
        ),
        ("KI REGISTER LEIPZIG", "leipzig", "KI-Register"),
        ("Gantagsschule in NRW", "ganztag-nordrhein-westfalen", None),
    ],
)
def test_finds_what_is_asked_for(
    searcher: Searcher, question: str, document: str, section: str | None
) -> None:
    hit = searcher.search(question).hits[0]
    assert hit.document.id == document
    assert section is None or hit.section == section


def test_text_alone_keeps_its_floor(searcher: Searcher) -> None:
    """Measured 2026-11: hit@1 0.75, hit@3 0.92, hit@10 0.96 without vectors."""
    questions = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    found = {1: 0, 3: 0, 10: 0}
    answerable = [question for question in questions if question["answerable"]]
    for question in answerable:
        gold = {(item["document"], item["section"]) for item in question["gold"]}
        hits = [(hit.document.id, hit.section) in gold for hit in searcher.search(question["question"]).hits]
        for depth in found:
            found[depth] += any(hits[:depth])
    share = {depth: count / len(answerable) for depth, count in found.items()}
    assert share[1] >= 0.70
    assert share[3] >= 0.88
    assert share[10] >= 0.94


def test_a_hit_carries_its_best_sentence_with_offsets(searcher: Searcher) -> None:
    for hit in searcher.search("Muss ich in Wien KI-Texte kennzeichnen?").hits:
        assert hit.text[hit.sentence_start : hit.sentence_end] == hit.sentence
        assert hit.sentence
        assert 0 <= hit.coverage <= 1
    best = searcher.search("Muss ich in Wien KI-Texte kennzeichnen?").hits[0]
    assert "Kennzeichnungspflicht" in best.sentence


@pytest.mark.parametrize(
    "question",
    [
        "",
        "und oder aber",
        "\x00\x00",
        "😀🎉🤖",
        "\"\" '' „“ « »",
        'heading:* AND NEAR("x" "y") OR NOT ^(',
        "'; DROP TABLE passages; --",
        "مرحبا שלום",
        "a" * 10_000,
        "Datenschutz " * 1_000,
        "§§§ () [] {} \\ / %_",
    ],
)
def test_any_characters_may_be_typed(searcher: Searcher, question: str) -> None:
    outcome = searcher.search(question)
    assert len(outcome.hits) <= 10
    assert [hit.rank for hit in outcome.hits] == list(range(1, len(outcome.hits) + 1))


def test_a_named_place_comes_first_and_a_missing_one_is_said(searcher: Searcher) -> None:
    assert searcher.search("Kennzeichnung in Schorndorf").hits[0].document.id == "schorndorf"
    outcome = searcher.search("Kennzeichnung von KI-Texten in Bottrop")
    assert outcome.missing_places == ("Bottrop",)
    assert outcome.hits


def test_only_the_chosen_collections_are_searched(searcher: Searcher) -> None:
    for name in ("recht", "gemo-bw"):
        hits = searcher.search("Was gilt für Chatbots?", [name]).hits
        assert {hit.document.collection for hit in hits} <= {name}
    assert searcher.search("Chatbot", ["gemo-bw", "recht"]).hits


def test_a_hit_explains_itself(searcher: Searcher) -> None:
    explanation = searcher.search("KI-Pass Kiel").hits[0].explanation
    assert explanation["text_rank"] == 1
    assert "Kiel" in explanation["terms"]  # type: ignore[operator]
    assert explanation["place"] == pytest.approx(0.3)


def test_own_and_shipped_documents_share_one_ranking(
    shipped_index: Path, make_store: Callable[[], OwnStore], tmp_path: Path
) -> None:
    (tmp_path / "regel.md").write_text(
        "# KI-Regel der Gemeinde Aalen\n\n## Drohnen\n\nDrohnen dürfen nur mit Genehmigung des Bauhofs fliegen.\n",
        encoding="utf-8",
    )
    (tmp_path / "kantine.txt").write_text(
        "In der Kantine gibt es montags Linsen mit Spätzle.", encoding="utf-8"
    )
    store = make_store()
    store.import_paths([tmp_path / "regel.md", tmp_path / "kantine.txt"], "Eigene")
    readers = [IndexReader(shipped_index, own=False), IndexReader(store.index, own=True)]
    both = Searcher(readers, Glossary(), Gazetteer())
    assert both.search("Linsen mit Spätzle").hits[0].document.id == "kantine"
    own_first = both.search("Genehmigung des Bauhofs für Drohnen").hits
    assert own_first[0].document.own
    assert any(not hit.document.own for hit in own_first)
    assert both.search("Was ist der KI-Pass in Kiel?").hits[0].document.id == "kiel"
    scores = [hit.score for hit in own_first]
    assert scores == sorted(scores, reverse=True)
    for reader in readers:
        reader.close()


def test_near_duplicates_are_shown_once(make_store: Callable[[], OwnStore], tmp_path: Path) -> None:
    text = "Die Satzung über die Erhebung von Gebühren für Sondernutzungen gilt im ganzen Stadtgebiet. " * 3
    for number in range(4):
        (tmp_path / f"kopie{number}.txt").write_text(f"{text} Stand {number}.", encoding="utf-8")
    store = make_store()
    store.import_paths(sorted(tmp_path.glob("kopie*.txt")), "Eigene")
    reader = IndexReader(store.index, own=True)
    assert len(Searcher([reader], Glossary(), Gazetteer()).search("Gebühren für Sondernutzungen").hits) == 1
    reader.close()


def test_a_changed_passage_is_noticed(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "c.db"
    build_index(index, corpus)
    data = index.read_bytes()
    assert data.count(b"sind zu kennzeichnen") == 1
    index.write_bytes(data.replace(b"sind zu kennzeichnen", b"sind zu verschweige."))
    reader = IndexReader(index, own=False)
    with pytest.raises(IndexDamaged):
        Searcher([reader], Glossary(), Gazetteer()).search("Texte kennzeichnen")
    reader.close()
