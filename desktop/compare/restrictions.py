"""What a comparison is limited to, in German, and what is left without each limit."""

from dataclasses import replace

from desktop.compare.choice import Choice, Comparison, Subject
from desktop.texts import compare as texts
from desktop.texts.window import kind


def subject_title(subject: Subject) -> str:
    """Return the titles of the collections that share these topics."""
    return texts.AND.join(info.title for info in subject.collections)


def title_of(comparison: Comparison) -> str:
    """Return by whose topics documents are compared."""
    name = comparison.choice.subject
    return next((subject_title(one) for one in comparison.subjects if one.name == name), "")


def restrictions(comparison: Comparison) -> list[tuple[str, Choice]]:
    """Return each restriction by its name, with the choice that is left without it.

    A single collection is none: there is always one.
    """
    choice = comparison.choice
    found = []
    if len(choice.collections) > 1:
        titles = _titles(comparison)
        for name in choice.collections:
            left = tuple(one for one in choice.collections if one != name)
            found.append((titles[name], replace(choice, collections=left)))
    for land in choice.lands:
        left = tuple(one for one in choice.lands if one != land)
        found.append((f"{texts.LAND}: {land}", replace(choice, lands=left)))
    for place in choice.places:
        left = tuple(one for one in choice.places if one != place)
        found.append((f"{texts.PLACE}: {place}", replace(choice, places=left)))
    for name in choice.kinds:
        left = tuple(one for one in choice.kinds if one != name)
        found.append((f"{texts.KIND}: {kind(name)}", replace(choice, kinds=left)))
    return found


def chosen_by(comparison: Comparison) -> str:
    """Return in a line which documents are compared."""
    titles = _titles(comparison)
    collections = [titles[name] for name in comparison.choice.collections]
    others = [name for name, _ in restrictions(comparison) if name not in collections]
    size = texts.size(len(comparison.matrix.columns), comparison.found, len(comparison.matrix.topics))
    return " · ".join((", ".join(collections), *others, size))


def _titles(comparison: Comparison) -> dict[str, str]:
    subjects = {info.name: info.title for subject in comparison.subjects for info in subject.collections}
    return subjects | {name: title for name, title, _ in comparison.offer.collections}
