"""What answers say by themselves."""

from guidelines_db.results import SearchOutcome

NOTHING = "Dazu steht in den gewählten Sammlungen nichts."
NOTHING_BUT_NEAR = (
    f"{NOTHING} Die nächstliegenden Fundstellen sehen Sie hier; sie beantworten die Frage vermutlich nicht."
)
NO_WORDS = "Bitte stellen Sie Ihre Frage in Worten, zum Beispiel: Muss ich KI-Texte kennzeichnen?"


def search_notes(outcome: SearchOutcome) -> tuple[str, ...]:
    """Return what the clerk should know about the search, in sentences."""
    notes = [
        f"Zu {place} liegt keine Leitlinie vor; die Fundstellen stammen aus anderen Dokumenten."
        for place in outcome.missing_places
    ]
    if outcome.corrected:
        notes.append(f"Gesucht wurde auch nach: „{outcome.corrected}“")
    return tuple(notes)
