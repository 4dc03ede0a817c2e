import pytest

from guidelines_db.analysis import content_terms, stem, tokens, verb_variants, words_of


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Bürger", "Buerger"),
        ("Straße", "STRASSE"),
        ("Maßnahmen", "Massnahme"),
        ("Richtlinie", "Richtlinien"),
        ("Gemeinderäte", "Gemeinderat"),
        ("Bürgerinnen", "Bürger"),
        ("Bußgeld", "Bussgelder"),
    ],
)
def test_spellings_and_inflections_share_a_stem(left: str, right: str) -> None:
    assert stem(left) == stem(right)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("§ 35a", ["zpar35a"]),
        ("§35a", ["zpar35a"]),
        ("§§ 10, 11 und 22", ["zpar10", "zpar11", "zpar22"]),
        ("Art. 50 Abs. 2", ["zart50", "zabs2"]),
        ("Artikel 50 Absatz 2", ["zart50", "zabs2"]),
        ("Nr. 3", ["znr3"]),
        ("Anhang III", ["zanhiii"]),
        ("1.200 Euro", ["1200", stem("Euro")]),
        ("3,8 %", ["3zk8", stem("Prozent")]),
        ("F13", ["f13"]),
        ("der die das und nicht", []),
        ("😀 „“ ''", []),
    ],
)
def test_references_and_numbers_are_terms_of_their_own(text: str, terms: list[str]) -> None:
    assert content_terms(text) == terms


@pytest.mark.parametrize(
    "text", ["28. August 2024", "28.08.2024", "28.8.2024", "2024-08-28", "28. Aug. 2024"]
)
def test_a_date_is_the_same_in_every_spelling(text: str) -> None:
    (token,) = tokens(text)
    assert token.kind == "date"
    assert token.terms == ("zd20240828", "zm202408", "2024")


def test_an_impossible_date_is_numbers() -> None:
    assert content_terms("99.99.2024") == ["99", "99", "2024"]


def test_hyphenated_words_are_found_whole_and_in_parts() -> None:
    (token,) = tokens("KI-Leitlinie")
    assert token.terms == (stem("KILeitlinie"), stem("KI"), stem("Leitlinie"))


@pytest.mark.parametrize("word", ["Bürger:innen", "Bürger*innen", "Bürger_innen"])
def test_gender_forms_are_the_plain_word(word: str) -> None:
    assert content_terms(word) == [stem("Bürger")]


def test_participles_and_zu_infinitives_lead_to_the_infinitive() -> None:
    assert verb_variants("zugeschaltet") == (stem("zuschalten"),)
    assert verb_variants("einzusetzen") == (stem("einsetzen"),)
    assert verb_variants("gefilmt") == (stem("filmen"),)
    assert verb_variants("Rathaus") == ()


def test_tokens_know_their_place() -> None:
    text = "Am 8. Oktober gilt § 4."
    assert [text[token.start : token.end] for token in tokens(text) if not token.stop] == [
        "8. Oktober",
        "§ 4",
    ]


def test_words_of_gives_plain_words() -> None:
    assert list(words_of("Die KI-Leitlinie 2024 der Stadt")) == ["die", "ki", "leitlinie", "der", "stadt"]


def test_encoded_data_is_no_word() -> None:
    assert content_terms("A" * 500) == []
