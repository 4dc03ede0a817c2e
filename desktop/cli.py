"""The command line: the same search and answers without a window. docs/cli.md is its contract."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from desktop.paths import Paths, find_paths, make_data_dir
from desktop.policy import POLICY_FILE, Policy
from desktop.policy_file import load_policy
from desktop.settings import Settings, WordingChoice
from desktop.texts import cli as texts
from desktop.texts import model_check as model_texts
from desktop.texts import policy as policy_texts

if TYPE_CHECKING:
    from desktop.assistant import Assistant

DONE, FAILED, WRONG_USAGE, FORBIDDEN = 0, 1, 2, 3
_BY_POLICY = frozenset({"import_forbidden", "model_forbidden", "memory_forbidden"})  # keys of problems


class CommandFailed(Exception):
    """A command cannot be carried out; the message is the German sentence for the user."""


class GermanParser(argparse.ArgumentParser):
    """An argument parser that speaks German."""

    def __init__(self, prog: str | None = None, description: str | None = None) -> None:
        super().__init__(prog, description=description, add_help=False, formatter_class=_GermanFormatter)
        self._positionals.title = texts.ARGUMENTS
        self._optionals.title = texts.OPTIONS
        self.add_argument("-h", "--help", action="help", help=texts.HELP)

    def error(self, message: str) -> NoReturn:
        """Say in German what is wrong and end with exit code 2."""
        detail = next((text for key, text in texts.WRONG_DETAIL.items() if key in message), texts.WRONG_OTHER)
        self.exit(WRONG_USAGE, texts.WRONG_USAGE.format(detail=detail, program=self.prog) + "\n")


def positive(text: str) -> int:
    """Return the number ``text`` stands for; argparse turns the error into wrong usage."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


class _GermanFormatter(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, texts.USAGE_PREFIX if prefix is None else prefix)


