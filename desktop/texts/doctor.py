"""The words of ``leitstern doctor``."""

NOT_INSTALLED = "nicht installiert"
REINSTALL = "Bitte installieren Sie Leitstern neu."
CPU = "Prozessor"
CORES = "{machine}, {cores} Kerne"
MEMORY = "Arbeitsspeicher"
MEMORY_VALUE = "{free} frei von {total}"
LLM = "Sprachmodell"
ENCODER = "Suchmodell"
NONE = "keines gefunden"
ENCODER_MISSING = "Die Suche arbeitet nur mit Wörtern; bitte installieren Sie Leitstern vollständig."
NOT_ALLOWED = "{file} ist da, aber von den Vorgaben nicht zugelassen"
NOT_ALLOWED_ADVICE = (
    "Soll das Modell benutzt werden: Prüfsumme (models.allowed) und Speichergrenze in {file} vergleichen."
)
LINKED = "{file}, Verknüpfung auf {target}"
UNKNOWN_MODEL = "Dieses Modell steht nicht im Katalog; seine Güte ist nicht geprüft."
INDEX = "Suchindex"
INDEX_VALUE = "erstellt {built}, {file}"
UNUSABLE = "nicht benutzbar"
REPAIRED = "wurde repariert"
COLLECTION = "Sammlung"
COLLECTION_VALUE = "{documents} Dokumente, {passages} Abschnitte, Stand {updated}"
SHIPPED_VECTORS = "Ähnlichkeitssuche, mitgeliefert"
OWN_VECTORS = "Ähnlichkeitssuche, eigene"
COVERAGE_VALUE = "{encoded} von {total} Abschnitten erfasst"
COVERAGE_PART = "Die übrigen werden per Textsuche gefunden und bei Bedarf erfasst."
DATA_DIR = "Eigene Daten"
SHARE_DIR = "Gemeinsame Daten"
FOLDER_VALUE = "{folder}, {free} frei"
SLOW_CPU = (
    "Dem Prozessor fehlt AVX2. Suche und Belege arbeiten wie gewohnt, "
    "formulierte Antworten brauchen viel länger."
)

# Protection
SECCOMP = "Netzsperre (seccomp)"
SECCOMP_ON = "aktiv: Leitstern und alles, was es startet, kann keine Netzverbindung anlegen"
SECCOMP_OFF = "nicht aktiv ({reason})"
PROTECTION_ADVICE = (
    "Leitstern öffnet auch ohne diese Sperre keine Netzverbindung; sie fehlt hier nur als zweite Sicherung."
)
LANDLOCK = "Netzsperre (Landlock)"
LANDLOCK_ON = "aktiv: keine TCP-Verbindung"
LANDLOCK_OFF = "nicht verfügbar (dazu gehört Linux 6.7 oder neuer)"
APPARMOR = "AppArmor"
APPARMOR_STATES = {
    "enforce": "aktiv, Profil {profile}",
    "complain": "Profil {profile} meldet nur und sperrt nicht",
    "unconfined": "auf diesem Rechner aktiv, für diesen Prozess gilt kein Profil",
    "absent": "auf diesem Rechner nicht vorhanden",
}
UNSAFE_ADVICE = "Geben Sie Ordner und Datei root, beschreibbar nur für root: chown root, chmod go-w ({file})."
