"""Every known problem in German: what happened, what still works, what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ProblemText:
    """``sentence``: what happened and what still works; ``remedy``: what the reader can do, "" if nothing."""

    sentence: str
    remedy: str = ""

    @property
    def whole(self) -> str:
        """Sentence and remedy in one line."""
        return f"{self.sentence} {self.remedy}".strip()


_RETRY = "Stellen Sie die Frage noch einmal; das Modell startet von selbst neu."
_TELL_IT = "Bitte wenden Sie sich an Ihre IT."

PROBLEMS: dict[str, ProblemText] = {
    # The model and its process.
    "worker_crashed": ProblemText(
        "Das Sprachmodell ist unerwartet ausgefallen; die Fundstellen bleiben nutzbar.", _RETRY
    ),
    "out_of_memory": ProblemText(
        "Der Arbeitsspeicher hat für das Sprachmodell nicht gereicht; die Fundstellen bleiben nutzbar.",
        "Schließen Sie andere Programme und stellen Sie die Frage noch einmal.",
    ),
    "worker_hung": ProblemText(
        "Das Sprachmodell hat nicht mehr geantwortet und wurde beendet; die Fundstellen bleiben nutzbar.",
        _RETRY,
    ),
    "model_missing": ProblemText(
        "Es ist kein Sprachmodell vorhanden; Leitstern zeigt die Fundstellen.",
        "Für ausformulierte Antworten legen Sie eine Modelldatei (.gguf) in den Ordner für Modelle "
        "und starten Leitstern neu.",
    ),
    "model_damaged": ProblemText(
        "Die Datei des Sprachmodells ist unvollständig oder beschädigt; Leitstern zeigt die Fundstellen.",
        "Bitte legen Sie die Modelldatei neu ab oder wenden Sie sich an Ihre IT.",
    ),
    "memory_short": ProblemText(
        "Für das Sprachmodell ist zu wenig Arbeitsspeicher frei; Leitstern zeigt die Fundstellen.",
        "Schließen Sie andere Programme und starten Sie Leitstern neu.",
    ),
    "model_forbidden": ProblemText(
        "Dieses Sprachmodell hat Ihre IT auf diesem Rechner nicht zugelassen; Leitstern zeigt die Fundstellen.",
        "Bitte wählen Sie in den Einstellungen ein anderes Modell oder fragen Sie Ihre IT.",
    ),
    "memory_forbidden": ProblemText(
        "Das Sprachmodell braucht mehr Arbeitsspeicher, als Ihre IT dafür vorgesehen hat; Leitstern zeigt die "
        "Fundstellen.",
        "Bitte wählen Sie in den Einstellungen ein kleineres Modell oder fragen Sie Ihre IT.",
    ),
    "worker_garbled": ProblemText(
        "Das Sprachmodell hat unverständlich geantwortet; die Fundstellen bleiben nutzbar.", _RETRY
    ),
    "request_refused": ProblemText(
        "Das Sprachmodell hat die Frage nicht angenommen; die Fundstellen bleiben nutzbar.",
        "Bitte formulieren Sie die Frage kürzer oder anders.",
    ),
    "prompt_too_long": ProblemText(
        "Die Frage ist für das Sprachmodell zu lang; die Fundstellen bleiben nutzbar.",
        "Bitte kürzen Sie die Frage.",
    ),
    "engine_missing": ProblemText(
        "Der Programmteil für Sprachmodelle fehlt; Leitstern zeigt die Fundstellen.", _TELL_IT
    ),
    "encoder_unavailable": ProblemText(
        "Die Suche nach Bedeutung ist nicht verfügbar; gesucht wird nach Wörtern.", _TELL_IT
    ),
    # The index.
    "index_rebuilt": ProblemText("Der Suchindex der Sammlungen war nicht nutzbar und wurde neu aufgebaut."),
    "index_outdated": ProblemText(
        "Der Suchindex der Sammlungen ist veraltet.",
        "Starten Sie Leitstern neu; er wird dabei neu aufgebaut.",
    ),
    "corpus_invalid": ProblemText("Die mitgelieferten Sammlungen sind fehlerhaft.", _TELL_IT),
    "own_index_rebuilt": ProblemText("Der Suchindex Ihrer eigenen Dokumente wurde neu aufgebaut."),
    "glossary_invalid": ProblemText(
        "Die Datei glossar.toml im Datenordner ist fehlerhaft und wird übergangen.",
        "Bitte berichtigen oder löschen Sie die Datei.",
    ),
    "unknown_collection": ProblemText(
        "Diese Sammlung gibt es nicht.", "Bitte wählen Sie eine der vorhandenen Sammlungen."
    ),
    "unknown_document": ProblemText("Dieses Dokument ist in den Sammlungen nicht mehr vorhanden."),
    "document_unreadable": ProblemText(
        "Das Dokument lässt sich nicht lesen.", "Bitte prüfen Sie, ob sich die Datei öffnen lässt."
    ),
    "store_unwritable": ProblemText(
        "Der Datenordner lässt sich nicht beschreiben.", "Bitte prüfen Sie Schreibrecht und freien Platz."
    ),
    "index_missing": ProblemText("Die Sammlungen sind auf diesem Rechner noch nicht eingerichtet.", _TELL_IT),
    "index_damaged": ProblemText(
        "Der Suchindex der Sammlungen ist beschädigt.",
        "Starten Sie Leitstern neu; er wird dabei neu aufgebaut.",
    ),
    "own_index_damaged": ProblemText(
        "Der Suchindex Ihrer eigenen Dokumente ist beschädigt; die anderen Sammlungen sind nutzbar.",
        "Bitte nehmen Sie Ihre Dokumente neu auf.",
    ),
    "import_forbidden": ProblemText(
        "Eigene Dokumente aufzunehmen hat Ihre IT auf diesem Rechner nicht zugelassen.", _TELL_IT
    ),
    # The user's own files.
    "history_unwritable": ProblemText(
        "Der Verlauf kann nicht gespeichert werden; alles andere arbeitet weiter.",
        "Bitte prüfen Sie Schreibrecht und freien Platz im Datenordner.",
    ),
    "history_damaged": ProblemText(
        "Der bisherige Verlauf war nicht lesbar; er wurde beiseitegelegt und ein neuer begonnen."
    ),
    "history_newer": ProblemText(
        "Der Verlauf stammt aus einer neueren Fassung von Leitstern und wird hier nicht fortgeschrieben.",
        "Bitte benutzen Sie die neuere Fassung.",
    ),
    "folder_unwritable": ProblemText(
        "Der Datenordner lässt sich nicht beschreiben.", "Bitte prüfen Sie das Schreibrecht des Ordners."
    ),
    "unexpected": ProblemText(
        "Das hat wegen eines Programmfehlers nicht geklappt.",
        "Bitte versuchen Sie es noch einmal; im Protokoll steht, was geschah.",
    ),
}


def explain(key: str) -> ProblemText:
    """Return the German text for the problem ``key``; an unknown key reads as a programme error."""
    return PROBLEMS.get(key, PROBLEMS["unexpected"])
