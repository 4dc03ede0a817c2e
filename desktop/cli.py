"""The command line: the same search and answers without a window. docs/cli.md is its contract."""

import argparse
import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli_arguments import read_arguments
from desktop.paths import Paths, find_paths, make_data_dir
from desktop.policy import POLICY_FILE, Policy, find_policy
from desktop.settings import Settings, WordingChoice
from desktop.texts import policy as policy_texts

if TYPE_CHECKING:
    from desktop.assistant import Assistant

DONE, FAILED, FORBIDDEN = 0, 1, 3  # 2: see cli_arguments
_BY_POLICY = frozenset({"import_forbidden", "model_forbidden", "memory_forbidden"})  # keys of problems


class CommandFailed(Exception):
    """A command cannot be carried out; the message is the German sentence for the user."""


def main(arguments: Sequence[str], policy_file: Path = POLICY_FILE) -> int:
    """Carry out the command that ``arguments`` name and return the exit code.

    No option and no variable of the environment leads to another ``policy_file``.
    """
    _use_utf8()
    try:
        given = read_arguments(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    paths = find_paths(given.data_dir)
    policy = find_policy(policy_file)
    if refusal := _refused_option(given, policy) or _refused_model(given, paths, policy):
        print(policy_texts.with_contact(refusal, policy.contact), file=sys.stderr)
        return FORBIDDEN
    make_data_dir(paths)
    if given.command is None:
        from desktop.app import run_window
        from desktop.application import make_application

        def make(settings: Settings) -> "Assistant":
            # Off the window's thread: what search and models need is loaded behind the window that stands already.
            from desktop.start import make_assistant

            wording = WordingChoice(given.wording) if given.wording else settings.wording
            threads = given.threads or settings.threads
            return make_assistant(paths, given.model or settings.model, threads, wording, policy)

        return run_window(
            make_application(),
            paths,
            make,
            policy,
            quit_when_ready=given.quit_when_ready,
            say_when_usable=given.say_when_usable,
            rehearse=given.rehearse,
        )
    gc.enable()
    # What the policy sets and the call does not holds for commands as it does for the window.
    settings = policy.applied_to(Settings())
    given.model = given.model or settings.model
    given.threads = given.threads or settings.threads
    given.wording = given.wording or settings.wording.value
    return _run(given.run, given, paths, policy)


def _refused_option(given: argparse.Namespace, policy: Policy) -> str:
    """Return the sentence against the first option of the call that the policy has decided otherwise, else ""."""
    locked = policy.locked()
    for name, option in (("model", "--model"), ("wording", "--wording"), ("threads", "--threads")):
        decided = locked.get(name)
        value = decided.value if isinstance(decided, WordingChoice) else decided
        wanted = getattr(given, name)
        if name in locked and wanted and wanted != value:
            shown = value or policy_texts.AUTOMATIC
            return policy_texts.LOCKED_OPTION.format(option=option, value=shown)
    return ""


def _refused_model(given: argparse.Namespace, paths: Paths, policy: Policy) -> str:
    """Return the sentence against a model that the call names and the policy does not allow, else ""."""
    if not given.model or policy.allowed_models is None:
        return ""
    from desktop.start import check_named
    from models.errors import ModelError, ModelForbidden

    try:
        check_named(paths, given.model, policy)
    except ModelForbidden:
        return policy_texts.NO_MODEL
    except ModelError:
        return ""  # whatever else is wrong with it is said where it is loaded
    return ""


def _run(name: str, given: argparse.Namespace, paths: Paths, policy: Policy) -> int:
    """Run the function ``name`` of desktop.commands; every failure becomes one German sentence on stderr.

    Search and model are loaded here, so that opening the window does not wait for them.
    """
    from desktop import commands
    from desktop.texts import cli as texts
    from desktop.texts.problems import explain
    from guidelines_db.errors import GuidelinesError
    from models.errors import ModelError

    logging.basicConfig(level=logging.ERROR, stream=sys.stderr, format="%(name)s: %(message)s")
    logging.getLogger("desktop").setLevel(logging.CRITICAL)
    try:
        command: Callable[[argparse.Namespace, Paths, Policy], int] = getattr(commands, name)
        return command(given, paths, policy)
    except CommandFailed as error:
        sentence = str(error)
    except (GuidelinesError, ModelError) as error:
        if error.key in _BY_POLICY:
            print(policy_texts.with_contact(explain(error.key).sentence, policy.contact), file=sys.stderr)
            return FORBIDDEN
        sentence = explain(error.key).whole
    except KeyboardInterrupt:
        sentence = texts.INTERRUPTED
    except BrokenPipeError:
        # whoever read our output has gone; Python must not complain about it again at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:  # noqa: BLE001 - the last resort: a clerk or script never sees a traceback
        _note_bug(paths, error)
        sentence = texts.UNEXPECTED.format(error=type(error).__name__, log=paths.log)
    print(sentence, file=sys.stderr)
    return FAILED


def _note_bug(paths: Paths, error: Exception) -> None:
    """Keep the traceback for the IT department; without a writable folder it is lost."""
    import contextlib
    import traceback

    with contextlib.suppress(OSError):
        paths.data_dir.mkdir(parents=True, exist_ok=True)
        with paths.log.open("a", encoding="utf-8") as log:
            log.writelines(traceback.format_tb(error.__traceback__))
            log.write(f"{type(error).__name__}\n")


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
