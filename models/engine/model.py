"""A loaded model with its context, its tokenizer and its chat form: what writing and encoding share."""

import ctypes
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import llama_cpp

from models.engine.backends import load_backends
from models.engine_api import StopFlag
from models.errors import ModelFileDamaged, RequestRefused, WorkerOutOfMemory
from models.protocol import Load, Message
from models.system import default_threads

ABORTED = 2
"""What llama.cpp returns for a batch that the abort callback ended."""
_ERROR_LEVEL = 4


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
def _log(level: int, text: bytes, _data: object) -> None:
    """Let only errors through, to standard error; llama.cpp never puts prompts into them."""
    if level == _ERROR_LEVEL:
        sys.stderr.write(text.decode("utf-8", "replace"))


def _stop_callback() -> Any:
    """Return C's strlen as an abort callback: with a ``StopFlag`` as its argument it says stop or not.

    llama.cpp asks some hundred times a token. A callback written in Python would need the interpreter
    each time, which costs speed, and a stop would wait for it.
    """
    library = ctypes.CDLL("msvcrt" if sys.platform == "win32" else None)
    return ctypes.cast(library.strlen, llama_cpp.ggml_abort_callback)


class Model:
    """A loaded model with one context; frees both."""

    def __init__(self, request: Load, stop: StopFlag, on_progress: Callable[[int, int], None]) -> None:
        llama_cpp.llama_log_set(_log, ctypes.c_void_p(0))
        load_backends()
        llama_cpp.llama_backend_init()
        self.threads = request.threads or default_threads()
        params = llama_cpp.llama_model_default_params()
        params.n_gpu_layers = 0

        @llama_cpp.llama_progress_callback  # type: ignore[untyped-decorator]
        def progress(share: float, _data: object) -> bool:
            on_progress(round(share * 100), 100)
            return True

        params.progress_callback = progress
        self.model = llama_cpp.llama_model_load_from_file(os.fsencode(request.model), params)
        if not self.model:
            raise ModelFileDamaged(f"llama.cpp refused {Path(request.model).name}")
        self.vocab = llama_cpp.llama_model_get_vocab(self.model)
        self.vocab_size = llama_cpp.llama_vocab_n_tokens(self.vocab)
        self._stop = stop
        self._abort = _stop_callback()
        self.ctx: Any = None

    def open_context(self, params: Any) -> None:
        """Make the context with ``params``; raise WorkerOutOfMemory if llama.cpp cannot."""
        params.n_threads = params.n_threads_batch = self.threads
        params.no_perf = True
        self.ctx = llama_cpp.llama_init_from_model(self.model, params)
        if not self.ctx:
            llama_cpp.llama_model_free(self.model)
            raise WorkerOutOfMemory("llama.cpp could not make a context")
        llama_cpp.llama_set_abort_callback(self.ctx, self._abort, ctypes.c_void_p(self._stop.address))

    def tokenize(self, text: str, *, special: bool) -> list[int]:
        """Return the tokens of ``text``; only with ``special`` are control tokens' names read as such."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 16
        tokens = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self.vocab, data, len(data), tokens, room, False, special)
        if count < 0:
            tokens = (llama_cpp.llama_token * -count)()
            count = llama_cpp.llama_tokenize(self.vocab, data, len(data), tokens, -count, False, special)
        return list(tokens[:count])

    def piece(self, token: int) -> bytes:
        """Return the bytes of ``token``; none for a control token."""
        buffer = ctypes.create_string_buffer(256)
        length = llama_cpp.llama_token_to_piece(self.vocab, token, buffer, len(buffer), 0, False)
        if length < 0:
            buffer = ctypes.create_string_buffer(-length)
            length = llama_cpp.llama_token_to_piece(self.vocab, token, buffer, len(buffer), 0, False)
        return buffer.raw[:length]

    def can_forget(self) -> bool:
        """Tell whether single tokens can be taken back; a recurrent memory cannot."""
        recurrent = llama_cpp.llama_model_is_recurrent(self.model)
        return not (recurrent or llama_cpp.llama_model_is_hybrid(self.model))

    def segments(self, messages: Sequence[Message]) -> list[list[int]]:
        """Return the prompt's tokens in parts: frame, content, frame, content, …, frame.

        Contents are tokenized apart from the frame, so they cannot hold control tokens.
        """
        marks = [f"\x02{number}\x03" for number in range(len(messages))]
        frame = self._framed([Message(m.role, mark) for m, mark in zip(messages, marks, strict=True)])
        parts: list[list[int]] = []
        for message, mark in zip(messages, marks, strict=True):
            before, _, frame = frame.partition(mark)
            parts += [self.tokenize(before, special=True), self.tokenize(message.content, special=False)]
        parts.append(self.tokenize(frame, special=True))
        if llama_cpp.llama_vocab_get_add_bos(self.vocab):
            parts[0].insert(0, llama_cpp.llama_vocab_bos(self.vocab))
        return parts

    def _framed(self, messages: Sequence[Message]) -> str:
        """Return ``messages`` in the model's own chat form, or in ChatML if llama.cpp does not know it."""
        own = llama_cpp.llama_model_chat_template(self.model, None)
        chat = (llama_cpp.llama_chat_message * len(messages))(
            *(llama_cpp.llama_chat_message(m.role.encode(), m.content.encode()) for m in messages)
        )
        buffer = ctypes.create_string_buffer(64 + 256 * len(messages))
        for template in (own, b"chatml"):
            if template is not None:
                length = llama_cpp.llama_chat_apply_template(
                    template, chat, len(messages), True, buffer, len(buffer)
                )
                if 0 < length <= len(buffer):
                    return buffer.raw[:length].decode("utf-8")
        raise RequestRefused("the messages cannot be put into the model's chat form")

    def state(self) -> bytes:
        """Return what the model knows of its one sequence, as bytes for ``set_state``."""
        size = llama_cpp.llama_state_seq_get_size(self.ctx, 0)
        buffer = (ctypes.c_uint8 * size)()
        written = llama_cpp.llama_state_seq_get_data(self.ctx, buffer, size, 0)
        return bytes(memoryview(buffer)[:written])

    def set_state(self, state: bytes) -> bool:
        """Give the model a state taken from one with the same ``facts``; False if it refuses."""
        buffer = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        return bool(llama_cpp.llama_state_seq_set_data(self.ctx, buffer, len(state), 0))

    @staticmethod
    def facts() -> str:
        """Return version and build of llama.cpp; a state is valid for no other."""
        return f"{llama_cpp.__version__} {llama_cpp.llama_print_system_info().decode()}"

    def free(self) -> None:
        """Give the memory back."""
        llama_cpp.llama_free(self.ctx)
        llama_cpp.llama_model_free(self.model)
