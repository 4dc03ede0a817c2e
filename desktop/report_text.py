"""Puts the facts of the report for data protection into German, as the blocks of which proofs are made too."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.inventory import INVENTORY
from desktop.licences import Part
from desktop.proof import Block, Facts, Heading, Paragraph, program_name
from desktop.report import FoundFile, ReportFacts
from desktop.storage import Access, StoredData
from desktop.texts import doctor as doctor_texts
from desktop.texts import policy as policy_texts
from desktop.texts import report as texts
from desktop.texts.window import german_moment
from guidelines_db.safe_files import followed_link

MOST_LISTED = 200  # files named of each kind of difference


def report_blocks(facts: ReportFacts, sbom_name: str, sbom_sum: str) -> tuple[Block, ...]:
    """Return the report. The list of parts lies beside it as ``sbom_name``, with SHA-256 ``sbom_sum``."""
    place = texts.FROM_PACKAGE if facts.packaged else texts.FROM_SOURCE
    return (
        Heading(1, texts.TITLE),
        Paragraph(texts.INTRO),
        Facts(
            (
                (texts.MADE, german_moment(facts.made_at)),
                (texts.PROGRAM, program_name()),
                (texts.PLACE, place.format(folder=facts.folder)),
                (texts.COMPUTER, facts.computer),
                (texts.SYSTEM, facts.system),
                (texts.ACCOUNT, facts.account),
            )
        ),
        Heading(2, texts.SHORT),
        Facts(tuple(_short(facts))),
        *_installed(facts, sbom_name, sbom_sum),
        *_models(facts),
        *_data(facts),
        *_network(facts),
        *_policy(facts),
        Heading(2, texts.END),
        Paragraph(texts.END_TEXT),
    )


def _short(facts: ReportFacts) -> Iterator[tuple[str, str]]:
    def row(name: str, sentence: str, *, fine: bool) -> tuple[str, str]:
        return name, f"{texts.FINE if fine else texts.LOOK}: {sentence}"

    shut = all(attempt.refused for attempt in facts.attempts)
    if not facts.attempts:
        yield row(texts.SHORT_NETWORK, texts.NETWORK_UNKNOWN, fine=False)
    else:
        yield row(texts.SHORT_NETWORK, texts.NETWORK_SHUT if shut else texts.NETWORK_OPEN, fine=shut)
    difference = facts.difference
    if difference is None:
        yield row(texts.SHORT_FILES, texts.FILES_UNKNOWN, fine=False)
    elif difference.none:
        yield row(texts.SHORT_FILES, texts.FILES_SAME.format(checked=difference.checked), fine=True)
    else:
        yield row(texts.SHORT_FILES, texts.FILES_DIFFER, fine=False)
    known = all(model.wanted == model.sha256 for model in facts.models)
    if not facts.models:
        yield row(texts.SHORT_MODELS, texts.MODELS_NONE, fine=True)
    else:
        yield row(texts.SHORT_MODELS, texts.MODELS_KNOWN if known else texts.MODELS_UNKNOWN, fine=known)
    accesses = [data.access for data in facts.data if data.access is not None]
    private = not any(access.everyone or access.group or access.acl for access in accesses)
    if not accesses:
        yield row(texts.SHORT_DATA, texts.DATA_NONE, fine=True)
    else:
        yield row(texts.SHORT_DATA, texts.DATA_PRIVATE if private else texts.DATA_SHARED, fine=private)
    policy = facts.policy
    if policy.present:
        sentence = policy_texts.IN_FORCE.format(file=policy.file)
        yield row(texts.SHORT_POLICY, sentence, fine=not (policy.mistakes or policy.unsafe))
    else:
        yield row(texts.SHORT_POLICY, policy_texts.NONE.format(file=policy.file), fine=True)


def _installed(facts: ReportFacts, sbom_name: str, sbom_sum: str) -> Iterator[Block]:
    yield Heading(2, texts.INSTALLED)
    yield Paragraph(texts.SBOM_TEXT)
    yield Facts(((texts.SBOM, texts.SBOM_VALUE.format(name=sbom_name, sha256=sbom_sum)),))
    yield Heading(3, texts.COMPARED)
    difference = facts.difference
    if difference is None:
        yield Paragraph(texts.FILES_UNKNOWN, strong=True)
    else:
        if facts.packaged:
            words = texts.COMPARED_PACKAGE.format(
                checked=difference.checked, name=INVENTORY, sha256=facts.inventory_sum
            )
        else:
            words = texts.COMPARED_SOURCE.format(checked=difference.checked)
        yield Paragraph(words)
        if difference.none:
            yield Paragraph(texts.NO_DIFFERENCE, strong=True)
        else:
            kinds = (
                (texts.CHANGED, difference.changed),
                (texts.MISSING, difference.missing),
                (texts.ADDED, difference.added),
            )
            yield Facts(tuple(row for name, files in kinds for row in _listed(name, files)))
    if facts.packaged and (access := facts.folder_access) is not None:
        only_root = access.owner == "root" and "w" not in (access.mode[5], access.mode[8])
        words = (
            texts.ONLY_ROOT if only_root else texts.OTHERS_CAN.format(owner=access.owner, mode=access.mode)
        )
        yield Facts(((texts.PROGRAM_ACCESS, words),))
    yield Heading(3, texts.PARTS)
    yield Facts(tuple((part.name, _part(part)) for part in facts.parts))


def _listed(name: str, files: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from ((name, file) for file in files[:MOST_LISTED])
    if len(files) > MOST_LISTED:
        yield name, texts.AND_MORE.format(count=len(files) - MOST_LISTED)


def _part(part: Part) -> str:
    licence = part.licence or texts.NO_LICENCE
    return texts.PART_VALUE.format(version=part.version, licence=licence) if part.version else licence


def _models(facts: ReportFacts) -> Iterator[Block]:
    yield Heading(2, texts.MODELS)
    rows = [(model.title, _model(model)) for model in facts.models]
    index = facts.index
    if index is None:
        rows.append((texts.INDEX, texts.INDEX_NONE))
    else:
        verdict = texts.INDEX_WHOLE if index.sha256 == index.wanted else texts.INDEX_CHANGED
        words = texts.INDEX_FACTS.format(
            file=_place(index.file),
            size=_size(index.size),
            built=german_moment(index.date),
            sha256=index.sha256 or texts.UNKNOWN,
            verdict=verdict if index.wanted else texts.INDEX_NO_SUM,
        )
        rows.append((texts.INDEX, words))
    yield Facts(tuple(rows))


def _model(model: FoundFile) -> str:
    verdict = texts.MODEL_KNOWN if model.sha256 == model.wanted else texts.MODEL_CHANGED
    return texts.MODEL_FACTS.format(
        file=_place(model.file),
        size=_size(model.size),
        date=german_moment(model.date),
        sha256=model.sha256 or texts.UNKNOWN,
        verdict=verdict if model.wanted else texts.MODEL_UNKNOWN,
    )


def _data(facts: ReportFacts) -> Iterator[Block]:
    yield Heading(2, texts.DATA)
    yield Paragraph(texts.DATA_TEXT)
    yield Facts(((texts.DATA_FOLDER, str(facts.data_dir)),))
    for data in facts.data:
        heading, content, personal, kept = texts.KINDS[data.key]
        yield Heading(3, heading)
        yield Facts(
            (
                (texts.CONTENT, content),
                (texts.PERSONAL, personal),
                (texts.KEPT, kept or _history_kept(facts)),
                (texts.WHERE, _where(data)),
                *(((texts.READERS, _readers(data.access)),) if data.access is not None else ()),
            )
        )


def _history_kept(facts: ReportFacts) -> str:
    settings = facts.settings
    if not settings.store_history:
        words = texts.HISTORY_OFF
    elif settings.history_days:
        words = texts.HISTORY_DAYS.format(days=settings.history_days)
    else:
        words = texts.HISTORY_ALL
    return words + (texts.BY_POLICY if "history" in facts.policy.locked() else "")


def _where(data: StoredData) -> str:
    if not data.files:
        return texts.NOTHING_THERE
    names = ", ".join(file.name + ("/" if file.is_dir() else "") for file in data.files)
    return texts.SIZE_OF.format(files=names, size=_size(data.size))


def _readers(access: Access) -> str:
    if access.everyone:
        words = texts.EVERYONE
    elif access.group:
        words = texts.AND_GROUP.format(owner=access.owner, group=access.group)
    else:
        root = access.owner == "root"
        words = texts.ONLY_ROOT_READS if root else texts.ONLY_OWNER.format(owner=access.owner)
    return words + (texts.AND_ACL if access.acl else "")


def _network(facts: ReportFacts) -> Iterator[Block]:
    state = facts.protection
    yield Heading(2, texts.NETWORK)
    yield Paragraph(texts.NETWORK_TEXT)
    rows = [
        (
            attempt.name,
            texts.REFUSED.format(code=texts.REASONS.get(attempt.refused, attempt.refused))
            if attempt.refused
            else texts.GRANTED,
        )
        for attempt in facts.attempts
    ]
    connections = texts.UNKNOWN if facts.connections is None else str(facts.connections)
    rows.append((texts.CONNECTIONS, connections))
    seccomp = (
        doctor_texts.SECCOMP_ON if state.seccomp else doctor_texts.SECCOMP_OFF.format(reason=state.reason)
    )
    rows.append((doctor_texts.SECCOMP, seccomp))
    rows.append(
        (doctor_texts.LANDLOCK, doctor_texts.LANDLOCK_ON if state.landlock else doctor_texts.LANDLOCK_OFF)
    )
    words = doctor_texts.APPARMOR_STATES[state.apparmor].format(profile=state.profile)
    rows.append((doctor_texts.APPARMOR, words))
    yield Facts(tuple(rows))


def _policy(facts: ReportFacts) -> Iterator[Block]:
    policy = facts.policy
    yield Heading(2, texts.POLICY)
    if not policy.present:
        yield Paragraph(texts.POLICY_NONE.format(file=policy.file))
        return
    rows = [
        (
            texts.POLICY_FILE,
            texts.POLICY_FACTS.format(file=policy.file, sha256=facts.policy_sum or texts.UNKNOWN),
        )
    ]
    rows += [
        (texts.MISTAKE, policy_texts.mistake_line(one.line, one.key, one.text)) for one in policy.mistakes
    ]
    if policy.unsafe:
        rows.append((texts.MISTAKE, policy.unsafe))
    rows += policy_texts.decided(policy)
    yield Facts(tuple(rows))
    if not policy.mistakes:
        yield Paragraph(texts.NO_MISTAKE)


def _place(file: Path) -> str:
    target = followed_link(file)
    return doctor_texts.LINKED.format(file=file, target=target) if target else str(file)


def _size(count: int) -> str:
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if count >= size:
            return f"{count / size:.1f} {unit}".replace(".", ",")
    return f"{count} Byte"
