"""Cuts a language model down to its first layers: it writes nonsense, by the same code and kinds of numbers.

An emulated processor takes minutes to prepare the weights of a whole model and seconds for these.
"""

import re
from pathlib import Path

import gguf

_LAYERS_FIELD = ".block_count"
_LAYER = re.compile(r"blk\.(\d+)\.")


def write_short_model(model: Path, layers: int, target: Path) -> None:
    """Write ``model`` with its first ``layers`` layers to ``target``."""
    whole = gguf.GGUFReader(model)
    writer = gguf.GGUFWriter(target, whole.fields["general.architecture"].contents())
    for name, field in whole.fields.items():
        if name.startswith("GGUF.") or name == "general.architecture":
            continue
        value = layers if name.endswith(_LAYERS_FIELD) else field.contents()
        writer.add_key_value(name, value, field.types[0], field.types[-1] if len(field.types) > 1 else None)
    for tensor in whole.tensors:
        layer = _LAYER.match(tensor.name)
        if layer is None or int(layer[1]) < layers:
            writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
