# One command each: `make help`. Needs Python 3.11 or newer with venv, and make; nothing is installed outside the checkout,
# but for Debian's chromium and Chinese fonts when `make test` finds none and may install them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# One BLAS thread: tests and solvers run side by side, and threads of threads make both slow.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export PYTHONUTF8 := 1

BIN := .venv/bin
READY := .venv/ready
PAGES := src/lingtan/web/static/index.html
NPM := ../tools/node/npm
UI_SOURCES := $(shell find ui -type f -not -path 'ui/node_modules/*' -not -name '*.md')
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate
NEWEST_PYTHON = $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
PYTHON ?= $(NEWEST_PYTHON)

.PHONY: help demo test test-long bench oracle fmt lock clean browser ui ui-test

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(READY) $(PAGES) ## study the shipped park; `make demo ARGS=--once` stops after the study
	@$(BIN)/lingtan demo $(ARGS)

test: $(READY) browser ui-test ## the gate: style, types, floors, dependencies, tests (about 5 minutes)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry src
	$(BIN)/python -m pytest -n 2 -rs

test-long: $(READY) $(PAGES) browser ## the tests that take minutes, many more examples for the laws, and what no test of the gate reaches
	$(BIN)/python -m pytest -n 2 -rs -m long --hypothesis-profile=long
	$(BIN)/python -m pytest -n 2 -q --cov --cov-report=term

bench: $(READY) .venv-oracle/ready ## measure beside the peers, and compare with the numbers we claim
	$(BIN)/python -m benchmarks $(ARGS)

oracle: .venv-oracle/ready ## let PyPSA, in its own environment, write the golden objectives anew
	.venv-oracle/bin/python tools/oracle/make_golden.py $(ARGS)

fmt: $(READY) ## write the house format and the harmless fixes
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

lock: $(READY) ## write the lock files anew after a change of dependencies (keeps pins that still fit)
	$(COMPILE) --all-extras --group dev pyproject.toml -o requirements.lock
	$(COMPILE) --python-version 3.11 tools/oracle/requirements.in -o tools/oracle/requirements.lock
	$(COMPILE) --no-deps tools/node/requirements.in -o tools/node/requirements.lock
	$(COMPILE) --no-deps tools/measured/requirements.in -o tools/measured/requirements.lock

ui: $(PAGES) ## build the pages of the live platform from ui/, when they changed

ui-test: $(PAGES)
	cd ui && $(NPM) run --silent check && $(NPM) test --silent

clean: ## remove all environments, the built pages and every cache
	rm -rf ui/node_modules src/lingtan/web/static
	rm -rf .venv .venv-node .venv-oracle .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage* htmlcov dist
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# The environment. pip (which every Python brings) installs the locked uv, checked by its hashes; uv installs the rest.
$(READY): requirements.lock pyproject.toml
	@[ -x $(BIN)/python ] || [ -n "$(PYTHON)" ] || { echo "lingtan needs Python 3.11 or newer; set PYTHON=/path/to/python3" >&2; exit 1; }
	@[ -x $(BIN)/python ] || "$(PYTHON)" -m venv .venv || { echo "On Debian: apt-get install python3-venv" >&2; exit 1; }
	@[ -x $(BIN)/uv ] || { awk '/^[^ ]/ { on = /^uv==/ } on' requirements.lock > .venv/uv.lock && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.lock; }
	@echo "installing requirements.lock into .venv"
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync --quiet --require-hashes requirements.lock
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# The pages, built into the package. npm ci takes the lock file as it is; a page that does not build is not left half-built.
ui/node_modules/ready: ui/package.json ui/package-lock.json ui/.npmrc | $(READY)
	@echo "installing ui/package-lock.json into ui/node_modules"
	@cd ui && $(NPM) ci --silent --no-audit --no-fund
	@touch $@

$(PAGES): $(UI_SOURCES) ui/node_modules/ready
	@echo "building ui/ into src/lingtan/web/static"
	@cd ui && $(NPM) run --silent build -- --logLevel warn || { rm -rf ../src/lingtan/web/static; exit 1; }
	@touch $@

.venv-oracle/ready: tools/oracle/requirements.lock $(READY)
	@[ -x .venv-oracle/bin/python ] || $(BIN)/python -m venv --without-pip .venv-oracle
	@echo "installing tools/oracle/requirements.lock into .venv-oracle"
	@VIRTUAL_ENV=.venv-oracle $(BIN)/uv pip sync --quiet --require-hashes tools/oracle/requirements.lock
	@touch $@

# Browser tests want a real browser and Chinese fonts; where they cannot be installed, those tests skip and say so.
browser:
	@if dpkg -s chromium fonts-noto-cjk poppler-utils >/dev/null 2>&1; then exit 0; fi; \
	if ! command -v apt-get >/dev/null || [ "$$(id -u)" != 0 ]; then \
		echo "no Debian chromium with fonts-noto-cjk here, and no right to install them: browser tests may skip"; exit 0; fi; \
	echo "installing Debian's chromium and fonts-noto-cjk for the browser tests"; \
	export DEBIAN_FRONTEND=noninteractive; \
	apt-get -o Acquire::Retries=3 update -qq && \
	apt-get -o Acquire::Retries=3 install -qq -y --no-install-recommends chromium fonts-noto-cjk poppler-utils >/dev/null
