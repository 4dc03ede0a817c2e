"""The real encoder in its process: late chunking is the same arithmetic as mean pooling, nothing is cut."""

import ctypes
import hashlib

import llama_cpp
import numpy as np
import pytest

from models.client import WorkerClient
from models.encoder import SentenceEncoder
from models.engine.backends import load_backends

TITLE = "Leitlinie der Stadt, Datenschutz"
SENTENCES = [
    "Personenbezogene Daten dürfen nicht in öffentliche KI-Dienste eingegeben werden.",
    "Das Rathaus öffnet um acht Uhr.",
    "Freigegebene Dienste stehen im Intranet.",
]


@pytest.fixture(scope="module")
def encoder(encoder_model, real_command, tmp_path_factory):
    """The encoder of the program."""
    stamps = tmp_path_factory.mktemp("stamps")
    encoder = SentenceEncoder(WorkerClient(real_command), encoder_model, stamp_folder=stamps)
    yield encoder
    encoder.close()


def reference(file, text):
    """Return the vector of ``text`` as llama.cpp's own mean pooling makes it, from the joined text."""
    load_backends()
    params = llama_cpp.llama_model_default_params()
    params.n_gpu_layers = 0
    model = llama_cpp.llama_model_load_from_file(str(file).encode(), params)
    context = llama_cpp.llama_context_default_params()
    context.n_ctx = context.n_batch = context.n_ubatch = 512
    context.embeddings = True
    context.pooling_type = llama_cpp.LLAMA_POOLING_TYPE_MEAN
    ctx = llama_cpp.llama_init_from_model(model, context)
    vocab = llama_cpp.llama_model_get_vocab(model)
    tokens = (llama_cpp.llama_token * 512)()
    data = text.encode()
    count = llama_cpp.llama_tokenize(vocab, data, len(data), tokens, 512, True, False)
    assert llama_cpp.llama_encode(ctx, llama_cpp.llama_batch_get_one(tokens, count)) == 0
    pointer = llama_cpp.llama_get_embeddings_seq(ctx, 0)
    vector = np.ctypeslib.as_array(ctypes.cast(pointer, ctypes.POINTER(ctypes.c_float)), (384,)).copy()
    llama_cpp.llama_free(ctx)
    llama_cpp.llama_model_free(model)
    return vector / np.linalg.norm(vector)


def test_the_whole_is_mean_pooling_over_the_joined_text(encoder, encoder_model):
    ((whole, sentences),) = encoder.encode_sections([(TITLE, SENTENCES)])
    joined = " ".join(["passage:", TITLE, *SENTENCES])
    assert float(whole @ reference(encoder_model, joined)) > 0.9995
    assert sentences.shape == (3, 384)
    query = encoder.encode_query("Was gilt für personenbezogene Daten?")
    assert float(query @ reference(encoder_model, "query: Was gilt für personenbezogene Daten?")) > 0.9995


def test_vectors_have_length_one_and_find_the_right_sentence(encoder):
    query = encoder.encode_query("Was gilt für personenbezogene Daten in ChatGPT?")
    ((whole, sentences),) = encoder.encode_sections([(TITLE, SENTENCES)])
    assert query.dtype == whole.dtype == sentences.dtype == np.float32
    assert np.linalg.norm(np.vstack([query, whole, sentences]), axis=1) == pytest.approx(1, abs=1e-5)
    assert int((sentences @ query).argmax()) == 0


def test_a_section_has_the_same_vectors_alone_and_among_others(encoder):
    sections = [(f"Titel {number}", SENTENCES[: number % 3 + 1]) for number in range(40)]
    steps = []
    together = encoder.encode_sections(sections, lambda done, total: steps.append((done, total)))
    assert steps[-1] == (40, 40)
    for number in (0, 17, 39):
        ((whole, sentences),) = encoder.encode_sections([sections[number]])
        assert float(whole @ together[number][0]) > 0.999
        assert ((sentences * together[number][1]).sum(axis=1) > 0.999).all()


def test_a_long_section_is_read_to_its_end(encoder):
    filler = ["Die Verwaltung prüft jeden Antrag sorgfältig."] * 80
    texts = ("Hunde sind anzuleinen.", "Der Haushalt ist beschlossen.")
    (dogs, on_dogs), (budget, on_budget) = encoder.encode_sections(
        [("Titel", [*filler, text]) for text in texts]
    )
    assert on_dogs.shape == (81, 384)
    assert float(on_dogs[0] @ on_budget[0]) > 0.999
    query = encoder.encode_query("Muss mein Hund an die Leine?")
    assert float(query @ on_dogs[80]) > float(query @ on_budget[80])
    assert float(query @ dogs) > float(query @ budget)


def test_a_sentence_longer_than_a_window_and_an_empty_one_have_vectors(encoder):
    ((whole, sentences),) = encoder.encode_sections([("", ["Wort und " * 700, ""])])
    assert np.linalg.norm(sentences, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.isfinite(whole).all()
    assert np.isfinite(encoder.encode_query("")).all()


def test_the_model_id_is_the_checksum(encoder, encoder_model):
    assert encoder.model_id == hashlib.sha256(encoder_model.read_bytes()).hexdigest()
