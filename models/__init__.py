"""The language models: catalogue, checks, and the worker process that runs them. Knows neither Qt nor the index."""
