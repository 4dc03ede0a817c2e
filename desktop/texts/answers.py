"""What answers say by themselves."""

from desktop.answer import Style
from guidelines_db.results import DocumentInfo, SearchOutcome

NOTHING = "Dazu steht in den gewählten Sammlungen nichts."
NOTHING_BUT_NEAR = (
    f"{NOTHING} Die nächstliegenden Fundstellen sehen Sie hier; sie beantworten die Frage vermutlich nicht."
)
SILENCE = (
    "Was ein Dokument nicht erwähnt, kann trotzdem geregelt sein: Bitte fragen Sie im Zweifel dort nach."
)
NO_WORDS = "Bitte stellen Sie Ihre Frage in Worten, zum Beispiel: Muss ich KI-Texte kennzeichnen?"

# What the model is told beside the question, by style.
WISHES = {
    Style.NORMAL: "",
    Style.SHORTER: "Antworte mit einem einzigen kurzen Satz.",
    Style.SIMPLER: "Antworte in Einfacher Sprache: kurze Sätze, einfache Wörter.",
    Style.AGAIN: "",
}


def search_notes(outcome: SearchOutcome) -> tuple[str, ...]:
    """Return what the clerk should know about the search, in sentences."""
    notes = [
        f"Zu {place} liegt keine Leitlinie vor; die Fundstellen stammen aus anderen Dokumenten."
        for place in outcome.missing_places
    ]
    if outcome.corrected:
        notes.append(f"Gesucht wurde auch nach: „{outcome.corrected}“")
    return tuple(notes)


def origin(document: DocumentInfo) -> str:
    """Return where a document comes from in one line: Stadt Essen, Charta Digitale Ethik (2024)."""
    named = ", ".join(part for part in (document.publisher, document.title) if part)
    year = document.published[:4]
    return f"{named} ({year})" if year else named


def wording_note(shown: int, written: int) -> str:
    """Say how many of the model's sentences held."""
    if not shown:
        return "Nur Fundstellen: Die Formulierung des Modells war nicht belegt."
    if shown == written:
        return f"{shown} von {written} Sätzen belegt." if written > 1 else "Der Satz ist belegt."
    return f"{shown} von {written} Sätzen belegt; die anderen werden nicht gezeigt."
