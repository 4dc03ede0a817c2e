"""Puts the reader's model file together: our trained layers into the published encoder (build time only).

Tokenizer, embeddings and the layers that training left alone come from the converted
multilingual-e5-small, so the repository holds nothing twice. Of its 250,000 pieces only those that can occur in
German text stay, which halves file and memory; such text is cut into the very same pieces as before. The result
is the same to the byte everywhere.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.build.convert_e5 import MODEL_FILE_NAME as ENCODER_FILE_NAME
from models.build.convert_e5 import convert as convert_encoder
from models.build.e5_source import ConversionError
from models.reader.runtime import WEIGHTS_FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    import gguf

MODEL_FILE_NAME = "leitstern-reader-q8_0.gguf"
LAYERS_FILE = WEIGHTS_FOLDER / "layers.gguf"
_OWN_FIELDS = {"general.architecture", "general.name", "bert.pooling_type"}
_BY_PIECE = {"tokenizer.ggml.tokens", "tokenizer.ggml.scores", "tokenizer.ggml.token_type"}
_EMBEDDINGS = "token_embd.weight"
_CONTROL_PIECES = 4  # beginning, padding, end, unknown
_GERMAN = re.compile(r"[\x00-\x7fÄÖÜäöüßéèêàáâçñëïîôóúÉ€§°²³½¼‰„“”‚‘’–—…•·«»›‹×÷±µ▁]+")


def convert(cache: Path) -> Path:
    """Makes ``cache/models/leitstern-reader-q8_0.gguf`` and returns its path.

    Converts the published encoder first if that is missing. Raises `ConversionError`.
    """
    encoder = cache / "models" / ENCODER_FILE_NAME
    if not encoder.exists():
        encoder = convert_encoder(cache)
    target = cache / "models" / MODEL_FILE_NAME
    with tempfile.TemporaryDirectory(prefix="reader-", dir=target.parent) as scratch:
        unfinished = Path(scratch) / MODEL_FILE_NAME
        merge(encoder, LAYERS_FILE, unfinished)
        unfinished.replace(target)
    return target


def merge(encoder: Path, layers: Path, target: Path) -> None:
    """Writes ``encoder`` with the tensors of ``layers`` in place of its own. Raises `ConversionError`."""
    import gguf

    base = gguf.GGUFReader(encoder)
    trained = {tensor.name: tensor for tensor in gguf.GGUFReader(layers).tensors}
    unknown = trained.keys() - {tensor.name for tensor in base.tensors}
    if unknown:
        raise ConversionError(f"the encoder has no tensors named {', '.join(sorted(unknown))}")
    kept = german_pieces(base.fields["tokenizer.ggml.tokens"].contents())
    writer = gguf.GGUFWriter(target, "bert")
    writer.add_name("leitstern-reader")
    writer.add_pooling_type(gguf.PoolingType.NONE)
    _copy_fields(base, writer, kept)
    for tensor in base.tensors:
        chosen = trained.get(tensor.name, tensor)
        if chosen.shape.tolist() != tensor.shape.tolist():
            raise ConversionError(f"{tensor.name} has another shape than the encoder's")
        data = chosen.data[kept] if tensor.name == _EMBEDDINGS else chosen.data
        writer.add_tensor(tensor.name, data, raw_dtype=chosen.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def german_pieces(pieces: Sequence[str]) -> list[int]:
    """Returns the numbers of the pieces to keep: control pieces, and all of letters and signs of German text.

    A unigram tokenizer cuts a text into the best of the pieces that the text is made of (Kudo 2018), so taking
    away pieces with other letters changes nothing for a text without them.
    """
    return [
        number
        for number, piece in enumerate(pieces)
        if number < _CONTROL_PIECES or (_GERMAN.fullmatch(piece) and not piece.startswith("[PAD"))
    ]


def _copy_fields(source: gguf.GGUFReader, writer: gguf.GGUFWriter, kept: Sequence[int]) -> None:
    for name, entry in source.fields.items():
        if name.startswith("GGUF.") or name in _OWN_FIELDS:
            continue
        value: Any = entry.contents()
        if name in _BY_PIECE:
            value = [value[number] for number in kept]
        inner = entry.types[-1] if len(entry.types) > 1 else None
        writer.add_key_value(name, value, entry.types[0], inner)
