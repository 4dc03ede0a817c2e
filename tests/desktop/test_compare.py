"""Cells of the matrix are true: what they count speaks of the topic, and their key sentence stands in the document."""

from pathlib import Path

import pytest

from desktop.compare import matrix
from desktop.compare.choice import MOST_COLUMNS, Choice, Comparer, Comparison
from desktop.compare.lexicon import Lexicon
from desktop.compare.matrix import Cell
from desktop.compare.names import column_names
from desktop.compare.restrictions import chosen_by, restrictions, title_of
from desktop.compare.tables import exported
from desktop.full_document import read_full
from desktop.library import Library
from desktop.texts.compare import CUT
from guidelines_db.corpus import read_corpus

SUBJECTS = ("ki-leitlinien", "ganztagsbetreuung", "gemo-bw", "ki-zukunft")

# Read by a person: topic, document, what its key sentence says.
JUDGED = (
    ("transparenz-kennzeichnung", "wien", "Kennzeichnungspflicht"),
    ("transparenz-kennzeichnung", "winterberg", ""),
    ("mensch-entscheidet", "wuppertal", "dürfen nur Menschen entscheiden"),
    ("mensch-entscheidet", "essen", "Entscheidungen trifft ein Mensch"),
    ("mensch-entscheidet", "hamburg", "das letzte Wort"),
    ("mensch-entscheidet", "deutscher-landkreistag", "abschließende Entscheidung"),
    ("schulung-kompetenz", "kiel", "KI-Pass"),
    ("freigegebene-werkzeuge", "muenchen", "MUCGPT"),
    ("freigegebene-werkzeuge", "leipzig", "LeoGPT"),
    ("governance-zustaendigkeit", "schorndorf", "Stabsstelle Digitalisierung"),
    ("governance-zustaendigkeit", "stuttgart", "Chief AI Officer"),
    ("nichtdiskriminierung", "bund-ki-leitlinien", "benachteiligen"),
    ("pruefpflicht", "dsk-orientierungshilfe-ki-datenschutz", "auf ihre Richtigkeit geprüft"),
    ("pruefpflicht", "berlin", "überprüft werden"),
    ("verbotene-anwendungen", "frankfurt-am-main", "Verwaltungsakte darf KI nicht"),
    ("rechtssicherheit-ki-vo", "hamburg", "KI-Verordnung"),
    ("nachhaltigkeit", "wien", "Nachhaltigkeit"),
    ("urheberrecht", "arnsberg", "Urheberrecht"),
    ("personalvertretung", "arnsberg", "Personalrat"),
    ("barrierefreiheit", "stuttgart", "Barrierefreiheit"),
)
GAPS = (
    ("nachhaltigkeit", "arnsberg"),
    ("urheberrecht", "hamburg"),
    ("beschaffung", "wuppertal"),
    ("barrierefreiheit", "wuppertal"),
    ("personalvertretung", "wien"),
    ("pruefpflicht", "schorndorf"),
)


@pytest.fixture(scope="module")
def comparer() -> Comparer:
    """Reads a document of the shipped collections once for all tests."""
    return Comparer()


def cell(comparison: Comparison, topic: str, document: str) -> Cell:
    """Return a cell by names."""
    found = comparison.matrix
    row = [one.id for one in found.topics].index(topic)
    column = [one.info.id for one in found.columns].index(document)
    return found.cell(row, column)


def names(comparison: Comparison) -> list[str]:
    return [column.name for column in comparison.matrix.columns]


def test_the_words_of_every_topic_are_known() -> None:
    lexicon = Lexicon()
    missing = {topic for collection in read_corpus() for topic in collection.topics if topic not in lexicon}
    assert not missing, "add them to desktop/compare/topics.toml"


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_cell_rests_on_its_document(shipped: Library, comparer: Comparer, subject: str) -> None:
    comparison = comparer.compare(shipped, Choice(subject))
    matrix = comparison.matrix
    assert len(matrix.columns) == comparison.found > 5
    documents = {column.key: read_full(shipped, *column.key) for column in matrix.columns}
    filled = 0
    for topic, cells in zip(matrix.topics, matrix.cells, strict=True):
        for column, one in zip(matrix.columns, cells, strict=True):
            parts = {part.heading: part.text for part in documents[column.key].parts}
            assert (one.level == 0) == (not one.spots)
            filled += bool(one.spots)
            for spot in one.spots:
                assert spot.text in parts[spot.section]
            sentences = [spot.text[start:end] for spot in one.spots for start, end in spot.sentences]
            assert len(sentences) == one.sentences
            assert one.key in sentences or (not one.key and not sentences), topic
            assert sum(spot.key is not None for spot in one.spots) == bool(one.key)
            assert "für diese Zusammenfassung" not in one.key, (
                "says what the summary lacks, not what is ruled"
            )
    assert filled > len(matrix.columns)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_the_editors_marked_is_never_a_gap(shipped: Library, comparer: Comparer, subject: str) -> None:
    comparison = comparer.compare(shipped, Choice(subject))
    topics = {topic.id for topic in comparison.matrix.topics}
    marked = {
        (topic, document.id)
        for collection in read_corpus()
        if collection.name == subject
        for document in collection.documents
        for section in document.sections
        for topic in section.topics
        if topic in topics
    }
    assert marked
    assert not [pair for pair in marked if not cell(comparison, *pair).level]


