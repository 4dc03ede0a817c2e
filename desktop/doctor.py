"""Examines whether this machine is ready: versions, processor, memory, models, collections, folders."""

import os
import platform
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from desktop.library import Coverage, Library
from desktop.paths import Paths
from desktop.policy import NO_POLICY, Policy
from desktop.protection import Protection, protection
from desktop.start import find_llm, make_encoder, may_be_chosen
from desktop.texts import cli as texts
from desktop.texts import doctor as words
from desktop.texts import policy as policy_texts
from desktop.texts.problems import explain
from desktop.texts.window import german_date, german_moment
from guidelines_db.errors import GuidelinesError
from guidelines_db.safe_files import followed_link
from models.catalogue import ModelEntry, default_entry
from models.errors import ModelError
from models.model_file import check_model_file, find_model_file
from models.system import check_memory, is_fast_cpu, system_facts

OK, NOTE, BAD = "ok", "note", "bad"
MIN_FREE_BYTES = 200_000_000


@dataclass(frozen=True)
class Finding:
    """One thing examined: what it is, its state, and what to do if it is not well."""

    name: str
    state: str  # OK, NOTE or BAD
    value: str
    advice: str = ""


@dataclass(frozen=True)
class Report:
    """All findings, in the order shown."""

    findings: tuple[Finding, ...]

    def as_record(self) -> dict[str, object]:
        """Return the report as JSON data: ``ok`` is whether search works and nothing is bad."""
        return {
            "ok": all(finding.state != BAD for finding in self.findings),
            "findings": [
                {
                    "name": finding.name,
                    "state": finding.state,
                    "value": finding.value,
                    "advice": finding.advice,
                }
                for finding in self.findings
            ],
        }


def examine(paths: Paths, policy: Policy = NO_POLICY) -> Report:
    """Look at everything a run needs; nothing is changed but what a start would repair too."""
    findings = [
        *(*_versions(), *_machine(), *_models(paths, policy), *_collections(paths, policy), *_folders(paths)),
        *(*_protection(protection()), *_policy(policy)),
    ]
    return Report(tuple(findings))


def print_report(report: Report) -> None:
    """Print the report for a person."""
    marks = {OK: texts.DOCTOR_OK, NOTE: texts.DOCTOR_NOTE, BAD: texts.DOCTOR_BAD}
    width = max(len(finding.name) for finding in report.findings)
    for finding in report.findings:
        print(f"{finding.name:{width}}  {marks[finding.state]:10}  {finding.value}")
        if finding.advice:
            print(f"{'':{width}}  {'':10}  → {finding.advice}")


def _versions() -> Iterator[Finding]:
    yield Finding("Leitstern", OK, version("leitstern"))
    yield Finding("Python", OK, platform.python_version())
    for package in ("PySide6-Essentials", "llama-cpp-python", "sqlite-utils"):
        try:
            yield Finding(package, OK, version(package))
        except PackageNotFoundError:
            yield Finding(package, BAD, words.NOT_INSTALLED, words.REINSTALL)
    yield Finding("SQLite", OK, sqlite3.sqlite_version)


def _machine() -> Iterator[Finding]:
    facts = system_facts()
    cores = words.CORES.format(cores=facts.physical_cores, machine=facts.machine)
    if is_fast_cpu():
        yield Finding(words.CPU, OK, cores)
    else:
        yield Finding(words.CPU, NOTE, cores, words.SLOW_CPU)
    memory = words.MEMORY_VALUE.format(
        free=_gigabytes(facts.memory_available), total=_gigabytes(facts.memory_total)
    )
    try:
        check_memory(default_entry("llm").memory_bytes)
        yield Finding(words.MEMORY, OK, memory)
    except ModelError as error:
        yield Finding(words.MEMORY, NOTE, memory, explain(error.key).whole)


def _models(paths: Paths, policy: Policy) -> Iterator[Finding]:
    found = find_llm(paths, policy.model or "", policy)
    # A model that nobody named is passed over if it is not allowed, a named one is refused when it is loaded.
    other = find_llm(paths) if found is None and not policy.model else found
    if other is not None and not may_be_chosen(*other, paths, policy):
        refused = words.NOT_ALLOWED.format(file=other[0])
        yield Finding(words.LLM, NOTE, refused, words.NOT_ALLOWED_ADVICE.format(file=policy.file))
    elif found is None:
        folders = ", ".join(str(folder) for folder in paths.model_dirs)
        yield Finding(words.LLM, NOTE, words.NONE, f"{explain('model_missing').whole} ({folders})")
    else:
        yield _model(words.LLM, *found, paths)
    entry = default_entry("encoder")
    try:
        yield _model(words.ENCODER, find_model_file(entry.file, paths.model_dirs), entry, paths)
    except ModelError:
        yield Finding(words.ENCODER, NOTE, words.NONE, words.ENCODER_MISSING)


