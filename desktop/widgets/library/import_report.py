"""What an import did, in German sentences. Knows no Qt."""

from pathlib import Path

from desktop.texts import library as texts
from desktop.texts.cli import IMPORT_REASONS
from desktop.texts.window import count
from guidelines_db.own_store import ImportReport

_MOST_NAMED = 5  # files


def report_text(report: ImportReport) -> str:
    """Return what was taken in and what was not, with the reason."""
    lines = []
    if report.taken or not report.unchanged:
        lines.append(texts.taken(len(report.taken), report.collection))
    if report.unchanged:
        number = count(len(report.unchanged), "Dokument", "Dokumente")
        lines.append(texts.UNCHANGED.format(documents=number))
    lines += [
        texts.FOLLOWED.format(name=_named(file), target=target)
        for file, target in report.followed[:_MOST_NAMED]
    ]
    if report.skipped:
        lines.append(texts.SKIPPED)
        lines += [
            texts.SKIPPED_FILE.format(name=_named(file), reason=IMPORT_REASONS.get(reason, reason))
            for file, reason in report.skipped[:_MOST_NAMED]
        ]
    if len(report.skipped) > _MOST_NAMED:
        lines.append(texts.SKIPPED_MORE.format(number=len(report.skipped) - _MOST_NAMED))
    return "\n".join(lines)


def _named(file: Path) -> str:
    """Return the name of a file as it can be shown."""
    return file.name.encode("utf-8", "replace").decode()
