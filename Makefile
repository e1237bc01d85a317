# KOTAKU Banjar: `make run` starts the site, `make test` tests it. `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000
# Test processes side by side; auto: one per processor, at most four.
WORKERS ?= auto
# More arguments for every pytest run: make test ARGS="-k figure"
ARGS ?=

VENV_PYTHON := .venv/bin/python
PIP_INSTALL := $(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check
PYTEST := $(VENV_PYTHON) -m pytest --quiet --numprocesses=$(WORKERS) --maxprocesses=4 --dist=worksteal
# Tests that overrun, kill and cut off real servers run here, not in a plain `pytest`.
WITH_FAULTS := -m "not browser"
# A browser test examines up to 30 pages: a minute on a quiet machine, several on a busy one.
LONG := -o faulthandler_timeout=600
# The third reader of calendar files. Without npm its test is left out, in CI it fails.
ICAL_JS := .venv/npm/node_modules/ical.js/package.json
RUFF := $(VENV_PYTHON) -m ruff

# Where this variable is set, each of the many processes that tests start would compile Django anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test deep mutants lint fix bench check-python check-port
.NOTPARALLEL:
.DEFAULT_GOAL := help

help:
	@echo "make run    start the site on http://127.0.0.1:$(PORT) with sample data (PORT=8001 changes it)"
	@echo "make test   run all tests: on SQLite, on PostgreSQL, with faults, in Chromium"
	@echo "make deep   prove longer than the tests do, hours long: state machines and the naive recomputation"
	@echo "make mutants see whether the tests notice 200 faults put in by hand and 400 generated ones (MUTANTS=\"--only areas\")"
	@echo "make lint   check style, formatting and missing migrations"
	@echo "make bench  measure the real server's speed and memory, ten minutes long (BENCH=\"--sizes kota\" shortens it)"
	@echo "make fix    repair what ruff can repair"

run: check-python check-port .venv/.run-stamp
	@test -e .env || cp .env.example .env
	@$(VENV_PYTHON) manage.py migrate --verbosity 0
	@$(VENV_PYTHON) manage.py load_reference
	@$(VENV_PYTHON) manage.py load_sample
	@echo "KOTAKU Banjar: http://127.0.0.1:$(PORT)/ (Ctrl-C stops it)"
	@DJANGO_RUNSERVER_HIDE_WARNING=true exec $(VENV_PYTHON) manage.py runserver 127.0.0.1:$(PORT)

# All three runs, also when one of them fails.
test: check-python .venv/.test-stamp $(ICAL_JS)
	@status=0; \
	echo "Tests on SQLite"; $(PYTEST) $(WITH_FAULTS) --database=sqlite $(ARGS) || status=1; \
	echo "Tests on PostgreSQL"; $(PYTEST) $(WITH_FAULTS) --database=postgresql $(ARGS) || status=1; \
	echo "Tests in Chromium"; $(PYTEST) -m browser $(LONG) $(ARGS) tests/browser || status=1; \
	exit $$status

# Apart from the tests: the same proofs with many more examples (tests/deep.py). EXAMPLES=50 shortens them.
DEEP_PROOFS := $(wildcard tests/machines tests/oracle)
deep: check-python .venv/.test-stamp
	@status=0; export DEEP=1; \
	echo "Long proofs on SQLite"; $(PYTEST) --database=sqlite $(ARGS) $(DEEP_PROOFS) || status=1; \
	echo "Long proofs and every case of every test on PostgreSQL"; \
	$(PYTEST) $(WITH_FAULTS) $(LONG) --database=postgresql $(ARGS) || status=1; \
	exit $$status

# Apart from the tests: it takes an hour or more. The table goes to mutants.txt too.
mutants: check-python .venv/.test-stamp
	@$(VENV_PYTHON) -m tests.mutants.run $(MUTANTS)

# The migration check gets settings of its own, so that a fresh clone needs no .env.
lint: check-python .venv/.test-stamp
	@$(RUFF) check --quiet .
	@$(RUFF) format --quiet --check . || { echo "The files above are not formatted; run: make fix"; exit 1; }
	@KOTAKU_ENV_FILE= DEBUG=on DATABASE_URL=sqlite:///:memory: \
		$(VENV_PYTHON) manage.py makemigrations --check --dry-run

# Apart from the tests: what it says depends on the machine. The table goes to bench.txt too.
bench: check-python .venv/.test-stamp
	@$(VENV_PYTHON) -m tests.bench.run $(BENCH)

fix: check-python .venv/.test-stamp
	@$(RUFF) check --fix --quiet .
	@$(RUFF) format --quiet .

check-python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "KOTAKU Banjar needs Python 3.11 or newer, which $(PYTHON) is not; name another one: make PYTHON=python3.12"; \
		exit 1; }

define PORT_CHECK
import socket, sys
try:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", int(sys.argv[1])))
except (OSError, OverflowError, ValueError) as error:
    sys.exit(f"Port {sys.argv[1]} cannot be used ({getattr(error, 'strerror', None) or error}); choose another one: make run PORT=8001")
endef
export PORT_CHECK

check-port:
	@$(PYTHON) -c "$$PORT_CHECK" "$(PORT)"

CAN_MAKE_VENV := $(PYTHON) -c 'import venv; from ensurepip import bootstrap' 2>/dev/null

# Debian keeps what `python3 -m venv` needs in a package of its own, which may be missing.
$(VENV_PYTHON):
	@echo "Creating the virtual environment .venv"
	@package=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	module=venv; \
	if $(CAN_MAKE_VENV); then :; \
	elif $(PYTHON) -c 'import virtualenv' 2>/dev/null; then module="virtualenv --quiet"; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing $$package"; \
		export DEBIAN_FRONTEND=noninteractive; \
		{ apt-get update -qq && apt-get install -qq --no-install-recommends "$$package"; } >/dev/null; \
	fi; \
	if [ "$$module" = venv ] && ! $(CAN_MAKE_VENV); then \
		echo "Python cannot make virtual environments yet; run this and try again: sudo apt-get install $$package"; \
		exit 1; \
	fi; \
	$(PYTHON) -m $$module --clear .venv || { rm -rf .venv; exit 1; }

.venv/.run-stamp: kotaku/deploy/requirements.txt | $(VENV_PYTHON)
	@echo "Installing what the site needs"
	@$(PIP_INSTALL) --requirement kotaku/deploy/requirements.txt
	@touch $@

.venv/.test-stamp: requirements.txt | $(VENV_PYTHON)
	@echo "Installing what the site and its tests need"
	@$(PIP_INSTALL) --requirement requirements.txt
	@touch $@

$(ICAL_JS): tests/browser/package.json | $(VENV_PYTHON)
	@echo "Installing what the browser tests need"
	@mkdir -p .venv/npm && cp $< .venv/npm/package.json
	@npm install --prefix .venv/npm --silent --no-audit --no-fund --ignore-scripts && touch $@ || \
		echo "npm cannot install it, so ical.js reads no calendar (Debian: apt install npm)"
