"""Vectors are stored once, resumed after a stop, rebuilt for another encoder, and searched exactly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from guidelines_db.glossary import Glossary
from guidelines_db.index_reader import IndexReader
from guidelines_db.own_store import OwnStore
from guidelines_db.places import Gazetteer
from guidelines_db.search import Searcher
from guidelines_db.vectors import DIMENSIONS, EncoderUnavailable, Matrix, PassageVectors, Vector, pack, unpack

MakeStore = Callable[[], OwnStore]


def letters(text: str) -> Vector:
    """A vector of the letters of ``text``: alike for alike texts."""
    counts = np.bincount(np.frombuffer(text.lower().encode(), np.uint8), minlength=DIMENSIONS).astype(
        np.float32
    )
    return counts / max(float(np.linalg.norm(counts)), 1.0)


@dataclass
class LetterEncoder:
    """Stands in for the model, which is slow and not under test here."""

    model_id: str = "letters"
    broken: bool = False
    encoded: list[str] = field(default_factory=list)

    def encode_query(self, text: str) -> Vector:
        if self.broken:
            raise EncoderUnavailable("broken")
        return letters(text)

    def encode_sections(
        self,
        sections: Sequence[tuple[str, Sequence[str]]],
        on_progress: Callable[[int, int], None] | None = None,
    ) -> list[tuple[Vector, Matrix]]:
        result = []
        for context, sentences in sections:
            text = " ".join((context, *sentences))
            self.encoded.append(text)
            result.append((letters(text), np.stack([letters(sentence) for sentence in sentences])))
        return result


@pytest.fixture
def store(make_store: MakeStore, tmp_path: Path) -> OwnStore:
    folder = tmp_path / "texte"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number:02}.txt").write_text(
            f"Regel {number} gilt. Sie heißt {'abcdefghij'[number % 10] * 9}."
        )
    made = make_store()
    made.import_paths([folder], "A")
    return made


def test_packing_keeps_direction_and_shape() -> None:
    random = np.random.default_rng(1)
    rows = random.normal(size=(4, DIMENSIONS)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    back = unpack(pack(PassageVectors(rows[0], rows[1:])))
    assert back.sentences.shape == (3, DIMENSIONS)
    assert float(back.whole @ rows[0]) == pytest.approx(1, abs=1e-3)


def test_a_stop_costs_little_and_the_next_call_resumes(store: OwnStore) -> None:
    encoder = LetterEncoder()
    asked: list[int] = []

    def stop_soon() -> bool:
        asked.append(1)
        return len(asked) > 1

    first = store.add_vectors(encoder, is_cancelled=stop_soon)
    assert 0 < first < 20
    assert store.coverage() == (first, 20)
    progress: list[tuple[int, int]] = []
    assert store.add_vectors(encoder, lambda done, total: progress.append((done, total))) == 20 - first
    assert progress[-1] == (20 - first, 20 - first)
    assert store.coverage() == (20, 20)
    assert len(encoder.encoded) == len(set(encoder.encoded)) == 20
    assert store.add_vectors(encoder) == 0


def test_another_encoder_begins_anew(store: OwnStore) -> None:
    store.add_vectors(LetterEncoder())
    other = LetterEncoder("other")
    assert store.add_vectors(other) == 20
    reader = IndexReader(store.index, own=True)
    assert reader.encoder_id == "other"
    reader.close()


def test_similarities_are_those_of_numpy(store: OwnStore) -> None:
    store.add_vectors(LetterEncoder())
    reader = IndexReader(store.index, own=True)
    table = reader.vectors
    query = letters("ccccccccc")
    whole, best, rows = table.similarities(query)
    assert len(table) == len(whole) == len(best) == 20
    for place, passage in enumerate(table.passages.tolist()):
        sentences = table.sentence_rows(passage, rows)
        assert len(sentences) == len(reader.passage(passage).sentences) == 2
        assert best[place] == pytest.approx(max(whole[place], sentences.max()))
    reader.close()


def test_vectors_find_what_words_do_not(store: OwnStore) -> None:
    encoder = LetterEncoder()
    store.add_vectors(encoder)
    reader = IndexReader(store.index, own=True)
    searcher = Searcher([reader], Glossary(), Gazetteer(), encoder)
    assert "ccccccccc" in searcher.search("cccccccccccc").hits[0].text
    encoder.broken = True
    assert searcher.search("cccccccccccc").hits == ()
    assert searcher.search("Regel 7").hits[0].document.id == "07"
    reader.close()


@pytest.mark.parametrize("question", ["", "  ", "der die das und", "Was ist das?", "\0"])
def test_a_question_without_a_word_to_look_for_finds_nothing(store: OwnStore, question: str) -> None:
    encoder = LetterEncoder()
    store.add_vectors(encoder)
    reader = IndexReader(store.index, own=True)
    assert Searcher([reader], Glossary(), Gazetteer(), encoder).search(question).hits == ()
    reader.close()


def test_the_best_text_candidates_get_their_vectors_when_first_needed(store: OwnStore) -> None:
    encoder = LetterEncoder()
    reader = IndexReader(store.index, own=True)

    def embed(passages: list[int]) -> bool:
        return store.add_vectors(encoder, passages=passages) > 0

    searcher = Searcher([reader], Glossary(), Gazetteer(), encoder, embed_missing=embed)
    hit = searcher.search("Regel 7").hits[0]
    assert hit.document.id == "07"
    encoded, total = store.coverage()
    assert 0 < encoded < total
    assert hit.passage_id in reader.vectors
    searcher.search("Regel 7")
    assert store.coverage()[0] == encoded
    reader.close()


def test_deleting_a_document_deletes_its_vectors(store: OwnStore) -> None:
    store.add_vectors(LetterEncoder())
    store.remove_document("A", "07")
    assert store.coverage() == (19, 19)
