"""What each command of the command line does."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from desktop import output
from desktop.assistant import Assistant
from desktop.cli import DONE, FAILED, CommandFailed
from desktop.library import Library, Progress
from desktop.paths import Paths
from desktop.policy import Policy
from desktop.settings import WordingChoice
from desktop.start import make_assistant, make_library, make_reader
from desktop.texts import cli as texts
from desktop.texts import model_check as model_texts
from guidelines_db.filters import SearchFilters


def search(given: argparse.Namespace, paths: Paths, policy: Policy) -> int:
    """``leitstern search``."""
    with _library(paths, policy) as library:
        filters = _filters(given, library)
        if given.batch:
            return _batch(
                given,
                lambda item: output.search_record(
                    item.id,
                    library.search(item.question, item.collections, given.limit, filters),
                    explain=given.explain,
                ),
                library,
            )
        chosen = _checked(given.collection, library)
        outcome = library.search(_question(given), chosen, given.limit, filters)
        if given.json:
            record = output.search_record(None, outcome, explain=given.explain)
            _print_json({**record, "question": given.question})
        else:
            output.print_search(outcome, explain=given.explain)
    return DONE


def _assistant(given: argparse.Namespace, paths: Paths, policy: Policy) -> Assistant:
    return make_assistant(paths, given.model, given.threads, WordingChoice(given.wording), policy)


def ask(given: argparse.Namespace, paths: Paths, policy: Policy) -> int:
    """``leitstern ask``."""
    assistant = _assistant(given, paths, policy)
    try:
        filters = _filters(given, assistant.library)
        if given.batch:
            return _batch(
                given,
                lambda item: output.answer_record(
                    item.id, assistant.ask(item.question, item.collections, filters=filters)
                ),
                assistant.library,
            )
        chosen = _checked(given.collection, assistant.library)
        answer = assistant.ask(_question(given), chosen, filters=filters)
        if given.json:
            _print_json(output.answer_record(None, answer))
        else:
            output.print_answer(answer)
    finally:
        assistant.close()
    return DONE


def take(given: argparse.Namespace, paths: Paths, policy: Policy) -> int:
    """``leitstern import``."""
    from guidelines_db.own_store import valid_collection_name
    from guidelines_db.vectors import EncoderUnavailable

    name = given.collection.strip()
    if not valid_collection_name(name):
        raise CommandFailed(texts.BAD_COLLECTION_NAME)
    with _library(paths, policy) as library:
        if any(info.name == name and not info.own for info in library.collections()):
            raise CommandFailed(texts.SHIPPED_COLLECTION_NAME.format(name=name))
        report = library.import_paths(given.paths, name, _progress(texts.IMPORT_PROGRESS))
        if not given.no_vectors:
            with suppress(EncoderUnavailable):  # text search works; doctor says what is missing
                library.add_vectors(_progress(texts.VECTOR_PROGRESS))
        coverage = library.coverage()[1]
        if given.json:
            _print_json(output.import_record(report, coverage))
        else:
            output.print_import(report, coverage, vectors_wanted=not given.no_vectors)
    if not report.taken and not report.unchanged:
        raise CommandFailed(texts.NOTHING_TO_IMPORT)
    return DONE


def delete(given: argparse.Namespace, paths: Paths, policy: Policy) -> int:
    """``leitstern delete``."""
    with _library(paths, policy) as library:
        if not library.remove_document(given.collection, given.document):
            raise CommandFailed(
                texts.NO_SUCH_DOCUMENT.format(collection=given.collection, document=given.document)
            )
    print(texts.DELETED.format(document=given.document))
    return DONE


def doctor(given: argparse.Namespace, paths: Paths, policy: Policy) -> int:
    """``leitstern doctor``."""
    if given.report is not None:
        return _report(given.report, paths, policy, as_json=given.json)
    from desktop.doctor import examine, print_report

    report = examine(paths, policy)
    if given.json:
        _print_json(report.as_record())
    else:
        print_report(report)
    return DONE


def _report(file: Path, paths: Paths, policy: Policy, *, as_json: bool) -> int:
    from desktop.file_saving import explain_write_error
    from desktop.report import gather
    from desktop.report_file import ENDINGS, write_report
    from desktop.texts import report as report_texts

    if file.suffix.lower() not in ENDINGS:
        raise CommandFailed(report_texts.BAD_ENDING.format(name=file.name))
    facts = gather(paths, policy)
    try:
        sbom = write_report(facts, file)
    except OSError as error:
        raise CommandFailed(report_texts.NOT_WRITTEN.format(reason=explain_write_error(error))) from error
    unchanged = facts.difference is not None and facts.difference.none
    if as_json:
        _print_json({"report": str(file), "sbom": str(sbom), "unchanged": unchanged})
    else:
        print(report_texts.SAVED.format(file=file, sbom=sbom))
        print(report_texts.UNCHANGED if unchanged else report_texts.DIFFERENT)
    return DONE


def eval_retrieval(given: argparse.Namespace, paths: Paths, policy: Policy) -> int:
    """``leitstern eval retrieval``."""
    from desktop.evaluate import evaluate_retrieval, print_retrieval, read_questions

    try:
        questions = read_questions(given.file)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandFailed(texts.BATCH_UNREADABLE.format(file=given.file)) from error
    with _library(paths, policy) as library:
        figures = evaluate_retrieval(library, questions)
    if given.json:
        _print_json(figures)
    else:
        print_retrieval(figures)
    return DONE


def eval_answers(given: argparse.Namespace, paths: Paths, policy: Policy) -> int:
    """``leitstern eval answers``."""
    from desktop.evaluate_answers import evaluate_answers, print_answers, read_answer_questions

    try:
        questions = read_answer_questions(given.file)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandFailed(texts.BATCH_UNREADABLE.format(file=given.file)) from error
    if given.evidence_only:
        assistant = Assistant(make_library(paths, policy), None, make_reader(paths))
    else:
        assistant = _assistant(given, paths, policy)
    try:
        figures = evaluate_answers(assistant, questions, _progress(texts.EVAL_PROGRESS))
    finally:
        assistant.close()
    if given.json:
        _print_json(figures)
    else:
        print_answers(figures)
    return DONE


def models_list(given: argparse.Namespace, paths: Paths, policy: Policy) -> int:
    """``leitstern models list``."""
    from desktop.model_list import known_models, print_models

    found = known_models(paths, policy)
    if given.json:
        for model in found:
            _print_json(model.as_record())
    else:
        print_models(found)
    return DONE


def models_check(given: argparse.Namespace, paths: Paths, policy: Policy) -> int:
    """``leitstern models check``."""
    from desktop.model_check import run_check

    with _library(paths, policy) as library:
        checked = run_check(
            library,
            paths,
            given.name or given.model,
            given.threads,
            _progress(model_texts.PROGRESS),
            policy,
        )
    if given.json:
        _print_json(checked.as_record())
    else:
        print(checked.report)
        print(model_texts.KEPT.format(file=checked.kept_in) if checked.kept_in else model_texts.NOT_KEPT)
    return DONE


@dataclass(frozen=True)
class _Item:
    """One line of a batch file."""

    id: object
    question: str
    collections: list[str] | None


@contextmanager
def _library(paths: Paths, policy: Policy) -> Iterator[Library]:
    library = make_library(paths, policy)
    try:
        yield library
    finally:
        library.close()


def _question(given: argparse.Namespace) -> str:
    if given.question is None:
        raise CommandFailed(texts.QUESTION_OR_BATCH)
    return str(given.question)


def _checked(names: Sequence[str] | None, library: Library) -> list[str] | None:
    if names is None:
        return None
    known = [info.name for info in library.collections()]
    for name in names:
        if name not in known:
            raise CommandFailed(texts.UNKNOWN_COLLECTION.format(name=name, known=", ".join(known)))
    return list(names)


def _filters(given: argparse.Namespace, library: Library) -> SearchFilters:
    """Return the filters of the call; a name that no document has is refused, however it is written."""
    values = library.filter_values()
    return SearchFilters(
        lands=_known(given.land or (), [name for name, _ in values.lands]),
        places=_known(given.ort or (), [name for name, _ in values.places]),
        year_from=given.jahr_von,
        year_to=given.jahr_bis,
    )


def _known(names: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    by_lower = {name.lower(): name for name in known}
    for name in names:
        if name.lower() not in by_lower:
            raise CommandFailed(texts.UNKNOWN_FILTER.format(name=name, known=", ".join(known)))
    return tuple(dict.fromkeys(by_lower[name.lower()] for name in names))


def _batch(
    given: argparse.Namespace, answer: Callable[[_Item], Mapping[str, object]], library: Library
) -> int:
    """Answer each line of the batch file with one line of JSON; a bad line is answered with an error."""
    try:
        lines = given.batch.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandFailed(texts.BATCH_UNREADABLE.format(file=given.batch)) from error
    failed = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        item_id: object = None
        try:
            values = json.loads(line)
            item_id = values.get("id")
            collection = values.get("collection")
            names = [collection] if isinstance(collection, str) else collection or given.collection
            item = _Item(item_id, str(values["question"]), _checked(names, library))
        except (ValueError, KeyError, TypeError, AttributeError, CommandFailed) as error:
            failed += 1
            reason = str(error) if isinstance(error, CommandFailed) else texts.BATCH_LINE.format(line=number)
            _print_json({"id": item_id, "error": reason})
            continue
        start = time.perf_counter()
        record = dict(answer(item))
        record.setdefault("ms", round((time.perf_counter() - start) * 1000, 2))
        _print_json(record)
    if failed:
        print(texts.BATCH_FAILED.format(count=failed), file=sys.stderr)
    return FAILED if failed else DONE


def _print_json(record: object) -> None:
    print(json.dumps(record, ensure_ascii=False), flush=True)


def _progress(sentence: str) -> Progress | None:
    """Progress on standard error, on one line, if a person is watching."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        end = "\n" if done >= total else ""
        print(f"\r{sentence.format(done=done, total=total)}", end=end, file=sys.stderr, flush=True)

    return show
