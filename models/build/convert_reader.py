"""Puts the reader's model file together: our trained layers into the published encoder (build time only).

Tokenizer, embeddings and the layers that training left alone come from the converted
multilingual-e5-small, so the repository holds nothing twice. The result is the same to the byte everywhere.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.build.convert_e5 import MODEL_FILE_NAME as ENCODER_FILE_NAME
from models.build.convert_e5 import convert as convert_encoder
from models.build.e5_source import ConversionError
from models.reader.runtime import WEIGHTS_FOLDER

if TYPE_CHECKING:
    import gguf

MODEL_FILE_NAME = "leitstern-reader-q8_0.gguf"
LAYERS_FILE = WEIGHTS_FOLDER / "layers.gguf"
_OWN_FIELDS = {"general.architecture", "general.name", "bert.pooling_type"}


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
    writer = gguf.GGUFWriter(target, "bert")
    writer.add_name("leitstern-reader")
    writer.add_pooling_type(gguf.PoolingType.NONE)
    _copy_fields(base, writer)
    for tensor in base.tensors:
        chosen = trained.get(tensor.name, tensor)
        if chosen.shape.tolist() != tensor.shape.tolist():
            raise ConversionError(f"{tensor.name} has another shape than the encoder's")
        writer.add_tensor(tensor.name, chosen.data, raw_dtype=chosen.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _copy_fields(source: gguf.GGUFReader, writer: gguf.GGUFWriter) -> None:
    for name, entry in source.fields.items():
        if name.startswith("GGUF.") or name in _OWN_FIELDS:
            continue
        value: Any = entry.contents()
        inner = entry.types[-1] if len(entry.types) > 1 else None
        writer.add_key_value(name, value, entry.types[0], inner)
