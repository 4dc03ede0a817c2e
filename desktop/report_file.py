"""Writes the report for data protection, and beside it the list of parts."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from desktop.file_saving import write_whole
from desktop.proof import Block, program_name, proof_html, proof_markdown
from desktop.report import ReportFacts
from desktop.report_text import report_blocks
from desktop.texts import report as texts

ENDINGS = (".md", ".odt", ".pdf")


def write_report(facts: ReportFacts, file: Path) -> Path:
    """Write the report as the ending of ``file`` says; return the list of parts beside it. Raises OSError."""
    sbom = (json.dumps(facts.sbom, indent=1, ensure_ascii=False) + "\n").encode()
    beside = file.with_name(f"{file.stem}.cdx.json")
    blocks = report_blocks(facts, beside.name, hashlib.sha256(sbom).hexdigest())
    write_whole(beside, sbom)
    write_whole(file, _spelt(blocks, file.suffix.lower(), facts.made_at))
    return beside


def _spelt(blocks: Sequence[Block], ending: str, made_at: str) -> bytes:
    match ending:
        case ".md":
            return proof_markdown(blocks).encode()
        case ".odt":
            from desktop.proof_odt import make_odt

            return make_odt([blocks], texts.TITLE, made_at)
        case ".pdf":
            from desktop.proof_pdf import make_pdf, without_window

            with without_window():
                return make_pdf([proof_html(blocks)], texts.TITLE, program_name())
    raise ValueError(ending)