def _model(name: str, file: Path, entry: ModelEntry | None, paths: Paths) -> Finding:
    target = followed_link(file)
    place = words.LINKED.format(file=file, target=target) if target else str(file)
    value = f"{entry.title if entry else file.stem} ({place})"
    try:
        check_model_file(file, entry, paths.stamps)
    except ModelError as error:
        return Finding(name, NOTE, value, explain(error.key).whole)
    return Finding(name, OK, value, "" if entry else words.UNKNOWN_MODEL)


def _collections(paths: Paths, policy: Policy) -> Iterator[Finding]:
    try:
        library = Library(paths, make_encoder(paths), policy=policy)
    except GuidelinesError as error:
        yield Finding(words.INDEX, BAD, words.UNUSABLE, explain(error.key).whole)
        return
    try:
        if library.problem:
            yield Finding(words.INDEX, NOTE, words.REPAIRED, explain(library.problem).whole)
        shipped, own = library.coverage()
        for info in library.collections():
            value = words.COLLECTION_VALUE.format(
                documents=info.documents,
                passages=info.passages,
                updated=german_date(info.updated) if info.updated else "–",
            )
            yield Finding(f"{words.COLLECTION} {info.title}", OK, value)
        yield _coverage(words.SHIPPED_VECTORS, shipped)
        if own.total:
            yield _coverage(words.OWN_VECTORS, own)
        meta = library.shipped.meta
        yield Finding(
            words.INDEX,
            OK,
            words.INDEX_VALUE.format(
                built=_local_moment(meta.get("built_at", "")), file=library.shipped.file
            ),
        )
    finally:
        library.close()


def _coverage(name: str, coverage: Coverage) -> Finding:
    value = words.COVERAGE_VALUE.format(encoded=coverage.encoded, total=coverage.total)
    complete = coverage.encoded >= coverage.total
    return Finding(name, OK if complete else NOTE, value, "" if complete else words.COVERAGE_PART)


def _folders(paths: Paths) -> Iterator[Finding]:
    folder = paths.data_dir
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        free = shutil.disk_usage(existing).free
    except OSError:
        free = 0
    writable = _writable(existing)
    state, advice = OK, ""
    if not writable:
        state, advice = NOTE, explain("folder_unwritable").remedy
    elif free < MIN_FREE_BYTES:
        state, advice = NOTE, explain("disk_full").remedy
    yield Finding(
        words.DATA_DIR, state, words.FOLDER_VALUE.format(folder=folder, free=_gigabytes(free)), advice
    )
    yield Finding(words.SHARE_DIR, OK, str(paths.share_dir))


def _protection(state: Protection) -> Iterator[Finding]:
    """What keeps this process from the network, beside that it does not want to."""
    yield Finding(
        words.SECCOMP,
        OK if state.seccomp else NOTE,
        words.SECCOMP_ON if state.seccomp else words.SECCOMP_OFF.format(reason=state.reason),
        "" if state.seccomp else words.PROTECTION_ADVICE,
    )
    yield Finding(words.LANDLOCK, OK, words.LANDLOCK_ON if state.landlock else words.LANDLOCK_OFF)
    yield Finding(words.APPARMOR, OK, words.APPARMOR_STATES[state.apparmor].format(profile=state.profile))


def _policy(policy: Policy) -> Iterator[Finding]:
    if not policy.present:
        yield Finding(policy_texts.NAME, OK, policy_texts.NONE.format(file=policy.file))
        return
    if not policy.readable:
        unreadable = policy_texts.UNREADABLE.format(file=policy.file)
        yield Finding(policy_texts.NAME, BAD, unreadable, policy_texts.UNREADABLE_ADVICE)
    else:
        yield Finding(policy_texts.NAME, OK, policy_texts.IN_FORCE.format(file=policy.file))
    for mistake in policy.mistakes:
        line = policy_texts.mistake_line(mistake.line, mistake.key, mistake.text)
        advice = policy_texts.MISTAKES_ADVICE.format(file=policy.file)
        yield Finding(policy_texts.NAME, BAD, line, advice)
    if policy.unsafe:
        yield Finding(policy_texts.NAME, NOTE, policy.unsafe, words.UNSAFE_ADVICE.format(file=policy.file))
    for name, value in policy_texts.decided(policy):
        yield Finding(f"{policy_texts.NAME}: {name}", OK, value)


def _local_moment(iso: str) -> str:
    """Return a moment of any time zone as it was on the clocks here; "–" if there is none."""
    try:
        return german_moment(datetime.fromisoformat(iso).astimezone().isoformat())
    except ValueError:
        return iso or "–"


def _writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK)


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f}".replace(".", ",") + " GB"
