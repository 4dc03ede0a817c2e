"""Differences in numbers, dates and modality are found; what is the same, and addresses of laws, are not."""

import pytest

from desktop.compare.differences import Aspect, Modality, differing, values_in
from desktop.compare.matrix import Cell, Column, Spot, Topic
from desktop.compare.side_by_side import beside
from guidelines_db.results import DocumentInfo


def found(text: str, aspect: Aspect) -> list[tuple[str, str]]:
    """Return meaning and wording of what stands in ``text``."""
    return [(one.value, one.shown) for one in values_in(text) if one.aspect is aspect]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Beschäftigte müssen prüfen.", ["muss"]),
        ("Beschäftigte müssen prüfen und dürfen nicht blind übernehmen.", ["muss", "darf nicht"]),
        ("Keine Personendaten dürfen eingegeben werden.", ["darf nicht"]),
        ("Das ist verboten.", ["darf nicht"]),
        ("Das ist nicht verboten.", ["darf / kann"]),
        ("Das muss nicht gekennzeichnet werden.", ["muss nicht"]),
        ("Sie müssen sicherstellen, dass keine Daten abfließen.", ["muss"]),
        ("Ergebnisse sind vor der Verwendung zu prüfen.", ["muss"]),
        ("Die Regel ist einzuhalten.", ["muss"]),
        ("Man soll die Quelle nennen.", ["soll"]),
        ("Man sollte keine Namen eingeben.", ["soll nicht"]),
        ("Beschäftigte können Texte übersetzen lassen.", ["darf / kann"]),
        ("Sie dürfen nur freigegebene Werkzeuge nutzen.", ["darf nur"]),
        ("Sie darf nicht nur prüfen.", ["darf / kann"]),
        ("Es gilt eine Kennzeichnungspflicht.", ["muss"]),
        ("Der Wald ist grün.", []),
    ],
)
def test_modality_is_read_with_its_negation(text: str, expected: list[str]) -> None:
    assert [value for value, _ in found(text, Aspect.MODALITY)] == expected
    assert set(expected) <= {one.value for one in Modality}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rund 40.000 Beschäftigte", ["40.000 Beschäftigte"]),
        ("acht Millionen Euro", ["acht Millionen Euro"]),
        ("8 Mio. Euro", ["8 Mio. Euro"]),
        ("20 Prozent", ["20 Prozent"]),
        ("zwölf Stellen und fünf Termine von je 120 Minuten", ["zwölf Stellen", "fünf", "120 Minuten"]),
        ("nach § 35a Abs. 2 Satz 1 und Art. 50, Drucksache 22-3049.1, Artikel 6, 26 und 49", []),
        ("GPT-4o, Verordnung (EU) 2024/1689, DIN 5007", []),
        ("am 30. Januar 2026", []),
    ],
)
def test_numbers_are_amounts_not_addresses(text: str, expected: list[str]) -> None:
    assert [shown for _, shown in found(text, Aspect.NUMBER)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("am 30. Januar 2026", ["2026-01-30"]),
        ("am 30.01.2026", ["2026-01-30"]),
        ("im Juni 2024", ["2024-06"]),
        ("seit Mitte 2023", ["2023"]),
        ("Schuljahr 2026/2027", ["2026/2027"]),
        ("18. September", ["-----09-18"]),
        ("2024 Euro und § 2024", []),
    ],
)
def test_dates_are_the_same_however_they_are_written(text: str, expected: list[str]) -> None:
    assert [value for value, _ in found(text, Aspect.DATE)] == expected


def test_what_means_the_same_does_not_differ() -> None:
    one = values_in("Bis 31.12.2029 müssen 8 Mio. Euro und 20 % abgerufen werden.")
    other = values_in("Es muss bis zum 31. Dezember 2029 geschehen: acht Millionen Euro, 20 Prozent.")
    assert differing([one, other]) == ((), ())


def test_what_is_not_in_all_others_differs() -> None:
    texts = ("Sie müssen 3 Tage warten.", "Sie sollen 3 Tage warten.", "Sie müssen 5 Tage warten.")
    marked = differing([values_in(text) for text in texts])
    assert [[one.shown for one in mine] for mine in marked] == [
        ["müssen", "3 Tage"],
        ["sollen", "3 Tage"],
        ["müssen", "5 Tage"],
    ]


def test_a_less_exact_date_is_no_difference() -> None:
    marked = differing([values_in("Seit 2026."), values_in("Seit dem 30. Januar 2026.")])
    assert marked == ((), ())


def test_one_text_alone_has_no_differences() -> None:
    assert differing([values_in("Sie müssen 3 Tage warten.")]) == ((),)


def column(name: str) -> Column:
    info = DocumentInfo("c", name, name, name, "", "leitlinie", "", "", True, (), f"{name}.md", False)
    return Column(info, name)


def speaking(*texts: str, about: str = "") -> Cell:
    """Return a cell whose spots hold ``texts``, each a sentence on the topic, then one that is not."""
    spots = tuple(
        Spot("Abschnitt", number, f"{text} {about}", ((0, len(text)),)) for number, text in enumerate(texts)
    )
    return Cell(len(texts), texts[0], "Abschnitt", spots)


def test_only_sentences_on_the_topic_are_compared_and_marks_stand_at_their_places() -> None:
    topic, other = Topic("a", "A"), Topic("b", "B")
    first = speaking("Erst das.", "Sie müssen 3 Tage warten.", about="Am 1.1.2020 waren es 99 Euro.")
    second = speaking("Sie sollen 3 Tage warten.")
    sides = beside(
        [
            (topic, column("Ulm"), first),
            (topic, column("Wien"), second),
            (topic, column("Kiel"), Cell()),
            (other, column("Ulm"), speaking("Sie dürfen 7 Euro zahlen.")),
        ]
    )
    ulm, wien, kiel, alone = sides
    assert [[one.shown for one in spot] for spot in ulm.marks] == [[], ["müssen"]]
    (mark,) = ulm.marks[1]
    assert ulm.cell.spots[1].text[mark.start : mark.end] == "müssen"
    assert wien.shown(Aspect.MODALITY) == ("soll",)
    assert wien.shown(Aspect.NUMBER) == ()
    assert kiel.marks == (), "a gap differs from nothing"
    assert alone.marks == ((),), "another topic is not compared"
