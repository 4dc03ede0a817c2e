"""The page Vergleichen."""
