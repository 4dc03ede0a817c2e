# Every target sets up what it needs first and can be interrupted and repeated; see tools/setup.py.
PYTHON ?= python3
SETUP = $(PYTHON) tools/setup.py
BIN = .venv/bin
# Tests and pictures draw into memory: they need no display and never take the clerk's focus.
HEADLESS = QT_QPA_PLATFORM=offscreen

.PHONY: help run setup package-setup test lint format bench screenshots package package-check package-repeat package-qemu reader lock clean

help:  ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run:  ## set up what is missing and open the window
	@$(SETUP) run $(ARGS)

setup:  ## set up what is missing, start nothing
	@$(SETUP) everything

test: setup  ## run all tests; ARGS="tests/models -x" runs some
	$(HEADLESS) $(BIN)/python -m pytest --numprocesses 2 --dist loadfile $(ARGS)

lint:  ## check style, format and types
	@$(SETUP) environment
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/mypy tools bench
	MYPYPATH=tools $(BIN)/mypy packaging

format:  ## put the code into its format
	@$(SETUP) environment
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: setup  ## measure start-up, search, model speed and memory
	$(HEADLESS) $(BIN)/python -m bench $(ARGS)

screenshots: setup  ## take the pictures in docs/img/ from the real program
	$(HEADLESS) $(BIN)/python -m bench.screenshot

package-setup:
	@$(SETUP) packaging

package: package-setup  ## build the Debian packages into dist/; ARGS="--release" compresses well
	$(BIN)/python packaging/build.py $(ARGS)

package-check: package-setup  ## install the packages in a clean Debian without network and try everything; as root
	$(BIN)/python packaging/debian/check.py

package-repeat: package-setup  ## build everything twice and compare byte for byte
	$(BIN)/python packaging/repeat.py $(ARGS)

package-qemu: package-setup  ## let the packaged engine write on an old, a Haswell and a current processor
	$(BIN)/python packaging/processors.py $(ARGS)

reader: setup  ## train and publish the reader anew (hours; resumes); ARGS="--work FOLDER"
	@$(PYTHON) tools/reader.py $(ARGS)

lock:  ## resolve the dependencies anew into requirements.lock
	@$(SETUP) lock

clean:  ## remove .venv, the index and caches; the fetched models stay
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
