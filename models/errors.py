"""Everything that can go wrong with a model, each with a key by which the window finds its German words."""

from typing import ClassVar


class ModelError(Exception):
    """A model cannot be used, or its process failed. ``key`` is stable and names the problem."""

    key: ClassVar[str] = "model_failed"


class ModelFileMissing(ModelError):
    """No file of that name lies in any of the model folders."""

    key = "model_missing"


class ModelFileDamaged(ModelError):
    """The file is cut, is no GGUF file, has another checksum, or llama.cpp refuses it."""

    key = "model_damaged"


class NotEnoughMemory(ModelError):
    """Too little memory is free to load the model."""

    key = "memory_short"


class ModelForbidden(ModelError):
    """The machine's policy does not allow this file: its SHA-256 is not among the allowed ones."""

    key = "model_forbidden"


class MemoryForbidden(ModelError):
    """The model needs more memory than the machine's policy gives it."""

    key = "memory_forbidden"


class EngineMissing(ModelError):
    """The engine itself (llama-cpp-python) is not installed or cannot be loaded."""

    key = "engine_missing"


class PromptTooLong(ModelError):
    """Question and excerpts do not fit into the model's context."""

    key = "prompt_too_long"


class RequestRefused(ModelError):
    """The worker could not carry out a request, for example because of a wrong grammar; it lives on."""

    key = "request_refused"


class WorkerDied(ModelError):
    """The model process ended in the middle of its work."""

    key = "worker_crashed"


class WorkerOutOfMemory(WorkerDied):
    """The model process ran out of memory, or the system ended it for that."""

    key = "out_of_memory"


class WorkerHung(WorkerDied):
    """The model process gave no sign of life for too long and was ended."""

    key = "worker_hung"


class WorkerGarbled(WorkerDied):
    """The model process sent something that is no message and was ended."""

    key = "worker_garbled"


def _descendants(kind: type[ModelError]) -> list[type[ModelError]]:
    """Return ``kind`` and all classes below it."""
    found = [kind]
    for child in kind.__subclasses__():
        found += _descendants(child)
    return found


ERRORS_BY_KEY: dict[str, type[ModelError]] = {kind.key: kind for kind in _descendants(ModelError)}
"""Every problem a caller may meet; each key needs words in the window."""
