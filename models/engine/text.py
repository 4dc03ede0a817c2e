"""A writing model in llama.cpp: reads a prompt, then writes."""

from collections.abc import Callable, Iterator, Sequence

import llama_cpp

from models.engine.model import ABORTED, Model
from models.engine.picker import Picker
from models.engine_api import StopFlag
from models.errors import PromptTooLong, WorkerOutOfMemory
from models.lookup import draft_after
from models.pieces import Pieces
from models.prefix_state import PrefixState, StateKey
from models.protocol import FinishedEnding, Generate, Load, Message

SLICE_TOKENS = 256  # read at once: progress is told and a cancel heard in between


class LlamaEngine:
    """A writing model. What it has read stays known, so that the same beginning is not read again."""

    def __init__(self, request: Load, stop: StopFlag, on_progress: Callable[[int, int], None]) -> None:
        """Load the model and what every prompt begins with; raise ModelFileDamaged or WorkerOutOfMemory."""
        self._model = Model(request, stop, on_progress)
        self._stop = stop
        params = llama_cpp.llama_context_default_params()
        trained = llama_cpp.llama_model_n_ctx_train(self._model.model)
        params.n_ctx = min(request.context, trained)
        params.n_batch = params.n_ubatch = SLICE_TOKENS
        self._model.open_context(params)
        self._memory = llama_cpp.llama_get_memory(self._model.ctx)
        self._batch = llama_cpp.llama_batch_init(SLICE_TOKENS, 0, 1)
        self._known: list[int] = []  # tokens in the model's memory
        self.guesses = self._model.can_forget()  # whether text that repeats is guessed along
        self.context = llama_cpp.llama_n_ctx(self._model.ctx)
        self.threads = self._model.threads
        self.prompt_tokens = self.reused_tokens = self.completion_tokens = 0
        self.ending: FinishedEnding = "done"
        if request.opening:
            self._know_opening(request)

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
        picker = Picker(self._model, request)
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

    def _tokens_after(self, picker: Picker, max_tokens: int) -> Iterator[int]:
        """Yield the tokens that follow what was read; sets ``ending``.

        Where the text repeats what was read before, its continuation there is read along as a guess:
        several tokens at once cost little more than one, and a guess counts only as far as the model
        itself would have written it.
        """
        self.ending = "length"
        guesses: list[int] = []  # read behind the last sure token; their scores are known
        row = -1
        while not self._stop.is_up() and self.completion_tokens < max_tokens:
            token = picker.pick(row)
            if llama_cpp.llama_vocab_is_eog(self._model.vocab, token):
                self.ending = "done"
                break
            self.completion_tokens += 1
            yield token
            if self.completion_tokens >= max_tokens:
                break
            if guesses and guesses[0] == token:
                del guesses[0]
                row += 1
                continue
            if guesses:
                self._forget_after(len(self._known) - len(guesses))
            room = self.context - len(self._known)
            if not room:
                break
            guesses = draft_after(self._known, token)[: room - 1] if self.guesses else []
            if not self._decode([token, *guesses], all_scores=True):
                break
            row = 0

    def _know_opening(self, request: Load) -> None:
        """Take what every prompt begins with from its state on disk, else read it and keep its state."""
        segments = self._model.segments([*request.opening, Message("user", "")])
        opening = [token for segment in segments[:-2] for token in segment]
        if len(opening) >= self.context:
            return
        kept = None
        if request.state_folder:
            key = StateKey.of(request.model, self._model.facts(), self.context, opening)
            kept = PrefixState(request.state_folder, key)
            data = kept.load()
            if data is not None and self._model.set_state(data):
                self._known = opening
                return
            self._forget_after(0)
        for start in range(0, len(opening), SLICE_TOKENS):
            if not self._decode(opening[start : start + SLICE_TOKENS]):
                return
        if kept is not None:
            kept.save(self._model.state())

    def _tokens_of(self, request: Generate) -> list[int]:
        if request.prompt:
            return self._model.tokenize(request.prompt, special=True)
        return [token for segment in self._model.segments(request.messages) for token in segment]

    def _decode(self, tokens: list[int], *, all_scores: bool = False) -> bool:
        """Read ``tokens``; False if stopped meanwhile. Raise WorkerOutOfMemory if llama.cpp fails.

        The scores of the last token are wanted, with ``all_scores`` those of each.
        """
        batch = self._batch
        for place, token in enumerate(tokens):
            batch.token[place], batch.pos[place] = token, len(self._known) + place
            batch.n_seq_id[place], batch.seq_id[place][0] = 1, 0
            batch.logits[place] = all_scores or place == len(tokens) - 1
        batch.n_tokens = len(tokens)
        result = llama_cpp.llama_decode(self._model.ctx, batch)
        if result == 0:
            self._known += tokens
            return True
        self._forget_after(len(self._known))  # what a broken-off slice may have left
        if result == ABORTED or self._stop.is_up():
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
