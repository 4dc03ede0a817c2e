"""Past answers as one file with all their sources: Markdown, OpenDocument text or PDF."""

from collections.abc import Mapping, Sequence
from enum import Enum

from desktop.answer import Answer
from desktop.proof import (
    Block,
    Facts,
    Heading,
    Paragraph,
    make_proof,
    program_name,
    proof_html,
    proof_markdown,
    proof_name,
)
from desktop.texts import history as texts
from desktop.texts import proof as proof_texts
from desktop.texts import window


class Form(Enum):
    """Kinds of files; the value is the ending."""

    PDF = ".pdf"
    ODT = ".odt"
    MARKDOWN = ".md"


def export_name(answers: Sequence[Answer], made_at: str) -> str:
    """Return a sensible file name without ending; one answer is named as its proof is."""
    if len(answers) == 1:
        return proof_name(answers[0])
    return f"{texts.EXTRACT_STEM}_{made_at[:10]}"


def export_answers(
    answers: Sequence[Answer], form: Form, made_at: str, titles: Mapping[str, str] | None = None
) -> bytes:
    """Return the file. One answer is its Antwort-Nachweis; several follow a list of contents.

    ``made_at`` is the present moment (ISO 8601); ``titles`` maps names of collections to what they are called.
    PDF needs a QGuiApplication, on whatever thread.
    """
    parts = _parts(answers, made_at, titles or {})
    match form:
        case Form.MARKDOWN:
            return "\n".join(proof_markdown(part) for part in parts).encode()
        case Form.ODT:
            from desktop.proof_odt import make_odt

            return make_odt(parts, _title(answers), made_at)
        case Form.PDF:
            from desktop.proof_pdf import make_pdf

            return make_pdf([proof_html(part) for part in parts], _title(answers), program_name())


def _title(answers: Sequence[Answer]) -> str:
    return proof_texts.TITLE if len(answers) == 1 else texts.EXTRACT


def _parts(answers: Sequence[Answer], made_at: str, titles: Mapping[str, str]) -> list[tuple[Block, ...]]:
    proofs = [make_proof(answer, made_at, titles) for answer in answers]
    if len(proofs) == 1:
        return proofs
    contents = tuple(
        (str(number), f"{' '.join(answer.question.split())} ({window.german_moment(answer.asked_at)})")
        for number, answer in enumerate(answers, 1)
    )
    cover: tuple[Block, ...] = (
        Heading(1, texts.EXTRACT),
        Facts(
            (
                (texts.ANSWERS, str(len(answers))),
                (proof_texts.PROGRAM, program_name()),
                (proof_texts.MADE, window.german_moment(made_at)),
            )
        ),
        Paragraph(proof_texts.DUTY),
        Heading(2, texts.CONTENTS),
        Facts(contents),
    )
    named = [
        (Heading(1, f"{texts.part(number, len(proofs))} · {proof_texts.TITLE}"), *proof[1:])
        for number, proof in enumerate(proofs, 1)
    ]
    return [cover, *named]
