"""The engines themselves: llama.cpp reading, writing and encoding. Only a worker process imports this."""

import ctypes
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.chunking import Averages, Window, lay_out
from models.engine_api import AnyEngine, StopFlag
from models.errors import ModelFileDamaged, PromptTooLong, RequestRefused, WorkerOutOfMemory
from models.pieces import Pieces
from models.protocol import EncodeItem, FinishedEnding, Generate, Load, Message
from models.system import default_threads
from models.vectors import Vectors

# Threads that wait actively for each other starve when other programs want the cores: on two busy cores
# OpenMP's default wrote 0.6 tokens a second where waiting passively wrote 17. On quiet cores passive
# waiting costs a quarter of the speed; a short look before going to sleep gets most of both.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
os.environ.setdefault("GOMP_SPINCOUNT", "1000")

import llama_cpp

SLICE_TOKENS = 256  # read at once: progress is told and a cancel heard in between
ENCODER_BATCH_TOKENS = 512
ENCODER_BATCH_WINDOWS = 16
GRAMMAR_FIRST_TRIES = 256
_ERROR_LEVEL = 4
_ABORTED = 2
_PREFIXES = {"query": "query:", "passage": "passage:"}


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


class _Model:
    """A loaded model with one context; frees both."""

    def __init__(self, request: Load, stop: StopFlag, on_progress: Callable[[int, int], None]) -> None:
        llama_cpp.llama_log_set(_log, ctypes.c_void_p(0))
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

    def free(self) -> None:
        """Give the memory back."""
        llama_cpp.llama_free(self.ctx)
        llama_cpp.llama_model_free(self.model)


