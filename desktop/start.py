"""Puts the parts together for one run: library, encoder, writer, assistant."""

import logging
from pathlib import Path

from desktop.assistant import Assistant
from desktop.encoding import SearchEncoder
from desktop.library import Library
from desktop.model_verdicts import Verdicts
from desktop.paths import Paths, worker_command
from desktop.policy import NO_POLICY, Policy
from desktop.reading import PassageReader
from desktop.settings import WordingChoice
from models.catalogue import ModelEntry, default_entry, entry_for_file, load_catalogue
from models.client import WorkerClient
from models.encoder import SentenceEncoder
from models.errors import ModelError
from models.model_file import check_allowed, find_model_file, remembered_sha256
from models.reader.runtime import load_heads
from models.writer import Writer, WriterSettings

log = logging.getLogger(__name__)


def make_encoder(paths: Paths) -> SearchEncoder | None:
    """Return the encoder, None if its file is not there. No process is started yet."""
    entry = default_entry("encoder")
    try:
        file = find_model_file(entry.file, paths.model_dirs)
    except ModelError:
        return None
    client = WorkerClient(worker_command())
    return SearchEncoder(SentenceEncoder(client, file, entry, stamp_folder=paths.stamps))


def make_reader(paths: Paths) -> PassageReader | None:
    """Return the reader, None if its file is not there. No process is started yet."""
    entry = load_catalogue()["leitstern-reader"]
    try:
        file = find_model_file(entry.file, paths.model_dirs)
        heads = load_heads()
    except (ModelError, OSError, ValueError) as error:
        log.warning("no reader: %s", type(error).__name__)
        return None
    client = WorkerClient(worker_command())
    return PassageReader(SentenceEncoder(client, file, entry, stamp_folder=paths.stamps), heads)


def find_llm(
    paths: Paths, name: str = "", policy: Policy = NO_POLICY
) -> tuple[Path, ModelEntry | None] | None:
    """Return the file of the model ``name`` (a catalogue name or a file name), else of the best one present.

    The default comes first, then the catalogue's others, then files that IT has brought in. What ``policy`` does
    not allow is passed over, unless it was named: then it is refused when it is loaded.
    """
    known = load_catalogue()
    wanted = []
    if name:
        entry = known.get(name) or entry_for_file(name)
        wanted.append((entry.file if entry else name, entry))
    else:
        default = default_entry("llm")
        others = [entry for entry in known.values() if entry.role == "llm" and entry != default]
        wanted += [(entry.file, entry) for entry in (default, *others)]
    for file_name, entry in wanted:
        try:
            file = find_model_file(file_name, paths.model_dirs)
        except ModelError:
            continue
        if name or may_be_chosen(file, entry, paths, policy):
            return file, entry
    return None if name else _brought_in(paths, policy)


def _brought_in(paths: Paths, policy: Policy) -> tuple[Path, ModelEntry | None] | None:
    known = {entry.file for entry in load_catalogue().values()}
    for folder in paths.model_dirs:
        for file in sorted(folder.glob("*.gguf")) if folder.is_dir() else ():
            if file.name not in known and file.is_file() and may_be_chosen(file, None, paths, policy):
                return file, None
    return None


def may_be_chosen(file: Path, entry: ModelEntry | None, paths: Paths, policy: Policy) -> bool:
    """Tell whether ``policy`` allows the model ``file``, by its remembered sum; loading computes the sum anew."""
    if entry is not None and policy.most_memory is not None and entry.memory_bytes > policy.most_memory:
        return False
    if policy.allowed_models is None:
        return True
    try:
        return policy.allows_model(remembered_sha256(file, paths.stamps))
    except OSError:
        return False


def check_named(paths: Paths, name: str, policy: Policy) -> None:
    """Raise ModelForbidden if the model ``name`` is here and ``policy`` does not allow its file."""
    found = find_llm(paths, name, policy) if name else None
    if found is not None:
        check_allowed(found[0], policy.allowed_sums)


def open_writer(
    paths: Paths, file: Path, entry: ModelEntry | None, threads: int = 0, policy: Policy = NO_POLICY
) -> tuple[Writer, WorkerClient]:
    """Return a writer for the model ``file`` and the client it runs in. No process is started yet."""
    client = WorkerClient(worker_command(policy.most_memory))
    settings = WriterSettings(threads=threads, allowed=policy.allowed_sums, most_memory=policy.most_memory)
    writer = Writer(client, file, entry, settings, stamp_folder=paths.stamps, state_folder=paths.states)
    return writer, client


def make_writer(
    paths: Paths,
    name: str = "",
    threads: int = 0,
    wording: WordingChoice = WordingChoice.TESTED,
    policy: Policy = NO_POLICY,
) -> Writer | None:
    """Return the model that words answers; None if there is none, or none that may."""
    found = find_llm(paths, name, policy)
    if found is None or wording is WordingChoice.NEVER:
        return None
    tested = wording is WordingChoice.TESTED
    if tested and not Verdicts(paths.verdicts, paths.stamps).may_word(*found):
        return None
    return open_writer(paths, *found, threads, policy)[0]


def make_library(paths: Paths, policy: Policy = NO_POLICY) -> Library:
    """Open the collections; raise GuidelinesError if they cannot be had."""
    return Library(paths, make_encoder(paths), policy=policy)


def make_assistant(
    paths: Paths,
    model: str = "",
    threads: int = 0,
    wording: WordingChoice = WordingChoice.TESTED,
    policy: Policy = NO_POLICY,
) -> Assistant:
    """Return an assistant over the collections with the best model present that ``policy`` allows.

    What ``policy`` has decided on model, threads and wording is to be in the other arguments already.
    """
    writer = make_writer(paths, model, threads, wording, policy)
    there = find_llm(paths, model, policy) if writer is None else None
    resting = (there[1].title if there[1] else there[0].name) if there else ""
    return Assistant(make_library(paths, policy), writer, make_reader(paths), resting_model=resting)
