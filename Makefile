# Every command makes what it needs: a fresh clone needs only git, GNU make 3.82 and Python 3.11, or newer ones.

# BSD make says what is needed: for it alone there is a .PARSEDIR.
include $(.PARSEDIR:%=%/.ci/bsd.mk)
ifeq ($(filter undefine,$(.FEATURES)),)
$(error GNU make 3.82 or newer is needed, and this is $(MAKE_VERSION): install it (brew install make), and say gmake)
endif

# The first Python that runs and is new enough; say PYTHON=… for another one.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
# Set up for this place and these dependencies: a checkout that was moved or copied, or whose pyproject.toml has other
# words in it, is set up anew.
READY := $(VENV)/.ready-$(shell (pwd && cat pyproject.toml) | cksum | cut -d ' ' -f 1)
# What would have pip or Python look elsewhere.
unexport PIP_USER PIP_TARGET PIP_PREFIX PYTHONHOME PYTHONPATH
# Without bytecode each worker rewrites all tests anew, and each program that a test starts compiles the SDK.
unexport PYTHONDONTWRITEBYTECODE
# Where our own Python lies; generated/ is formatted by codegen.
CODE := mate runtime codegen tests examples benchmarks

# By these alone every branch is tested of what .ci/core.coveragerc names.
CORE_TESTS := $(addprefix tests/,mate/test_backoff.py mate/rest/test_retry.py mate/rest/test_flow.py mate/tasks/protocol \
	mate/test_plan.py mate/compat/test_plans.py generated/test_events.py runtime/test_codec.py runtime/test_reading.py)

# Measured on the default Python; CI leaves it out on the others (COVERAGE=), where it would tell the same.
COVERAGE ?= yes
MEASURED = $(if $(ARGS),,$(COVERAGE))
WORKERS ?= 3

.DEFAULT_GOAL := help
.PHONY: help setup demo test coverage check format lint types generate check-generated schema-diff check-changes scaffold \
	simulate mutants lowest audit lock locked attack fuzz large pictures bench clean

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY)  ## make .venv with everything in it (the other commands do it by themselves)

$(READY):
	@"$(strip $(PYTHON))" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Python 3.11 or newer is needed, and '$(strip $(PYTHON))' is none. Say PYTHON=/path/to/python." >&2; exit 1; }
	@echo "Setting up $(VENV) (a minute or two, once; seconds with uv)"
	@"$(strip $(PYTHON))" .ci/set_up.py $(VENV) $@

demo: $(READY)  ## run a real task, live, against the embedded emulator
	@$(BIN)/python -m wyseos.mate.cli demo

test: $(READY)  ## run all tests
	@$(BIN)/python -m pytest -q -n $(WORKERS) $(if $(MEASURED),$(addprefix --ignore=,$(CORE_TESTS))) $(ARGS)
	$(if $(MEASURED),@$(BIN)/python -m pytest -q -n $(WORKERS) --cov --cov-config=.ci/core.coveragerc $(CORE_TESTS))

coverage: $(READY)  ## run all tests, and tell what no test of this process reaches
	@$(BIN)/python -m pytest -q -n $(WORKERS) --cov --cov-report=term-missing $(ARGS)

check: format lint types check-generated check-changes test  ## everything that must pass

format: $(READY)  ## check the formatting (make format FIX=1 mends it)
	@$(BIN)/python -m ruff format $(if $(FIX),,--check) $(CODE)

lint: $(READY)  ## check the code with ruff and bandit, and both schemas with their validators
	@$(BIN)/python -m ruff check $(if $(FIX),--fix) $(CODE)
	@$(BIN)/python -m bandit -q -c pyproject.toml -r mate runtime generated codegen
	@$(BIN)/python -m codegen lint

types: $(READY)  ## check the types, strictly
	@$(BIN)/python -m mypy

generate: $(READY)  ## write generated/ and docs/reference.md anew from schema/
	@$(BIN)/python -m codegen generate

check-generated: $(READY)  ## compare generated/ and docs/reference.md with what schema/ gives, byte for byte
	@$(BIN)/python -m codegen check

# BASE=revision (else what was last released), FORMAT=text|markdown|json, RENAMED='Old.name=Old.other'
schema-diff: $(READY)  ## tell what the schema's changes mean for users
	@$(BIN)/python -m codegen changes $(if $(BASE),--base '$(BASE)') $(if $(FORMAT),--format $(FORMAT)) \
		$(foreach each,$(RENAMED),--renamed '$(each)')

check-changes: $(READY)  ## hold the schema's breaking changes against the changelog
	@$(BIN)/python -m codegen changes --check

