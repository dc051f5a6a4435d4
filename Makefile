# `make demo` and `make test` need Python 3.11 or newer with its venv module, and nothing else installed before.
# uv is taken from the PATH; where it is not there, it is installed into .venv, beside what it installs.

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
READY := .venv/.ready

UV := $(shell command -v uv 2>/dev/null)
ifeq ($(UV),)
UV := $(BIN)/uv
OWN_UV := $(BIN)/uv
KEEP_UV := --inexact
endif

export UV_PROJECT_ENVIRONMENT := .venv
unexport PYTHONDONTWRITEBYTECODE # the tests start hundreds of programs: each would compile every module anew

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-all lint bench bench-all words

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16
	@echo '  ARGS="..." is handed on to demo, test, bench and words.'

setup: $(READY) ## install everything into .venv

demo: $(READY) ## build a register from the demonstration data and browse it
	$(BIN)/goodstanding demo $(ARGS)

test: $(READY) ## run the tests, each behaviour once
	$(BIN)/pytest -q -n auto --dist loadscope $(ARGS)

test-all: $(READY) ## run them thoroughly, as before a release: both databases, all examples
	$(BIN)/pytest -q -n auto --dist loadscope --thorough --hypothesis-profile deep $(ARGS)

lint: $(READY) ## check style, formatting, types and the floors of the house
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) ## measure speed and memory
	$(BIN)/python -m benchmarks $(ARGS)

bench-all: $(READY) ## the same, and what takes minutes to an hour
	$(BIN)/python -m benchmarks --long $(ARGS)

words: $(READY) ## gather the words to be translated; needs GNU gettext
	mkdir -p src/goodstanding/locale
	cd src/goodstanding && $(CURDIR)/$(BIN)/django-admin makemessages --keep-pot --add-location file $(or $(ARGS),--all)

# A plain `uv sync` removes what the lock does not name, so a uv inside .venv has to keep itself (--inexact).
$(READY): pyproject.toml uv.lock | $(OWN_UV)
	$(UV) sync --frozen $(KEEP_UV)
	@touch $@

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo 'Python 3.11 or newer is needed. Name one with: make PYTHON=/path/to/python3' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	|| { echo 'This Python has no venv module (on Debian: apt-get install python3-venv).' >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
