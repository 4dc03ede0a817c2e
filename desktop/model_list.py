"""The writing models that the program knows or finds, and what each may do here."""

from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.model_verdicts import Verdicts
from desktop.paths import Paths
from desktop.policy import NO_POLICY, Policy
from desktop.start import may_be_chosen
from desktop.texts import model_check as texts
from models.catalogue import ModelEntry, entry_for_file, load_catalogue
from models.errors import ModelError
from models.model_file import find_model_file


@dataclass(frozen=True)
class KnownModel:
    """A model of the catalogue, or a file that IT has brought in. ``file`` is "" if there is none to be used here.

    ``allowed`` is False if a file is here that the policy of this machine does not allow.
    """

    name: str
    title: str
    file: str
    words_answers: bool
    checked_at: str  # when it was tested on this machine, "" if never
    allowed: bool = True

    def as_record(self) -> dict[str, object]:
        """Return the model as JSON data."""
        return asdict(self)


def known_models(paths: Paths, policy: Policy = NO_POLICY) -> list[KnownModel]:
    """Return the catalogue's writing models in their order, then the files brought in.

    A file that ``policy`` does not allow is listed as such, without its place.
    """
    verdicts = Verdicts(paths.verdicts, paths.stamps)
    found = []
    for entry in load_catalogue().values():
        if entry.role == "llm":
            try:
                file = find_model_file(entry.file, paths.model_dirs)
            except ModelError:
                found.append(KnownModel(entry.name, entry.title, "", entry.words_answers, ""))
            else:
                found.append(_known(file, entry, verdicts, allowed=may_be_chosen(file, entry, paths, policy)))
    folders = (folder for folder in paths.model_dirs if folder.is_dir())
    files = [file for folder in folders for file in sorted(folder.glob("*.gguf")) if file.is_file()]
    return found + [
        _known(file, None, verdicts, allowed=may_be_chosen(file, None, paths, policy))
        for file in files
        if entry_for_file(file.name) is None
    ]


def _known(file: Path, entry: ModelEntry | None, verdicts: Verdicts, *, allowed: bool) -> KnownModel:
    name, title = (entry.name, entry.title) if entry else (file.name, file.stem)
    if not allowed:
        return KnownModel(name, title, "", words_answers=False, checked_at="", allowed=False)
    verdict = verdicts.of(file)
    return KnownModel(
        name=name,
        title=title,
        file=str(file),
        words_answers=verdicts.may_word(file, entry),
        checked_at=verdict.checked_at if verdict else "",
    )


def print_models(models: list[KnownModel]) -> None:
    """Print a line a model, for a person."""
    width = max((len(model.name) for model in models), default=0)
    for model in models:
        if not model.allowed:
            print(f"{model.name:{width}}  {texts.FORBIDDEN}")
            continue
        untested = not model.checked_at and not model.words_answers
        task = texts.WORDS if model.words_answers else texts.UNTESTED if untested else texts.EVIDENCE_ONLY
        print(f"{model.name:{width}}  {texts.PRESENT if model.file else texts.ABSENT:15}  {task}")
