"""The language models: catalogue, checks and the worker process. Knows neither Qt nor the index."""
