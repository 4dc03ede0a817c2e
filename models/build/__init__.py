"""Build-time only: obtains the models and compiles the engine. Not part of the installed program."""
