"""What a call of the program may say. docs/cli.md is its contract.

The clerk's own call says next to nothing, and its window must not wait for the parsers of all commands to be made.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from desktop.settings import WordingChoice
from desktop.texts import cli as texts

WRONG_USAGE = 2


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what ``arguments`` say; ``command`` is None where the window is wanted.

    Raises SystemExit once help or version has been shown, or what is wrong with the call.
    """
    try:
        return _window_parser().parse_args(arguments)
    except _NotForTheWindow:
        return _whole_parser().parse_args(arguments)


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


class _NotForTheWindow(Exception):
    """The call names a command, asks for help, or is wrong."""


class _WindowParser(argparse.ArgumentParser):
    """Leaves to the other parser whatever it does not understand, also the wish for help."""

    def error(self, message: str) -> NoReturn:
        """Give up."""
        raise _NotForTheWindow(message)


class _Version(argparse.Action):
    """Shows the version. What reads it from the installed package takes long to load."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Show it and end."""
        from importlib.metadata import version

        print(f"leitstern {version('leitstern')}")
        parser.exit()


def _window_parser() -> argparse.ArgumentParser:
    parser = _WindowParser(prog="leitstern", add_help=False)
    parser.set_defaults(command=None)
    _options_of_all(parser)
    return parser


def _options_of_all(parser: argparse.ArgumentParser) -> None:
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


def _whole_parser() -> GermanParser:
    from desktop.texts import model_check as model_texts

    parser = GermanParser(prog="leitstern", description=texts.PROGRAM)
    parser.add_argument("--version", action=_Version, nargs=0, help=texts.VERSION)
    _options_of_all(parser)
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
