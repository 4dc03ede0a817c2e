from pathlib import Path

import pytest

from guidelines_db.analysis import content_terms
from guidelines_db.glossary import GLOSSARY_FILE, Glossary, GlossaryInvalid


def others(glossary: Glossary, phrase: str) -> set[tuple[str, ...]]:
    return {other for match in glossary.matches(content_terms(phrase)) for other in match.others}


def test_abbreviations_and_long_forms_find_each_other() -> None:
    glossary = Glossary()
    assert tuple(content_terms("Geldbuße")) in others(glossary, "Bußgeld")
    assert ("kiverordn",) in others(glossary, "AI Act")


def test_a_town_adds_its_own_words(tmp_path: Path) -> None:
    own = tmp_path / "glossar.toml"
    own.write_text(
        'same = [["Bürgerbüro", "Kundenzentrum"]]\n[[directed]]\nfrom = ["Rente"]\nto = ["Altersgeld"]\n',
        encoding="utf-8",
    )
    glossary = Glossary((GLOSSARY_FILE, own))
    assert tuple(content_terms("Kundenzentrum")) in others(glossary, "Bürgerbüro")
    assert tuple(content_terms("Altersgeld")) in others(glossary, "Rente")
    assert others(glossary, "Altersgeld") == set()


@pytest.mark.parametrize(
    "content", ["same = [", "same = [[1, 2]]", '[[directed]]\nfrom = ["a"]\n', f"same = {'[' * 50_000}"]
)
def test_a_mistake_is_named_with_its_file(tmp_path: Path, content: str) -> None:
    own = tmp_path / "glossar.toml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(GlossaryInvalid, match=r"glossar\.toml"):
        Glossary((own,))


def test_a_missing_file_is_no_mistake(tmp_path: Path) -> None:
    assert list(Glossary((tmp_path / "fehlt.toml",)).matches(["ki"])) == []
