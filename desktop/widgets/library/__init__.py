"""The page Bibliothek: all documents in a table, and a reader."""
