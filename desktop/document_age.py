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
        facts.append(texts.published(document.published, ago(document.published, today)))
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


def ago(iso: str, today: date) -> str:
    """Return in words how long ago an ISO date, month or year was, as exactly as it is known.

    "" for what is dated ahead, and for what is no date.
    """
    months, numbers = months_since(iso, today), _numbers(iso)
    if months is None or numbers > _parts(today)[: len(numbers)]:
        return ""
    if len(numbers) == 1:
        return texts.years_ago(today.year - numbers[0])
    if len(numbers) == 2 or months:
        return texts.months_ago(months)
    return texts.days_ago((today - date(*numbers)).days)


def months_since(iso: str, today: date) -> int | None:
    """Return the full months since an ISO date; between months and years these are counted, not their days.

    None if there is no date. What is dated ahead is 0 months old.
    """
    numbers = _numbers(iso)
    if not numbers:
        return None
    month = numbers[1] if len(numbers) > 1 else today.month
    months = (today.year - numbers[0]) * 12 + today.month - month
    if len(numbers) == 3 and today.day < numbers[2]:
        months -= 1
    return max(0, months)


def _numbers(iso: str) -> tuple[int, ...]:
    """Return year, month and day of an ISO date as far as they are known; () if it is none."""
    parts = iso.split("-")
    if len(parts) > 3 or not all(part.isdecimal() for part in parts):
        return ()
    numbers = tuple(int(part) for part in parts)
    try:
        date(*(*numbers, 1, 1)[:3])
    except ValueError:
        return ()
    return numbers


def _parts(day: date) -> tuple[int, ...]:
    return day.year, day.month, day.day
