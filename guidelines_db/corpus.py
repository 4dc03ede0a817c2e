"""Reads the shipped collections and reports every defect of them in one run."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from guidelines_db.asked import ASKED_FILE, read_asked, with_asked
from guidelines_db.documents import Document, Section
from guidelines_db.errors import CorpusInvalid, CorpusProblem
from guidelines_db.front_matter import split_front_matter, text_value

CORPUS_DIR = Path(__file__).parent / "corpus"
MANIFEST = "collection.toml"
TOPICS_FILE = "TOPICS.md"
REQUIRED = ("id", "title", "publisher", "kind", "retrieved", "sources")

_TOPIC_TERM = re.compile(r"^- ([a-z0-9-]+): (.+)$")
_TOPICS_LINE = re.compile(r"^\{topics:\s*(.*?)\s*\}\s*$")


@dataclass(frozen=True)
class Collection:
    """A shipped collection: its manifest and its documents."""

    name: str
    title: str
    description: str
    examples: tuple[str, ...]
    topics: dict[str, str]
    documents: tuple[Document, ...]


def read_corpus(corpus: Path = CORPUS_DIR) -> list[Collection]:
    """Read all collections below ``corpus``, sorted by their manifest's ``order``.

    Raises:
        CorpusInvalid: with file, line and reason of every defect found.
    """
    problems: list[CorpusProblem] = []
    seen: dict[str, Path] = {}
    collections: list[tuple[int, Collection]] = []
    for folder in sorted(path for path in corpus.iterdir() if path.is_dir()):
        manifest = folder / MANIFEST
        try:
            values = tomllib.loads(manifest.read_text(encoding="utf-8"))
            title, description = str(values["title"]), str(values["description"])
            examples = tuple(str(example) for example in values["examples"])
        except FileNotFoundError:
            problems.append(CorpusProblem(manifest, 1, "collection has no manifest"))
            continue
        except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
            problems.append(CorpusProblem(manifest, 1, f"bad manifest: {error}"))
            continue
        topics = {str(key): str(value) for key, value in values.get("topics", {}).items()}
        topics |= dict(_topic_terms(folder / TOPICS_FILE))
        documents = []
        for file in sorted(folder.glob("*.md")):
            if file.name == TOPICS_FILE:
                continue
            document, defects = read_digest(file, topics, base=corpus)
            problems += defects
            if document is None:
                continue
            if document.id in seen:
                problems.append(
                    CorpusProblem(file, 2, f"duplicate id {document.id!r}, also in {seen[document.id]}")
                )
                continue
            seen[document.id] = file
            documents.append(document)
        asked, defects = read_asked(folder / ASKED_FILE)
        problems += defects
        documents, defects = with_asked(documents, asked, folder / ASKED_FILE)
        problems += defects
        collection = Collection(folder.name, title, description, examples, topics, tuple(documents))
        collections.append((int(values.get("order", 99)), collection))
    if problems:
        raise CorpusInvalid(problems)
    return [collection for _, collection in sorted(collections, key=lambda pair: (pair[0], pair[1].name))]


def corpus_hash(corpus: Path = CORPUS_DIR) -> str:
    """Return the SHA-256 over names and contents of all files of the corpus."""
    digest = hashlib.sha256()
    for file in sorted(path for path in corpus.rglob("*") if path.is_file()):
        digest.update(file.relative_to(corpus).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def read_digest(
    file: Path, topics: dict[str, str], base: Path | None = None
) -> tuple[Document | None, list[CorpusProblem]]:
    """Read one digest; return it (None if it cannot be used) and its defects."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return None, [CorpusProblem(file, 1, f"not UTF-8: {error.reason}")]
    lines = text.splitlines()
    header = split_front_matter(lines)
    if header.error:
        return None, [CorpusProblem(file, header.error_line, header.error)]
    values = header.values
    problems = [
        CorpusProblem(file, _line_of(lines, key), f"missing {key}") for key in REQUIRED if not values.get(key)
    ]
    if values.get("digest") is not True:
        problems.append(CorpusProblem(file, _line_of(lines, "digest"), "digest: true is missing"))
    sections = tuple(_sections(lines, header.body_start))
    if not sections:
        problems.append(CorpusProblem(file, header.body_start + 1, "no section"))
    for section in sections:
        if not section.text:
            problems.append(CorpusProblem(file, section.line, f"section {section.heading!r} has no text"))
        if not section.topics:
            problems.append(CorpusProblem(file, section.line, f"section {section.heading!r} has no topics"))
        problems += [
            CorpusProblem(file, section.line + 1, f"unknown topic {topic!r}")
            for topic in section.topics
            if topic not in topics
        ]
    if any(not values.get(key) for key in ("id", "title")):
        return None, problems
    sources = values.get("sources")
    return Document(
        id=text_value(values, "id"),
        title=text_value(values, "title"),
        sections=sections,
        publisher=text_value(values, "publisher"),
        region=text_value(values, "region"),
        country=text_value(values, "country"),
        kind=text_value(values, "kind"),
        published=text_value(values, "published"),
        retrieved=text_value(values, "retrieved"),
        digest=True,
        sources=tuple(str(source) for source in sources) if isinstance(sources, list) else (),
        path=file.relative_to(base or file.parent).as_posix(),
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
    ), problems


def _line_of(lines: list[str], key: str) -> int:
    return next((i for i, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)


def _topic_terms(file: Path) -> Iterator[tuple[str, str]]:
    if file.is_file():
        for line in file.read_text(encoding="utf-8").splitlines():
            if match := _TOPIC_TERM.match(line):
                yield match[1], match[2]


def _sections(lines: list[str], start: int) -> Iterator[Section]:
    heads = [i for i in range(start, len(lines)) if lines[i].startswith("## ")]
    for head, following in pairwise([*heads, len(lines)]):
        body = lines[head + 1 : following]
        topics: tuple[str, ...] = ()
        kept = []
        for line in body:
            if match := _TOPICS_LINE.match(line):
                topics += tuple(topic.strip() for topic in match[1].split(",") if topic.strip())
            else:
                kept.append(line)
        yield Section(lines[head][3:].strip(), "\n".join(kept).strip(), topics, head + 1)
