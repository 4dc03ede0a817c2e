"""The application: window, command line, and the Qt-free assistant that joins retrieval and model."""