class _Picker:
    """Chooses the next token: the likeliest, or by chance with a temperature; within a grammar if given."""

    def __init__(self, model: _Model, request: Generate) -> None:
        self._model = model
        self._temperature = request.temperature
        self._random = np.random.default_rng(0)
        self._grammar: Any = None
        if request.grammar is not None:
            self._grammar = llama_cpp.llama_sampler_init_grammar(
                model.vocab, request.grammar.encode(), b"root"
            )
            if not self._grammar:
                raise RequestRefused("the grammar cannot be read")

    def pick(self) -> int:
        """Return the next token after what was read last."""
        pointer = llama_cpp.llama_get_logits_ith(self._model.ctx, -1)
        scores: NDArray[np.float32] = np.ctypeslib.as_array(pointer, (self._model.vocab_size,))
        if self._temperature > 0:
            # Adding Gumbel noise and taking the largest draws from the softmax.
            noise = self._random.gumbel(size=scores.size).astype(np.float32)
            scores = scores / self._temperature + noise
        token = int(scores.argmax())
        if self._grammar:
            token = self._likeliest_allowed(token, scores)
            llama_cpp.llama_sampler_accept(self._grammar, token)
        return token

    def _likeliest_allowed(self, token: int, scores: NDArray[np.float32]) -> int:
        """Return the best token within the grammar; ``token`` is the best without.

        Asking the grammar about the whole vocabulary takes longer than computing the scores, so the
        likeliest tokens are tried first.
        """
        likely = np.argpartition(scores, -GRAMMAR_FIRST_TRIES)[-GRAMMAR_FIRST_TRIES:]
        for tokens in (np.array([token]), likely, np.arange(scores.size)):
            allowed = self._allowed(tokens, scores[tokens])
            best = int(allowed.argmax())
            if np.isfinite(allowed[best]):
                return int(tokens[best])
        raise RequestRefused("the grammar allows no token here")

    def _allowed(self, tokens: NDArray[np.int64], scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return ``scores`` with minus infinity for tokens that the grammar forbids here."""
        table = np.zeros(tokens.size, dtype=[("id", "i4"), ("logit", "f4"), ("p", "f4")])
        table["id"], table["logit"] = tokens, scores
        data = table.ctypes.data_as(llama_cpp.llama_token_data_p)
        candidates = llama_cpp.llama_token_data_array(data=data, size=tokens.size, selected=-1, sorted=False)
        llama_cpp.llama_sampler_apply(self._grammar, ctypes.byref(candidates))
        allowed: NDArray[np.float32] = table["logit"].copy()
        return allowed

    def free(self) -> None:
        """Give the grammar's memory back."""
        if self._grammar:
            llama_cpp.llama_sampler_free(self._grammar)


class LlamaEngine:
    """A writing model. What it has read stays known, so that the same beginning is not read again."""

    def __init__(self, request: Load, stop: StopFlag, on_progress: Callable[[int, int], None]) -> None:
        """Load the model; raise ModelFileDamaged or WorkerOutOfMemory."""
        self._model = _Model(request, stop, on_progress)
        self._stop = stop
        params = llama_cpp.llama_context_default_params()
        trained = llama_cpp.llama_model_n_ctx_train(self._model.model)
        params.n_ctx = min(request.context, trained)
        params.n_batch = params.n_ubatch = SLICE_TOKENS
        self._model.open_context(params)
        self._memory = llama_cpp.llama_get_memory(self._model.ctx)
        self._known: list[int] = []  # tokens in the model's memory
        self.context = llama_cpp.llama_n_ctx(self._model.ctx)
        self.threads = self._model.threads
        self.prompt_tokens = self.reused_tokens = self.completion_tokens = 0
        self.ending: FinishedEnding = "done"

    def count_tokens(self, text: str) -> int:
        """Return how many tokens ``text`` has as content."""
        return len(self._model.tokenize(text, special=False))

    def read(self, request: Generate) -> Iterator[tuple[int, int]]:
        """Read the prompt in slices; raise PromptTooLong if not even one token could be written after it."""
        prompt = self._tokens_of(request)
        self.prompt_tokens, self.completion_tokens, self.ending = len(prompt), 0, "done"
        if len(prompt) >= self.context:
            raise PromptTooLong(f"the prompt has {len(prompt)} tokens, {self.context} fit")
        # The last token is always read again: its scores are wanted.
        self.reused_tokens = _common_length(self._known, prompt[:-1])
        self._forget_after(self.reused_tokens)
        yield self.reused_tokens, len(prompt)
        for start in range(self.reused_tokens, len(prompt), SLICE_TOKENS):
            if not self._decode(prompt[start : start + SLICE_TOKENS]):
                return
            yield len(self._known), len(prompt)

    def write(self, request: Generate) -> Iterator[str]:
        """Write until the model ends, ``max_tokens`` or the context are used up, or a stop text comes."""
        pieces = Pieces(request.stop)
        picker = _Picker(self._model, request)
        try:
            for token in self._tokens_after(picker, request.max_tokens):
                if text := pieces.feed(self._model.piece(token)):
                    yield text
                if pieces.stopped:
                    self.ending = "done"
                    break
        finally:
            picker.free()
        if rest := pieces.rest():
            yield rest

    def _tokens_after(self, picker: _Picker, max_tokens: int) -> Iterator[int]:
        """Yield the tokens that follow what was read; sets ``ending``."""
        self.ending = "length"
        while not self._stop.is_up() and self.completion_tokens < max_tokens:
            token = picker.pick()
            if llama_cpp.llama_vocab_is_eog(self._model.vocab, token):
                self.ending = "done"
                return
            self.completion_tokens += 1
            yield token
            if len(self._known) >= self.context or self.completion_tokens >= max_tokens:
                return
            if not self._decode([token]):
                return

    def _tokens_of(self, request: Generate) -> list[int]:
        """Return the prompt's tokens. Contents are tokenized apart, so they cannot hold control tokens."""
        if request.prompt:
            return self._model.tokenize(request.prompt, special=True)
        marks = [f"\x02{number}\x03" for number in range(len(request.messages))]
        frame = self._framed([Message(m.role, mark) for m, mark in zip(request.messages, marks, strict=True)])
        tokens: list[int] = []
        if llama_cpp.llama_vocab_get_add_bos(self._model.vocab):
            tokens.append(llama_cpp.llama_vocab_bos(self._model.vocab))
        for message, mark in zip(request.messages, marks, strict=True):
            before, _, frame = frame.partition(mark)
            tokens += self._model.tokenize(before, special=True)
            tokens += self._model.tokenize(message.content, special=False)
        return tokens + self._model.tokenize(frame, special=True)

    def _framed(self, messages: Sequence[Message]) -> str:
        """Return ``messages`` in the model's own chat form, or in ChatML if llama.cpp does not know it."""
        own = llama_cpp.llama_model_chat_template(self._model.model, None)
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

    def _decode(self, tokens: list[int]) -> bool:
        """Read ``tokens``; False if stopped meanwhile. Raise WorkerOutOfMemory if llama.cpp fails."""
        array = (llama_cpp.llama_token * len(tokens))(*tokens)
        result = llama_cpp.llama_decode(self._model.ctx, llama_cpp.llama_batch_get_one(array, len(tokens)))
        if result == 0:
            self._known += tokens
            return True
        self._forget_after(len(self._known))  # what a broken-off slice may have left
        if result == _ABORTED or self._stop.is_up():
            return False
        raise WorkerOutOfMemory(f"llama.cpp could not read on (code {result})")

    def _forget_after(self, length: int) -> None:
        """Keep only the first ``length`` known tokens."""
        if not llama_cpp.llama_memory_seq_rm(self._memory, 0, length, -1):
            llama_cpp.llama_memory_clear(self._memory, True)  # a model that cannot forget in part
            self.reused_tokens = length = 0
        del self._known[length:]


def _common_length(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many leading tokens both share."""
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))


class LlamaEncoder:
    """An encoder with token outputs, averaged over the whole and over each sentence."""

    def __init__(self, request: Load, stop: StopFlag, on_progress: Callable[[int, int], None]) -> None:
        """Load the model; raise ModelFileDamaged or WorkerOutOfMemory."""
        self._model = _Model(request, stop, on_progress)
        self._stop = stop
        trained = llama_cpp.llama_model_n_ctx_train(self._model.model)
        self.context = min(request.context, trained, ENCODER_BATCH_TOKENS)
        params = llama_cpp.llama_context_default_params()
        params.n_ctx = params.n_batch = params.n_ubatch = ENCODER_BATCH_TOKENS
        params.n_seq_max = ENCODER_BATCH_WINDOWS
        params.kv_unified = True
        params.embeddings = True
        params.pooling_type = llama_cpp.LLAMA_POOLING_TYPE_NONE
        self._model.open_context(params)
        self._batch = llama_cpp.llama_batch_init(ENCODER_BATCH_TOKENS, 0, 1)
        self.size = llama_cpp.llama_model_n_embd(self._model.model)
        self.threads = self._model.threads

    def count_tokens(self, text: str) -> int:
        """Return how many tokens ``text`` has."""
        return len(self._model.tokenize(text, special=False))

    def encode(self, items: Sequence[EncodeItem]) -> Iterator[Vectors]:
        """Yield each item's vectors (1 + sentences, size), several short items being read at once."""
        waiting: list[tuple[int, Window]] = []  # windows not read yet, with their item
        averages: list[Averages] = []
        given = 0
        for item in items:
            windows = self._windows(item)
            averages.append(Averages(len(item.sentences), self.size))
            for window in windows:
                used = sum(len(other.tokens) for _, other in waiting)
                if used + len(window.tokens) > ENCODER_BATCH_TOKENS or len(waiting) == ENCODER_BATCH_WINDOWS:
                    if not self._read(waiting, averages):
                        return
                    waiting.clear()
                waiting.append((len(averages) - 1, window))
            while given < waiting[0][0]:
                yield averages[given].result()
                given += 1
        if waiting and not self._read(waiting, averages):
            return
        for average in averages[given:]:
            yield average.result()

    def _windows(self, item: EncodeItem) -> list[Window]:
        # A sentencepiece tokenizer splits at blanks, so these parts' tokens are those of the joined text.
        head = self._model.tokenize(f"{_PREFIXES[item.kind]} {item.context}".strip(), special=False)
        sentences = [self._model.tokenize(text, special=False) for text in item.sentences]
        begin, end = (
            llama_cpp.llama_vocab_bos(self._model.vocab),
            llama_cpp.llama_vocab_eos(self._model.vocab),
        )
        return lay_out(head, sentences, self.context, begin, end)

    def _read(self, windows: Sequence[tuple[int, Window]], averages: Sequence[Averages]) -> bool:
        """Read ``windows`` at once and add their outputs to their items; False if stopped meanwhile."""
        batch = self._batch
        count = 0
        for sequence, (_, window) in enumerate(windows):
            for position, token in enumerate(window.tokens):
                batch.token[count], batch.pos[count], batch.logits[count] = token, position, 1
                batch.n_seq_id[count], batch.seq_id[count][0] = 1, sequence
                count += 1
        batch.n_tokens = count
        result = llama_cpp.llama_encode(self._model.ctx, batch)
        if result == _ABORTED or self._stop.is_up():
            return False
        if result != 0:
            raise WorkerOutOfMemory(f"llama.cpp could not encode (code {result})")
        pointer = llama_cpp.llama_get_embeddings(self._model.ctx)
        outputs: Vectors = np.ctypeslib.as_array(pointer, (count, self.size))
        start = 0
        for item, window in windows:
            averages[item].add(window, outputs[start : start + len(window.tokens)])
            start += len(window.tokens)
        return True


def load_engine(request: Load, stop: StopFlag, on_progress: Callable[[int, int], None]) -> AnyEngine:
    """Load the model that ``request`` names; raise ModelFileDamaged or WorkerOutOfMemory."""
    kind = LlamaEngine if request.kind == "llm" else LlamaEncoder
    return kind(request, stop, on_progress)