# OPERATION=operationId or MESSAGE=Name; NAME=method, WRITE=1 puts the drafts into the files
scaffold: $(READY)  ## list and draft what a new operation or message needs by hand
	@$(BIN)/python -m codegen scaffold $(if $(OPERATION),--operation $(OPERATION)) $(if $(MESSAGE),--message $(MESSAGE)) \
		$(if $(NAME),--name $(NAME)) $(if $(WRITE),--write)

SESSIONS ?= 20000
SEED ?= 0
simulate: $(READY)  ## play tasks in virtual time, from one seed: make simulate SESSIONS=1000000 SEED=0
	@$(BIN)/python -m tests.simulation --sessions $(SESSIONS) --seed $(SEED)

mutants: $(READY)  ## change the core, and tell what no test notices: make mutants, make mutants ROWS='session retry'
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --group mutants
	@$(BIN)/python -m tests.mutants $(if $(AGAIN),--again) $(ROWS)

# What needs no generator, linter or type checker: those ask for newer versions themselves.
RUNTIME := tests/mate tests/runtime tests/security $(addprefix --ignore=tests/,mate/emulator/test_conformance.py \
	mate/emulator/scenario/test_steps.py mate/emulator/schemas/test_checking.py security/test_row_17_schema_is_data.py)
LOWEST := .venv-lowest
lowest: $(READY)  ## run the tests with the lowest versions of all dependencies that the package allows
	@$(BIN)/python -m tests.support.lowest > $(VENV)/lowest.txt
	@test -x $(LOWEST)/bin/python || "$(strip $(PYTHON))" -m venv $(LOWEST)
	@$(LOWEST)/bin/python -m pip install -qq --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(LOWEST)/bin/python -m pip install -qq --disable-pip-version-check --editable '.[all]' --group tests -c $(VENV)/lowest.txt
	@$(LOWEST)/bin/python -m pytest -q -n 2 $(or $(ARGS),$(RUNTIME))

audit: $(READY)  ## look what is installed up in the list of known holes
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --group audit
	@$(BIN)/python -m pip_audit --skip-editable

pictures: $(READY)  ## draw the pictures of the docs anew, from the real program (needs a chromium)
	@$(BIN)/python -m tests.support.pictures

# An environment of its own, and in it one for the SDKs that it is compared with: what those need is not ours.
BENCH := .venv-bench
bench:  ## measure beside bare libraries and other SDKs: make bench, make bench ROWS='GET,client' QUICK=1
	@for place in $(BENCH) $(BENCH)/others; do \
		test -x $$place/bin/python || "$(strip $(PYTHON))" -m venv $$place || exit 1; \
		$$place/bin/python -m pip install -qq --disable-pip-version-check --upgrade 'pip>=25.1' || exit 1; done
	@$(BENCH)/bin/python -m pip install -qq --disable-pip-version-check --editable '.[all]' --group bench
	@$(BENCH)/others/bin/python -m pip install -qq --disable-pip-version-check --group others
	@$(BENCH)/bin/python -m benchmarks $(if $(QUICK),--quick) $(if $(ROWS),--rows '$(ROWS)')

lock: $(READY)  ## write requirements-dev.lock anew: what development installs, exactly, with hashes, for all systems
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --group lock
	@$(BIN)/python -m uv pip compile -q pyproject.toml --all-extras --group dev --group audit --group mutants --group lock --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
		--upgrade -o requirements-dev.lock

LOCKED := .venv-locked
locked: $(READY)  ## run the tests with exactly what requirements-dev.lock names, each file held against its hash
	@test -x $(LOCKED)/bin/python || $(PYTHON) -m venv $(LOCKED)
	@$(LOCKED)/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(LOCKED)/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(LOCKED)/bin/python -m pytest -q -n 2 $(ARGS)

attack: $(READY)  ## run the exploits, and print by row of the security table what was tried and what held
	@$(BIN)/python -m tests.attack -n 2 $(ARGS)

SECONDS ?= 30
fuzz: $(READY)  ## fuzz decoder, settings, cassettes, dates and secrets: make fuzz SECONDS=600 (atheris, if installed, leads)
	@$(BIN)/python -m tests.fuzz --seconds $(SECONDS) $(ARGS)

OPERATIONS ?= 500
large: $(READY)  ## generate from a document of OPERATIONS=500 operations, in bounded time and memory
	@WYSE_TESTS_OPERATIONS=$(OPERATIONS) $(BIN)/python -m pytest -q tests/codegen/importing/test_program.py -k large

clean:  ## remove .venv and caches
	rm -rf $(VENV) $(LOWEST) $(LOCKED) $(BENCH) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
