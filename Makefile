# Everything a person does with this checkout. `make` alone lists it.
# Set on the command line: PYTHON (any Python 3.11 or newer), PORT, BACKLIGHT_DATABASE (the data folder),
# BACKLIGHT_BROWSER (a Chromium for the browser tests, or `none` to leave them out), BACKLIGHT_POSTGRESQL (the folder of
# PostgreSQL's programs for the store's tests, or `none`), ARGS (for demo, test and the benches).

SHELL := /bin/sh
.DEFAULT_GOAL := help
# Targets share one virtual environment; `make check test` runs in that order even under -j.
.NOTPARALLEL:

VENV := .venv
RIVALS := .venv-forecast-bench
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
PYTHON ?=
PORT ?= 8501
ARGS ?=

.PHONY: help run demo test check format bench forecast-bench docs lock clean

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

run: $(VENV)/.runtime ## Set up, load the simulated desk if there is no data yet, start the dashboard
	@ls "$${BACKLIGHT_DATABASE:-data/warehouse}"/*.duckdb >/dev/null 2>&1 || $(PY) -m analytics demo
	$(PY) -m streamlit run dashboard.py --server.port $(PORT)

demo: $(VENV)/.runtime ## Load the simulated desk (ARGS="--tickets 20000 --seed 7")
	$(PY) -m analytics demo $(ARGS)

test: $(VENV)/.dev ## Set up, find or install a browser and PostgreSQL, run every test (ARGS="-k sla")
	@browser="$$($(PY) -m tests.chromium)" && postgresql="$$($(PY) -m tests.postgresql)" && \
	BACKLIGHT_BROWSER="$$browser" BACKLIGHT_POSTGRESQL="$$postgresql" $(PY) -m pytest $(ARGS)

check: $(VENV)/.dev ## Formatting, lint, types, and generated docs up to date
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) docs/generate.py --check

format: $(VENV)/.dev ## Format the code and mend what ruff can mend
	$(PY) -m ruff check --fix-only .
	$(PY) -m ruff format .

bench: $(VENV)/.dev ## Measure speed against the targets
	$(PY) -m tests.bench $(ARGS)

forecast-bench: $(VENV)/.dev $(RIVALS)/.made ## Measure forecasts against rivals (ARGS="--quick")
	$(PY) -m tests.forecast_bench --rivals $(RIVALS)/bin/python $(ARGS)

docs: $(VENV)/.dev ## Write the generated documentation again
	$(PY) docs/generate.py

UV_COMPILE = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--no-config --system-certs --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock: $(VENV)/.made ## Write requirements*.txt from pyproject.toml (ARGS="--upgrade" for newer versions; needs the network)
	$(PIP) install --quiet "uv>=0.13,<1"
	$(UV_COMPILE) pyproject.toml $(ARGS) --output-file requirements.txt
	$(UV_COMPILE) pyproject.toml $(ARGS) --extra dev --constraint requirements.txt --output-file requirements-dev.txt
	$(UV_COMPILE) --group forecast-bench $(ARGS) --output-file requirements-forecast-bench.txt

clean: ## Remove the virtual environment, caches and test output; data stays
	rm -rf $(VENV) $(RIVALS) .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/artifacts bench-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The virtual environment. Each stamp is newer than what it was made from, so a second run does nothing here.

$(VENV)/.made:
	@for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python3.14 python); do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	  echo "Setting up $(VENV) with $$("$$python" --version)"; \
	  "$$python" -m venv --clear $(VENV) && touch $@ && exit 0; \
	  echo "$$python cannot make a virtual environment: install its venv module (Debian: python3-venv) and run make again." >&2; \
	  exit 1; \
	done; \
	echo "Backlight needs Python 3.11 or newer: install one, or name it with 'make PYTHON=/path/to/python3'." >&2; exit 1

$(VENV)/.runtime: requirements.txt $(VENV)/.made
	@echo 'Installing requirements.txt (about a minute the first time)'
	@$(PIP) install --quiet -r requirements.txt
	@touch $@

# The development lock holds everything of the other one, so both are then current.
$(VENV)/.dev: requirements-dev.txt requirements.txt $(VENV)/.made
	@echo 'Installing requirements-dev.txt (about a minute the first time)'
	@$(PIP) install --quiet -r requirements-dev.txt
	@touch $(VENV)/.runtime $@

$(RIVALS)/.made: requirements-forecast-bench.txt $(VENV)/.made
	@echo 'Installing requirements-forecast-bench.txt in $(RIVALS)'
	@$(PY) -m venv --clear $(RIVALS)
	@$(RIVALS)/bin/python -m pip --disable-pip-version-check install --quiet -r requirements-forecast-bench.txt
	@touch $@
