"""The engines themselves: llama.cpp reading, writing and encoding. Only a worker process imports this."""

import os
from collections.abc import Callable

from models.engine_api import AnyEngine, StopFlag
from models.protocol import Load

# Threads that wait actively for each other starve when other programs want the cores: on two busy cores
# OpenMP's default wrote 0.6 tokens a second where waiting passively wrote 17. On quiet cores passive
# waiting costs a quarter of the speed; a short look before going to sleep gets most of both.
# This must be said before llama.cpp is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
os.environ.setdefault("GOMP_SPINCOUNT", "1000")


def load_engine(request: Load, stop: StopFlag, on_progress: Callable[[int, int], None]) -> AnyEngine:
    """Load the model that ``request`` names; raise ModelFileDamaged or WorkerOutOfMemory."""
    if request.kind == "llm":
        from models.engine.text import LlamaEngine

        return LlamaEngine(request, stop, on_progress)
    from models.engine.vectors import LlamaEncoder

    return LlamaEncoder(request, stop, on_progress)