def test_most_cells_have_a_key_sentence(shipped: Library, comparer: Comparer) -> None:
    matrix = comparer.compare(shipped, Choice("ki-leitlinien")).matrix
    filled = [one for cells in matrix.cells for one in cells if one.level]
    assert sum(bool(one.key) for one in filled) >= 0.8 * len(filled)


@pytest.mark.parametrize(("topic", "document", "words"), JUDGED)
def test_key_sentences_say_what_the_topic_asks(
    shipped: Library, comparer: Comparer, topic: str, document: str, words: str
) -> None:
    found = cell(comparer.compare(shipped, Choice()), topic, document)
    assert found.level
    assert words in found.key


@pytest.mark.parametrize(("topic", "document"), GAPS)
def test_a_document_that_does_not_speak_of_a_topic_has_a_gap(
    shipped: Library, comparer: Comparer, topic: str, document: str
) -> None:
    assert cell(comparer.compare(shipped, Choice()), topic, document) == Cell()


def test_what_is_so_elsewhere_is_no_key_sentence(shipped: Library, comparer: Comparer) -> None:
    found = cell(comparer.compare(shipped, Choice()), "mensch-entscheidet", "essen")
    assert "Wuppertal" not in found.key


def test_documents_are_chosen_by_collection_land_place_and_kind(shipped: Library, comparer: Comparer) -> None:
    first = comparer.compare(shipped, Choice())
    assert first.choice == Choice("ki-leitlinien", ("ki-leitlinien",))
    assert title_of(first) == "KI-Leitlinien und Recht"
    assert "Wuppertal" in names(first)
    assert comparer.compare(shipped, Choice(lands=("Wien",))).found == 1
    assert names(comparer.compare(shipped, Choice(places=("Essen", "Wuppertal")))) == ["Essen", "Wuppertal"]
    orders = comparer.compare(shipped, Choice(lands=("Nordrhein-Westfalen",), kinds=("dienstanweisung",)))
    assert names(orders) == ["Arnsberg", "Winterberg"]
    assert [name for name, _ in restrictions(orders)] == ["Land: Nordrhein-Westfalen", "Art: Dienstanweisung"]
    assert chosen_by(orders) == (
        "KI-Leitlinien · Land: Nordrhein-Westfalen · Art: Dienstanweisung · 2 Dokumente · 23 Themen"
    )
    both = comparer.compare(shipped, Choice(collections=("ki-leitlinien", "recht")))
    assert both.found == 50
    for _, rest in restrictions(orders):
        assert comparer.compare(shipped, rest).found > orders.found


@pytest.mark.parametrize(
    "choice",
    [
        Choice("gibt-es-nicht"),
        Choice(collections=("weg",)),
        Choice(lands=("Atlantis",), places=("\x00",), kinds=("",)),
    ],
)
def test_what_is_no_longer_there_is_left_out(shipped: Library, comparer: Comparer, choice: Choice) -> None:
    comparison = comparer.compare(shipped, choice)
    assert comparison.choice == Choice("ki-leitlinien", ("ki-leitlinien",))
    assert comparison.found == 34


def test_a_choice_that_nothing_meets_is_empty(shipped: Library, comparer: Comparer) -> None:
    comparison = comparer.compare(shipped, Choice(lands=("Wien",), kinds=("gesetz",)))
    assert comparison.found == 0
    assert comparison.matrix.columns == ()


