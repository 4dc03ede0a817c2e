from itertools import pairwise

import pytest

from guidelines_db.german_words import GermanWords
from guidelines_db.joints import Joints
from guidelines_db.search import Searcher


@pytest.fixture
def joints(searcher: Searcher) -> Joints:
    return Joints(searcher.tools.splitter, GermanWords())


@pytest.mark.parametrize(
    "parts",
    [
        "Bundes-kanzler-amt",
        "Daten-schutz-konferenz",
        "Bundes-verwaltungs-gericht",
        "Staats-regierung",
        "Land-kreis-tag",
        "Senats-kanzlei",
        "Kommunal-verwaltung",
        "Verwaltungs-verfahrens-gesetz",
        "Einwohner-antrag",
        "Ältesten-rat",
        "Ganz-tags-förderung",
        "Parkraum-kontrolle",
        "Bundes-innen-ministerium",
        "Bundes-amt",
    ],
)
def test_names_of_documents_and_topics_break_between_words(joints: Joints, parts: str) -> None:
    word = parts.replace("-", "")
    ends = [0, *joints.of(word), len(word)]
    assert "-".join(word[start:end] for start, end in pairwise(ends)) == parts


@pytest.mark.parametrize(
    "word",
    [
        "Verwaltung",
        "Kontrolle",
        "Bürgerinnen",
        "Beigeordnete",
        "Augsburg",
        "Wuppertal",
        "liegenden",
        "Ulm",
        "",
    ],
)
def test_what_is_no_compound_has_no_joint(joints: Joints, word: str) -> None:
    assert joints.of(word) == ()
