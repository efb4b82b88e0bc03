# Finance Kit needs make, Python 3.11 or newer and pip; nothing else is fetched by hand.
#
#   make run     the pages in a browser, on this machine
#   make demo    the main job on a sample plan: figures in the terminal, the lender's Word plan in out/
#   make test    the whole suite: ruff, mypy --strict, pytest
#   make help    everything else

ifndef PYTHON
PYTHON := $(shell for name in python3.11 python3.12 python3.13 python3 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$name"; break; }; done)
endif
VENV ?= .venv
SAMPLE ?= sample_plans/kh-pepper-drying.yaml
OUT ?= out
PYTEST_ARGS ?=
# Test files are spread over the cores; WORKERS=0 runs them one after another in one process.
WORKERS ?= auto
SERVE_ARGS ?=
UV_VERSION := 0.13.9

VENV_PYTHON := $(VENV)/bin/python
PIP := $(VENV_PYTHON) -m pip --disable-pip-version-check install --quiet
WORD_PLAN := $(OUT)/$(basename $(notdir $(SAMPLE))).docx

.DELETE_ON_ERROR:
.PHONY: help run demo setup messages test lint types unit test-durability bench lock lowest clean

help:
	@echo "make run [SERVE_ARGS=--shared] the pages in a browser; stop with Ctrl-C"
	@echo "make demo [SAMPLE=plan.yaml]   figures of a sample plan, and its Word plan in $(OUT)/"
	@echo "make test                      ruff, mypy --strict, pytest (PYTEST_ARGS='-k loans' narrows pytest)"
	@echo "make setup                     the development environment in $(VENV)/"
	@echo "make messages                  collect the texts of pages and core into the translators' catalogs"
	@echo "make test-durability           killed servers, power cuts, full disks, many times; one test mounts a disk (root)"
	@echo "make bench                     speed, as ratios measured in one run"
	@echo "make lowest                    the suite with the oldest versions that pyproject.toml allows"
	@echo "make lock                      choose the newest versions again and write the locks"
	@echo "make clean                     remove what was built; PYTHON=python3.13 VENV=.venv-3.13 use another Python"

# Stamps lie inside the environment: whoever removes it removes them too.

$(VENV)/.created:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found. Install it, or name it: make PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is not Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) cannot make environments. On Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock $(VENV)/.created
	@echo "Installing the libraries of requirements.lock"
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.package: pyproject.toml $(VENV)/.runtime
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: requirements-dev.lock $(VENV)/.package
	@echo "Installing the tools of requirements-dev.lock"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.development

run: $(VENV)/.package
	$(VENV)/bin/finance-kit serve $(SERVE_ARGS)

demo: $(VENV)/.package
	@mkdir -p $(OUT)
	@rm -f $(WORD_PLAN)
	$(VENV)/bin/finance-kit run $(SAMPLE)
	$(VENV)/bin/finance-kit export docx $(SAMPLE) --output $(WORD_PLAN)
	@echo "The plan for the lender: $(WORD_PLAN)"

test: lint types unit

lint: setup
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m ruff format --check .

types: setup
	$(VENV_PYTHON) -m mypy

unit: setup
	$(VENV_PYTHON) -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

messages: setup
	$(VENV_PYTHON) -m web.messages

# The long forms of what `make test` tries a few times; about an hour on two cores.
test-durability: setup
	FINANCE_KIT_DURABILITY=long $(VENV_PYTHON) -m pytest --timeout=7200 tests/store/durability $(PYTEST_ARGS)

bench: setup
	$(VENV_PYTHON) -m benchmarks.run
	$(VENV_PYTHON) -m benchmarks.load

# The same suite on the lower bounds. Lint and types are the business of the newest versions.
lowest: VENV := .venv-lowest
lowest:
	@$(MAKE) --no-print-directory VENV=$(VENV) $(VENV)/.lowest
	$(VENV)/bin/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

$(VENV)/.lowest: requirements-lowest.txt pyproject.toml $(VENV)/.created
	@echo "Installing the versions of requirements-lowest.txt"
	@$(PIP) --require-hashes -r requirements-lowest.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# For every platform and Python at once, with hashes, without addresses. --no-config: no settings of this machine.
UV_COMPILE = env -u UV_INDEX -u UV_DEFAULT_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS \
	.venv-lock/bin/uv pip compile pyproject.toml --quiet --upgrade --no-config --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

lock: .venv-lock/.$(UV_VERSION)
	$(UV_COMPILE) --group build --output-file requirements.lock
	$(UV_COMPILE) --group build --extra dev --constraints requirements.lock --output-file requirements-dev.lock
	$(UV_COMPILE) --extra dev --resolution lowest-direct --output-file requirements-lowest.txt

.venv-lock/.$(UV_VERSION):
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip --disable-pip-version-check install --quiet uv==$(UV_VERSION)
	@touch $@

clean:
	rm -rf .venv .venv-lowest .venv-lock build dist $(OUT) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
