"""The page Hilfe: handbook, keys, where data lies, licences, system report."""
