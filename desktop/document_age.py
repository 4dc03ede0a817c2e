"""How old a document is, and when that is worth a warning. Knows no Qt."""

from dataclasses import dataclass
from datetime import date

from desktop.texts import library as texts
from guidelines_db.results import DocumentInfo

OLD_SUMMARY_MONTHS = 12  # since the sources were read
OLD_DOCUMENT_MONTHS = 36  # since it was published


@dataclass(frozen=True)
class Age:
    """``facts``: when it was published and its sources read; ``warning``: what to beware of, "" if nothing."""

    facts: tuple[str, ...]
    warning: str


def age_of(document: DocumentInfo, today: date) -> Age:
    """Return how old ``document`` is on the day ``today``."""
    published = months_since(document.published, today)
    read = months_since(document.retrieved, today)
    facts = []
    if document.published:
        exact = len(document.published) > len("2024")
        facts.append(texts.published(document.published, published, exact=exact))
    else:
        facts.append(texts.UNDATED)
    if document.retrieved:
        facts.append(texts.read_on(document.retrieved, digest=document.digest))
    warnings = []
    if published is not None and published > OLD_DOCUMENT_MONTHS:
        warnings.append(texts.OLD_DOCUMENT.format(age=texts.age(published)))
    if read is not None and read >= OLD_SUMMARY_MONTHS:
        words = texts.OLD_DIGEST if document.digest else texts.OLD_COPY
        warnings.append(words.format(age=texts.age(read)))
    return Age(tuple(facts), " ".join([*warnings, texts.OLD_REMEDY]) if warnings else "")


def months_since(iso: str, today: date) -> int | None:
    """Return the full months since an ISO date, month or year (its end counts); None if there is none.

    What is dated ahead is 0 months old.
    """
    parts = iso.split("-")
    if not all(part.isdecimal() for part in parts) or not 1 <= len(parts) <= 3:
        return None
    numbers = [int(part) for part in parts]
    year, month = numbers[0], numbers[1] if len(numbers) > 1 else 12
    months = (today.year - year) * 12 + today.month - month
    if len(numbers) == 3 and today.day < numbers[2]:
        months -= 1
    return max(0, months)
