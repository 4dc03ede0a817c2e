"""The finished reader in llama.cpp: says what the training runtime said, and keeps its measured figures.

Needs the model file in the cache folder (``python -m models.build fetch leitstern-reader``).
"""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING

import gguf
import llama_cpp
import numpy as np
import platformdirs
import pytest

from models.build.convert_reader import LAYERS_FILE, MODEL_FILE_NAME, merge
from models.build.e5_source import ConversionError
from models.catalogue import load_catalogue
from models.client import WorkerClient
from models.encoder import SentenceEncoder
from models.model_file import check_model_file
from models.reader.data import load_passages, split_passages
from models.reader.evaluate import judge_all
from models.reader.metrics import summarise
from models.reader.runtime import WEIGHTS_FOLDER, PassageText, Reader, apply_heads, load_heads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXPECTED_PASSAGES = 4
ENTRY = load_catalogue()["leitstern-reader"]


@pytest.fixture(scope="module")
def model_file() -> Path:
    """The finished file; a missing or stale one fails with the command that makes it."""
    file = platformdirs.user_cache_path("leitstern", appauthor=False) / "models" / MODEL_FILE_NAME
    if not file.exists():
        pytest.fail("the reader's model is missing; run: python -m models.build fetch leitstern-reader")
    return file


@pytest.fixture(scope="module")
def encoder(model_file: Path) -> Iterator[SentenceEncoder]:
    """The reader's encoder in a real worker process."""
    encoder = SentenceEncoder(WorkerClient([sys.executable, "-m", "desktop", "--worker"]), model_file)
    yield encoder
    encoder.close()


def test_both_runtimes_see_the_same_and_decide_the_same(encoder: SentenceEncoder) -> None:
    heads = load_heads()
    with np.load(WEIGHTS_FOLDER / "expected.npz") as file:
        expected = {name: file[name].astype(np.float32) for name in file.files}
    _training, validation = split_passages(load_passages())
    asked = [
        (passage, text)
        for passage in validation[:EXPECTED_PASSAGES]
        for text in (
            *(f"query: {question.text}" for question in passage.questions),
            *(f"claim: {claim.text}" for claim in passage.claims),
        )
    ]
    vectors = encoder.encode_sections(
        [(passage.context, [*passage.sentences, text]) for passage, text in asked]
    )
    assert len(vectors) == len(expected["answers"])
    for number, (_, rows) in enumerate(vectors):
        told = expected["told"][number, : len(rows) - 1]
        assert (rows[:-1] * told).sum(axis=1).min() > 0.99
        assert rows[-1] @ expected["asked"][number] > 0.99
        logits = apply_heads(heads, rows[-1], rows[:-1])
        theirs = expected["sentences"][number, : len(rows) - 1]
        close = np.sort(theirs)[-2:]
        if close[-1] - close[0] > 0.3:  # nearly equal sentences may swap places in 8 bits
            assert logits.sentences.argmax() == theirs.argmax()
        if abs(expected["answers"][number]) > 0.3:
            assert (logits.answer > 0) == (expected["answers"][number] > 0)
        verdicts = np.sort(expected["claims"][number])
        if verdicts[-1] - verdicts[-2] > 0.3:
            assert logits.claim.argmax() == expected["claims"][number].argmax()


def test_a_question_finds_its_sentence_and_passage(encoder: SentenceEncoder) -> None:
    reader = Reader(lambda parts: [rows for _, rows in encoder.encode_sections(parts)], load_heads())
    passages = [
        PassageText(
            "Stadt Musterau. Hundesatzung.",
            (
                "Hunde sind im Stadtpark an der Leine zu führen.",
                "Die Hundesteuer beträgt für den ersten Hund 96 Euro im Jahr.",
                "Die Satzung gilt ab dem 1. März 2024.",
            ),
        ),
        PassageText(
            "Stadt Musterau. Friedhofsordnung.",
            ("Der Friedhof ist von 8 bis 18 Uhr geöffnet.", "Grabpflege ist Sache der Angehörigen."),
        ),
    ]
    dogs, graves = reader.judge("Was kostet die Steuer für einen Hund?", passages)
    assert dogs.best_sentence == 1
    assert dogs.probability > graves.probability


def test_the_figures_do_not_fall(encoder: SentenceEncoder) -> None:
    _training, validation = split_passages(load_passages())
    heads = load_heads()
    figures = summarise(judge_all(encoder, heads, validation[::6]), heads.support_bias)
    assert figures["right sentence first"] >= FLOORS["right sentence first"]
    assert figures["answerable, AUC"] >= FLOORS["answerable, AUC"]
    assert figures["claims, accuracy"] >= FLOORS["claims, accuracy"]


FLOORS = {"right sentence first": 0.85, "answerable, AUC": 0.80, "claims, accuracy": 0.60}


def test_the_file_is_the_catalogue_s_and_repeatable(model_file: Path, tmp_path: Path) -> None:
    check_model_file(model_file, ENTRY, tmp_path)
    base = model_file.with_name(load_catalogue()["multilingual-e5-small"].file)
    merge(base, LAYERS_FILE, tmp_path / "again.gguf")
    assert (tmp_path / "again.gguf").read_bytes() == model_file.read_bytes()


def test_german_text_is_cut_into_the_same_pieces_as_by_the_whole_vocabulary(
    model_file: Path, encoder_model: Path
) -> None:
    def pieces(file: Path, texts: list[str]) -> list[list[bytes]]:
        params = llama_cpp.llama_model_default_params()
        params.vocab_only = True
        model = llama_cpp.llama_model_load_from_file(str(file).encode(), params)
        vocab = llama_cpp.llama_model_get_vocab(model)
        found = []
        for text in texts:
            data = text.encode()
            tokens = (llama_cpp.llama_token * (len(data) + 8))()
            count = llama_cpp.llama_tokenize(vocab, data, len(data), tokens, len(tokens), False, False)
            buffer = ctypes.create_string_buffer(256)
            row = []
            for token in tokens[:count]:
                length = llama_cpp.llama_token_to_piece(vocab, token, buffer, 256, 0, False)
                row.append(buffer.raw[:length])
            found.append(row)
        llama_cpp.llama_model_free(model)
        return found

    texts = [passage.context + " " + " ".join(passage.sentences) for passage in load_passages()]
    texts += ["§ 35a Abs. 2 GemO: 1.500 €, Straße „Am Größten“ – Café Müßiggang, 28.08.2024"]
    assert pieces(model_file, texts) == pieces(encoder_model, texts)


def test_layers_of_another_model_are_refused(model_file: Path, tmp_path: Path) -> None:
    writer = gguf.GGUFWriter(tmp_path / "strange.gguf", "bert")
    writer.add_tensor("blk.99.attn_q.bias", np.zeros(384, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with pytest.raises(ConversionError, match="no tensors named"):
        merge(model_file, tmp_path / "strange.gguf", tmp_path / "out.gguf")
