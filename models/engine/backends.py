"""Loads the variant of llama.cpp's processor code that fits this machine, where there are several.

The packaged program brings one library for each generation of processors, and llama.cpp picks the best
that runs. The ordinary wheel has its one processor code linked in: then nothing is to be done.
"""

import ctypes
import functools
import os
from pathlib import Path

import llama_cpp

from models.errors import EngineMissing

_VARIANTS = "*ggml-cpu-*"


@functools.cache
def load_backends() -> None:
    """Load what fits, once in this process; raise EngineMissing if none of the variants runs here.

    This goes through libllama's own handle. A process can hold libggml twice, as two copies of one file,
    each with a list of its own; a model sees only what is in the list that libllama was linked to.
    """
    folder = Path(llama_cpp.llama_cpp._base_path)  # noqa: SLF001 - the only place that knows it
    if not any(folder.glob(_VARIANTS)):
        return
    library = llama_cpp.llama_cpp._lib  # noqa: SLF001 - the handle described above
    library.ggml_backend_load_all_from_path.argtypes = [ctypes.c_char_p]
    library.ggml_backend_load_all_from_path.restype = None
    library.ggml_backend_dev_count.restype = ctypes.c_size_t
    os.environ.pop("GGML_BACKEND_PATH", None)  # would load a library from anywhere
    library.ggml_backend_load_all_from_path(os.fsencode(folder))
    if not library.ggml_backend_dev_count():
        raise EngineMissing("none of the processor variants of llama.cpp runs on this machine")
