"""Collections of guidelines, their German full-text index and the search over it. Knows neither Qt nor models."""