def test_own_documents_are_compared_by_their_words_alone(library: Library, tmp_path: Path) -> None:
    rules = tmp_path / "Dienstanweisung KI.txt"
    rules.write_text(
        "Personenbezogene Daten dürfen nicht in externe Dienste eingegeben werden. "
        "Texte, die mit KI entstanden sind, sind zu kennzeichnen. Die Kantine öffnet um 11 Uhr.",
        encoding="utf-8",
    )
    other = tmp_path / "Hundewiese.txt"
    other.write_text("Auf der Hundewiese besteht keine Leinenpflicht.", encoding="utf-8")
    library.import_paths([rules, other], "Eigene")
    comparer = Comparer()
    (own,) = [info.name for info in library.collections() if info.own]
    comparison = comparer.compare(library, Choice(collections=("ki-leitlinien", own)))
    assert {column.name for column in comparison.matrix.columns[:2]} == {"Dienstanweisung KI", "Hundewiese"}
    keys = {
        topic.id: cells[names(comparison).index("Dienstanweisung KI")].key
        for topic, cells in zip(comparison.matrix.topics, comparison.matrix.cells, strict=True)
    }
    assert keys["datenschutz"].startswith("Personenbezogene Daten")
    assert keys["transparenz-kennzeichnung"].endswith("sind zu kennzeichnen.")
    assert not any("Kantine" in key for key in keys.values())
    meadow = names(comparison).index("Hundewiese")
    assert not any(cells[meadow].level for cells in comparison.matrix.cells)
    for info in [column.info for column in comparison.matrix.columns[:2]]:
        library.remove_document(info.collection, info.id)
    assert comparer.compare(library, Choice(collections=("ki-leitlinien", own))).found == 34


def test_of_a_very_long_document_the_beginning_is_read_and_this_is_said(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "Handbuch.txt"
    middle = "\n\n".join(f"Absatz {number} handelt vom Wetter. " * 30 for number in range(20))
    file.write_text(
        f"Der Datenschutz ist zu beachten.\n\n{middle}\n\nDas Urheberrecht gilt.", encoding="utf-8"
    )
    library.import_paths([file], "Eigene")
    (own,) = [info.name for info in library.collections() if info.own]
    whole = Comparer().compare(library, Choice(collections=(own,)))
    assert not whole.matrix.columns[0].cut
    assert cell(whole, "urheberrecht", "Handbuch").level == 1
    monkeypatch.setattr(matrix, "MOST_PASSAGES", 3)
    beginning = Comparer().compare(library, Choice(collections=(own,)))
    assert beginning.matrix.columns[0].cut
    assert cell(beginning, "datenschutz", "Handbuch").level == 1
    assert cell(beginning, "urheberrecht", "Handbuch").level == 0
    assert CUT in str(exported(beginning, "2026-11-26T14:05:00+01:00").documents.rows[0])


def test_no_more_documents_than_can_be_looked_over(library: Library, tmp_path: Path) -> None:
    files = []
    for number in range(MOST_COLUMNS + 5):
        files.append(tmp_path / f"Vermerk {number}.txt")
        files[-1].write_text(f"Vermerk {number}: Der Datenschutz ist zu beachten.", encoding="utf-8")
    library.import_paths(files, "Eigene")
    (own,) = [info.name for info in library.collections() if info.own]
    comparison = Comparer().compare(library, Choice(collections=(own,)))
    assert comparison.found == MOST_COLUMNS + 5
    assert len(comparison.matrix.columns) == MOST_COLUMNS
    assert f"die ersten {MOST_COLUMNS} von {MOST_COLUMNS + 5} Dokumente" in chosen_by(comparison)


def test_names_of_columns_are_short_and_no_two_the_same(shipped: Library) -> None:
    with shipped.reading() as readers:
        infos = [info for reader in readers for _, info in reader.documents()]
    found = dict(zip([info.id for info in infos], column_names(infos), strict=True))
    assert len(set(found.values())) == len(infos)
    assert max(map(len, found.values())) <= 110
    assert found["wuppertal"] == "Wuppertal"
    assert found["frankfurt-am-main"] == "Frankfurt am Main"
    assert found["hamburg"] == "Hamburg"
    assert found["ki-verordnung-transparenz-art-50"] == "KI-Verordnung: Transparenzpflichten, Artikel 50"
    assert found["bsi-kriterienkatalog-generative-ki"] == "BSI"
    assert found["ganztag-rechtsanspruch-24-sgb-viii"].startswith("Rechtsanspruch auf")
    chapters = column_names([info for info in infos if info.collection == "gemo-bw"])
    assert {"Befangenheit", "Bürgermeister: Wahl, Aufgaben, Eilentscheidung"} <= set(chapters)
    assert found["bmi-ki-leitbild"].startswith("BMI: ")