def main(arguments: Sequence[str], policy_file: Path = POLICY_FILE) -> int:
    """Carry out the command that ``arguments`` name and return the exit code.

    No option and no variable of the environment leads to another ``policy_file``.
    """
    _use_utf8()
    try:
        given = _parser().parse_args(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    paths = find_paths(given.data_dir)
    policy = load_policy(policy_file)
    if refusal := _refused_option(given, policy) or _refused_model(given, paths, policy):
        print(policy_texts.with_contact(refusal, policy.contact), file=sys.stderr)
        return FORBIDDEN
    make_data_dir(paths)
    if given.command is None:
        from desktop.app import run_window

        def make(settings: Settings) -> "Assistant":
            # Off the window's thread: what search and models need is loaded behind the window that stands already.
            from desktop.start import make_assistant

            wording = WordingChoice(given.wording) if given.wording else settings.wording
            threads = given.threads or settings.threads
            return make_assistant(paths, given.model or settings.model, threads, wording, policy)

        return run_window(
            paths,
            make,
            policy,
            quit_when_ready=given.quit_when_ready,
            say_when_usable=given.say_when_usable,
            rehearse=given.rehearse,
        )
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


def _parser() -> argparse.ArgumentParser:
    parser = GermanParser(prog="leitstern", description=texts.PROGRAM)
    parser.add_argument(
        "--version", action="version", version=f"leitstern {version('leitstern')}", help=texts.VERSION
    )
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help=texts.DATA_DIR)
    parser.add_argument("--model", default="", metavar="NAME", help=texts.MODEL)
    parser.add_argument("--threads", type=int, default=0, metavar="N", help=texts.THREADS)
    parser.add_argument(
        "--wording",
        choices=[choice.value for choice in WordingChoice],
        default="",
        help=texts.WORDING,
    )
    parser.add_argument("--quit-when-ready", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--say-when-usable", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--rehearse", type=Path, metavar="DIR", help=argparse.SUPPRESS)
    found = parser.add_subparsers(dest="command", title=texts.COMMANDS, metavar="", parser_class=GermanParser)

    search = found.add_parser("search", help=texts.SEARCH, description=texts.SEARCH)
    _question_arguments(search)
    search.add_argument("--limit", type=positive, default=10, metavar="N", help=texts.LIMIT)
    search.add_argument("--explain", action="store_true", help=texts.EXPLAIN)
    search.set_defaults(run="search")

    ask = found.add_parser("ask", help=texts.ASK, description=texts.ASK)
    _question_arguments(ask)
    ask.set_defaults(run="ask")

    take = found.add_parser("import", help=texts.IMPORT, description=texts.IMPORT)
    take.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=texts.IMPORT_PATHS)
    take.add_argument("--collection", required=True, metavar="NAME", help=texts.IMPORT_COLLECTION)
    take.add_argument("--no-vectors", action="store_true", help=texts.NO_VECTORS)
    take.add_argument("--json", action="store_true", help=texts.JSON)
    take.set_defaults(run="take")

    delete = found.add_parser("delete", help=texts.DELETE, description=texts.DELETE)
    delete.add_argument("document", metavar="DOCUMENT", help=texts.DELETE_DOCUMENT)
    delete.add_argument("--collection", required=True, metavar="NAME", help=texts.IMPORT_COLLECTION)
    delete.set_defaults(run="delete")

    doctor = found.add_parser("doctor", help=texts.DOCTOR, description=texts.DOCTOR)
    doctor.add_argument("--json", action="store_true", help=texts.JSON)
    doctor.add_argument("--report", type=Path, metavar="FILE", help=texts.DOCTOR_REPORT)
    doctor.set_defaults(run="doctor")

    evaluate = found.add_parser("eval", help=texts.EVAL, description=texts.EVAL)
    kinds = evaluate.add_subparsers(
        dest="kind", required=True, metavar="retrieval|answers", parser_class=GermanParser
    )
    retrieval = kinds.add_parser("retrieval", help=texts.EVAL, description=texts.EVAL)
    retrieval.add_argument("file", type=Path, metavar="FILE", help=texts.EVAL_FILE)
    retrieval.add_argument("--json", action="store_true", help=texts.JSON)
    retrieval.set_defaults(run="eval_retrieval")
    answers = kinds.add_parser("answers", help=texts.EVAL_ANSWERS, description=texts.EVAL_ANSWERS)
    answers.add_argument("file", type=Path, metavar="FILE", help=texts.EVAL_FILE)
    answers.add_argument("--json", action="store_true", help=texts.JSON)
    answers.add_argument("--evidence-only", action="store_true", help=texts.EVIDENCE_ONLY)
    answers.set_defaults(run="eval_answers")

    models = found.add_parser("models", help=model_texts.COMMAND, description=model_texts.COMMAND)
    tasks = models.add_subparsers(dest="task", required=True, metavar="list|check", parser_class=GermanParser)
    listed = tasks.add_parser("list", help=model_texts.LIST, description=model_texts.LIST)
    listed.add_argument("--json", action="store_true", help=texts.JSON)
    listed.set_defaults(run="models_list")
    check = tasks.add_parser("check", help=model_texts.CHECK, description=model_texts.CHECK)
    check.add_argument("name", nargs="?", default="", metavar="MODEL", help=model_texts.CHECK_MODEL)
    check.add_argument("--json", action="store_true", help=texts.JSON)
    check.set_defaults(run="models_check")
    return parser


def _question_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", metavar="QUESTION", help=texts.QUESTION)
    parser.add_argument("--collection", nargs="+", action="extend", metavar="NAME", help=texts.COLLECTION)
    parser.add_argument("--land", nargs="+", action="extend", metavar="NAME", help=texts.LAND)
    parser.add_argument("--ort", nargs="+", action="extend", metavar="NAME", help=texts.PLACE)
    parser.add_argument("--jahr-von", type=positive, default=0, metavar="JAHR", help=texts.YEAR_FROM)
    parser.add_argument("--jahr-bis", type=positive, default=0, metavar="JAHR", help=texts.YEAR_TO)
    parser.add_argument("--batch", type=Path, metavar="FILE", help=texts.BATCH)
    parser.add_argument("--json", action="store_true", help=texts.JSON)
