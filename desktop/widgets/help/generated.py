"""The parts of the help that are made anew on each machine, as HTML: keys, places, licences, report. Knows no Qt."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from desktop import licences
from desktop.doctor import BAD, NOTE, OK, Report
from desktop.licences import Part
from desktop.paths import Paths
from desktop.shortcuts import SHORTCUTS
from desktop.texts import help as texts
from desktop.texts.shortcuts import KEY_RANGE

COPY_LINK = "kopieren:"  # kopieren:0 copies the first place
LICENCE_LINK = "lizenz:"  # lizenz:0 shows the text of the first part's licence

Place = tuple[str, Path, bool]  # what lies there, where, and whether anything does
_MOST_KEYS_SHOWN = 2  # more are shown as a range

_STATES = {OK: texts.REPORT_OK, NOTE: texts.REPORT_NOTE, BAD: texts.REPORT_BAD}
_KINDS = {
    licences.PROGRAM: texts.LICENCE_PROGRAM,
    licences.COMPONENT: texts.LICENCE_COMPONENTS,
    licences.LIBRARY: texts.LICENCE_LIBRARIES,
    licences.MODEL: texts.LICENCE_MODELS,
}


def keys_html(key_name: Callable[[str], str]) -> str:
    """Return all keys by where they work; ``key_name`` says in German what Qt spells in English."""
    parts = []
    for where, group in groupby(SHORTCUTS, key=lambda one: one.where):
        rows = [(_keys(one.keys, key_name), escape(one.does)) for one in group]
        parts.append(f"<h2>{escape(where)}</h2>{_table(texts.KEYS_HEAD, rows)}")
    return "".join(parts)


def find_places(paths: Paths) -> tuple[Place, ...]:
    """Return every place in which something of this person's run lies. Looks at the disk."""
    named = [
        (texts.FOLDER_OWN, paths.data_dir),
        (texts.FILE_HISTORY, paths.history),
        (texts.FILE_SETTINGS, paths.settings),
        (texts.FILE_OWN, paths.own_documents),
        (texts.FILE_OWN_INDEX, paths.own_index),
        (texts.FILE_LOG, paths.log),
        (texts.FOLDER_SHARED, paths.share_dir),
        *((texts.FOLDER_MODELS, folder) for folder in paths.model_dirs),
    ]
    return tuple((name, path, path.exists()) for name, path in named)


def places_html(places: Sequence[Place]) -> str:
    """Return ``places`` as a table, each with a link that copies it."""
    rows = []
    for number, (name, path, there) in enumerate(places):
        note = "" if there else f"<br><i>{escape(texts.NOT_THERE)}</i>"
        copy = f'<a href="{COPY_LINK}{number}">{escape(texts.COPY)}</a>'
        rows.append((f"{escape(name)}{note}", f"<code>{_breakable(str(path))}</code><br>{copy}"))
    return f"<h2>{escape(texts.FOLDERS_TITLE)}</h2>{_table(texts.FOLDER_HEAD, rows)}"


def places_text(places: Sequence[Place]) -> str:
    """Return ``places`` for the clipboard, one a line."""
    return "\n".join(f"{name}: {path}" for name, path, _ in places)


def licences_html(parts: Sequence[Part]) -> str:
    """Return all parts by kind, each with a link to its licence."""
    html = []
    for kind, group in groupby(enumerate(parts), key=lambda pair: pair[1].kind):
        rows = []
        for number, part in group:
            name = escape(part.licence)
            if part.texts:
                name = f'<a href="{LICENCE_LINK}{number}">{name}</a>'
            note = f"<br><small>{escape(part.note)}</small>" if part.note else ""
            rows.append((escape(part.name), escape(part.version), name + note))
        html.append(f"<h2>{escape(_KINDS[kind])}</h2>{_table(texts.LICENCE_HEAD, rows)}")
    return "".join(html)


def licence_html(part: Part, text: str) -> str:
    """Return the page with the text of one licence, its lines as they stand."""
    body = escape(text or texts.LICENCE_NONE)
    title = escape(texts.LICENCE_TITLE.format(name=part.name))
    return f"<h1>{title}</h1><p>{escape(part.licence)}</p><pre>{body}</pre>"


def report_html(report: Report) -> str:
    """Return the findings as a table; advice stands below its value."""
    rows = []
    for one in report.findings:
        advice = f"<br><b>{escape(one.advice)}</b>" if one.advice else ""
        rows.append((escape(one.name), escape(_STATES[one.state]), _breakable(one.value) + advice))
    return _table(texts.REPORT_HEAD, rows)


def report_text(report: Report) -> str:
    """Return the findings for the clipboard."""
    lines = []
    for one in report.findings:
        lines.append(f"{one.name}: {_STATES[one.state]}: {one.value}")
        if one.advice:
            lines.append(f"    {one.advice}")
    return "\n".join(lines)


def _keys(keys: Sequence[str], key_name: Callable[[str], str]) -> str:
    if len(keys) > _MOST_KEYS_SHOWN:
        shown = KEY_RANGE.format(first=key_name(keys[0]), last=key_name(keys[-1]))
    else:
        shown = texts.KEYS_OR.join(key_name(key) for key in keys)
    return f"<b>{escape(shown)}</b>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are HTML already."""
    heading = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><tr>{heading}</tr>{body}</table>"


def _breakable(text: str) -> str:
    """Let long paths break behind their slashes."""
    return escape(text).replace("/", "/\u200b").replace("\\", "\\\u200b")
