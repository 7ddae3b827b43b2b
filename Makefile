# `make check` is all of it. Every target makes the virtual environment it needs.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DATA ?= ../shared/data
CODE := src tests bench data_build corpus training

.PHONY: install test test-fast check lint types bench docs data wheel corpus train gate clean

$(STAMP): pyproject.toml requirements-ci.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --requirement requirements-ci.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

install: $(STAMP)

test: $(STAMP)  ## all tests
	$(BIN)/python -m pytest -n 2

test-fast: $(STAMP)  ## the tests to run while working
	$(BIN)/python -m pytest -n 2 -m "not slow"

lint: $(STAMP)
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

types: $(STAMP)
	$(BIN)/mypy

docs: $(STAMP)  ## the site, into site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

bench: $(STAMP)  ## speed beside spaCy's stock pipeline, memory, start-up
	$(BIN)/python bench/reading.py

data: $(STAMP)  ## build the knowledge files again from their sources; they must not change
	$(BIN)/python data_build/build.py $(DATA)

corpus: $(STAMP)  ## compile the passages and stories, into corpus/build/
	$(BIN)/python corpus/compile.py
	$(BIN)/python corpus/compile_stories.py

TRAINING := $(VENV)/.training
$(TRAINING): $(STAMP) training/requirements.txt
	$(BIN)/python -m pip install --quiet --requirement training/requirements.txt
	touch $@

train: $(TRAINING) corpus  ## corpus to weights, under two hours on two cores; commit them only where `make gate` says better
	PYTHONPATH=. $(BIN)/python -m training.run

gate: corpus  ## scores on committed passages against their floors
	PYTHONPATH=. $(BIN)/python -m training.gate

wheel: $(STAMP)  ## the package, into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

check: lint types docs test gate

clean:
	rm -rf $(VENV) site dist build .mypy_cache .ruff_cache .pytest_cache
