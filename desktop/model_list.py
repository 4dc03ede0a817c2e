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
    """A model of the catalogue, or a file that IT has brought in. ``file`` is "" if it is not here."""

    name: str
    title: str
    file: str
    words_answers: bool
    checked_at: str  # when it was tested on this machine, "" if never

    def as_record(self) -> dict[str, object]:
        """Return the model as JSON data."""
        return asdict(self)


def known_models(paths: Paths, policy: Policy = NO_POLICY) -> list[KnownModel]:
    """Return the catalogue's writing models in their order, then the files brought in.

    A file that ``policy`` does not allow counts as not here.
    """
    verdicts = Verdicts(paths.verdicts, paths.stamps)
    found = []
    for entry in load_catalogue().values():
        if entry.role == "llm":
            try:
                file = find_model_file(entry.file, paths.model_dirs)
            except ModelError:
                there = False
            else:
                there = may_be_chosen(file, entry, paths, policy)
            if there:
                found.append(_known(file, entry, verdicts))
            else:
                found.append(KnownModel(entry.name, entry.title, "", entry.words_answers, ""))
    folders = (folder for folder in paths.model_dirs if folder.is_dir())
    files = [file for folder in folders for file in sorted(folder.glob("*.gguf")) if file.is_file()]
    return found + [
        _known(file, None, verdicts)
        for file in files
        if entry_for_file(file.name) is None and may_be_chosen(file, None, paths, policy)
    ]


def _known(file: Path, entry: ModelEntry | None, verdicts: Verdicts) -> KnownModel:
    verdict = verdicts.of(file)
    return KnownModel(
        name=entry.name if entry else file.name,
        title=entry.title if entry else file.stem,
        file=str(file),
        words_answers=verdicts.may_word(file, entry),
        checked_at=verdict.checked_at if verdict else "",
    )


def print_models(models: list[KnownModel]) -> None:
    """Print a line a model, for a person."""
    width = max((len(model.name) for model in models), default=0)
    for model in models:
        untested = not model.checked_at and not model.words_answers
        task = texts.WORDS if model.words_answers else texts.UNTESTED if untested else texts.EVIDENCE_ONLY
        print(f"{model.name:{width}}  {texts.PRESENT if model.file else texts.ABSENT:15}  {task}")
