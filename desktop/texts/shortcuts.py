"""What each key does and where, in German; ``desktop/shortcuts.py`` says which key it is."""

EVERYWHERE = "Überall"
ASKING = "Seite Fragen"
LISTS = "Listen und Tabellen"
READING = "Beim Lesen"
COMPARE = "Seite Vergleichen"
HISTORY = "Seite Verlauf"
LIBRARY = "Seite Bibliothek"

HELP = "Hilfe öffnen"
QUESTION = "Zum Eingabefeld für Fragen"
PAGE = "Seite mit dieser Nummer zeigen, von oben gezählt"
MOVE = "Zum nächsten oder vorigen Bedienelement"
LARGER = "Schrift größer"
SMALLER = "Schrift kleiner"
NORMAL = "Schrift in normaler Größe"
COPY = "Markierten Text kopieren"
ASK = "Frage stellen"
NEW_LINE = "Neue Zeile in der Frage"
STOP = "Antwort anhalten, sonst Fundstelle schließen"
PASSAGE = "Fundstelle mit dieser Nummer öffnen"
PASSAGE_SHORT = "Dasselbe, während Sie Antwort oder Fundstelle lesen"
FIND = "Suchen"
OPEN = "Gewählten Eintrag öffnen"
BACK = "Zurück, vorwärts"
CLOSE = "Suche oder geöffnete Ansicht schließen"
CELL = "Zum nächsten Feld der Übersicht"
CHOOSE = "Feld auswählen oder abwählen"
OVERVIEW = "Von den Stellen zurück zur Übersicht"
RENAME = "Frage umbenennen"
DELETE = "Gewählte Fragen löschen"
UNDO = "Löschen rückgängig machen"
NEXT = "Nächste, vorige Fundstelle der Suche"
PRINT = "Dokument drucken"
COPY_SOURCE = "Markierten Text, sonst das ganze Dokument, mit Quelle kopieren"
REMOVE = "Gewähltes eigenes Dokument entfernen"
KEY_RANGE = "{first} bis {last}"
KEY_NAMES = {
    "Ctrl": "Strg",
    "Shift": "Umschalt",
    "Return": "Eingabe",
    "Space": "Leertaste",
    "Del": "Entf",
    "-": "Minus",
    "Left": "Pfeil links",
    "Right": "Pfeil rechts",
    "Up": "Pfeil auf",
    "Down": "Pfeil ab",
}
