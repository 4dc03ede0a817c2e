import pytest

from guidelines_db.places import Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Was gilt in Wien?", ["Wien"]),
        ("die Leipziger Regeln", ["Leipzig"]),
        ("in der schleswig-holsteinischen Landeshauptstadt", ["Kiel"]),
        ("Landkreis Waldeck Frankenberg", ["Waldeck-Frankenberg"]),
        ("in Rheinland Pfalz und NRW", ["Rheinland-Pfalz", "Nordrhein-Westfalen"]),
        ("BaWü oder Baden-Wuerttemberg", ["Baden-Württemberg", "Baden-Württemberg"]),
        ("Mittag essen gehen", []),
        ("das Essen der Kinder", []),
        ("in Essen und im Essener Rat", ["Essen", "Essen"]),
        ("der Hof der Schule", []),
        ("Münchner Verwaltung", ["München"]),
        ("wienerisch gesprochen", []),
    ],
)
def test_finds_places_and_their_adjectives(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    assert [mention.place.name for mention in gazetteer.mentions(text)] == names


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Regeln der Stadt Bimbelfingen", "Bimbelfingen"),
        ("muss eine Gemeinde Akten aufbewahren", ""),
        ("Stadt Wien", ""),
    ],
)
def test_names_towns_it_does_not_know(gazetteer: Gazetteer, text: str, town: str) -> None:
    assert gazetteer.unknown_town(text) == town


def test_reads_the_place_of_a_publisher(gazetteer: Gazetteer) -> None:
    names = {place.name for place in gazetteer.places_of("Stadt Niederlohe, Bauordnungsamt", "Bayern")}
    assert names == {"Niederlohe", "Bayern"}
