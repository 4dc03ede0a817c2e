"""Reads files of users: Markdown and plain text in any of the encodings that offices use."""

import codecs
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from guidelines_db.analysis import normalise
from guidelines_db.documents import Document, Section
from guidelines_db.errors import DocumentUnreadable
from guidelines_db.front_matter import split_front_matter, text_value
from guidelines_db.safe_files import ANYWHERE, FileRefused, FileRules, read_file

MARKDOWN = frozenset({".md", ".markdown"})
PLAIN = frozenset({".txt", ".text"})
MAX_BYTES = 20_000_000
MAX_LINES = 500_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{3,})\s*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_TOPICS = re.compile(r"^\{topics:.*\}\s*$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# HTML that nobody sees; one that is never closed ends with its paragraph.
_UNSEEN = re.compile(
    r"<(script|style|template)\b[^>\n]{0,500}>.*?(?:</\1\s*>|\n\s*\n|\Z)"
    r"|<(\w+)\s(?=[^>\n]{0,500}(?:\bhidden\b|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])"
    r"|opacity\s*:\s*0(?![.\d])))[^>\n]{0,500}>.*?(?:</\2\s*>|\n\s*\n|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(\*\*|__|`+|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w))")
_TAG = re.compile(r"</?[a-zA-Z][^>\n]{0,200}>")


def files_below(paths: list[Path]) -> Iterator[Path]:
    """Yield the files of ``paths`` and of folders among them, sorted; hidden ones and links to folders are left."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, names, files in os.walk(path):
            names[:] = sorted(name for name in names if not name.startswith("."))
            yield from (Path(folder) / name for name in sorted(files) if not name.startswith("."))


def read_document(file: Path, rules: FileRules = ANYWHERE) -> Document:
    """Read a Markdown or plain-text file from where ``rules`` allow it.

    Raises:
        DocumentUnreadable: its ``detail`` is one of missing, format, empty, too_large, too_many_lines, unreadable,
            binary, no_text, device, long_name, link, outside.
    """
    suffix = file.suffix.lower()
    try:
        if suffix not in MARKDOWN | PLAIN:
            raise DocumentUnreadable("format" if os.path.lexists(file) else "missing")
        raw = read_file(file, MAX_BYTES, rules)
    except FileRefused as error:
        raise DocumentUnreadable(error.reason) from error
    if not raw.strip():
        raise DocumentUnreadable("empty")
    lines = normalise(decode(raw)).splitlines()
    if len(lines) > MAX_LINES:
        raise DocumentUnreadable("too_many_lines")
    header = split_front_matter(lines)
    values = {} if header.error else header.values
    body = lines if header.error else lines[header.body_start :]
    fallback = text_value(values, "title") or re.sub(r"[-_\s]+", " ", file.stem).strip() or file.name
    title, sections = _markdown(body, fallback) if suffix in MARKDOWN else _plain(body, fallback)
    if not sections:
        raise DocumentUnreadable("no_text")
    sources = values.get("sources")
    return Document(
        id=text_value(values, "id") or file.stem,
        title=text_value(values, "title") or title,
        sections=tuple(sections),
        publisher=text_value(values, "publisher"),
        region=text_value(values, "region"),
        country=text_value(values, "country"),
        kind=text_value(values, "kind"),
        published=text_value(values, "published"),
        retrieved=text_value(values, "retrieved"),
        digest=values.get("digest") is True,
        sources=tuple(str(source) for source in sources) if isinstance(sources, list) else (),
        path=str(file.absolute()),
        content_hash=hashlib.sha256(raw).hexdigest(),
    )


def decode(raw: bytes) -> str:
    """Decode by byte order mark, else UTF-8, else UTF-16 without a mark, else Windows-1252 (a superset of Latin-1).

    Raises:
        DocumentUnreadable: ``binary`` if it is no text at all.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _strict(raw, encoding)
    half = len(raw) // 2 or 1
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if raw[offset::2].count(0) > 0.6 * half:
            return _strict(raw, encoding)
    if b"\0" in raw:
        raise DocumentUnreadable("binary")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        control = sum(1 for byte in raw[:4096] if byte < 32 and byte not in (9, 10, 12, 13))
        if control > 0.01 * min(len(raw), 4096):
            raise DocumentUnreadable("binary") from None
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            return raw.decode("latin-1")


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentUnreadable("binary") from error


def _markdown(lines: list[str], fallback: str) -> tuple[str, list[Section]]:
    """Cut at headings; the first heading of level 1 is the title."""
    text = _UNSEEN.sub(" ", _COMMENT.sub(" ", "\n".join(lines)))
    title = ""
    heading = ""
    body: list[str] = []
    sections: list[Section] = []
    fenced = False
    source = text.split("\n")
    for number, line in enumerate(source):
        if _FENCE.match(line):
            fenced = not fenced
            continue
        level, name = (0, "") if fenced else _heading_at(source, number)
        if not level:
            underlines = (
                not fenced and _UNDERLINE.match(line) and number and _heading_at(source, number - 1)[0]
            )
            if not _TOPICS.match(line) and not underlines:
                body.append(line)
            continue
        _close(sections, heading or title or fallback, body)
        body = []
        if level == 1 and not title and not sections:
            title, heading = name, ""
        else:
            heading = name
    _close(sections, heading or title or fallback, body)
    return title or fallback, sections


def _heading_at(lines: list[str], number: int) -> tuple[int, str]:
    if match := _HEADING.match(lines[number]):
        return len(match[1]), _inline(match[2])
    following = lines[number + 1] if number + 1 < len(lines) else ""
    before = lines[number - 1] if number else ""
    if (
        (match := _UNDERLINE.match(following))
        and lines[number].strip()
        and (not before.strip() or _FENCE.match(before))
    ):
        return (1 if match[1].startswith("=") else 2), _inline(lines[number].strip())
    return 0, ""


def _plain(lines: list[str], fallback: str) -> tuple[str, list[Section]]:
    """A short first line with a blank one below is the title."""
    title = fallback
    content = [line.rstrip() for line in lines]
    while content and not content[0].strip():
        content.pop(0)
    first = content[0].strip() if content else ""
    followed = len(content) > 2 and not content[1].strip() and any(line.strip() for line in content[2:])
    if first and followed and len(first) <= 100 and first[-1] not in ".!?:;,":
        title, content = first, content[2:]
    sections: list[Section] = []
    text = "\n".join(content).strip()
    if any(character.isalnum() for character in text):
        sections.append(Section(title, text))
    return title, sections


def _close(sections: list[Section], heading: str, body: list[str]) -> None:
    text = _TAG.sub(" ", _inline("\n".join(body))).strip()
    text = re.sub(r"[ \t]{2,}", " ", text)
    if any(character.isalnum() for character in text):
        sections.append(Section(heading, text))


def _inline(text: str) -> str:
    """Markdown's inline marks are not part of what is said."""
    return _MARKS.sub("", _LINK.sub(r"\1", text))
