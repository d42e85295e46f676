# The two commands are `make run` and `make test`; the rest are parts of them, or heavier.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEBIAN := /usr/lib/postgresql/15/bin
PAGES := tests/api tests/whole tests/static
FULL := tests/whole/test_every_page_full.py
ON_15 := tests/eventlog tests/people tests/projections tests/erasure/test_erasing.py tests/erasure/test_restoring.py
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help run test check tour bench faults fuzz mutants lint requirements

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: .stamp-run ## everything up to a running demonstration on http://127.0.0.1:8000 (PORT says otherwise)
	@exec $(BIN)/overgang run-demo

test: .stamp-test chromium ## everything that CI runs: lint, types, imports, tests
	@$(MAKE) --no-print-directory check

check: .stamp-test ## the same, without installing the browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@sh tools/quickly.sh $(MAKE) --no-print-directory -j4 --output-sync=target test-whole test-full test-rooms test-api test-on-15

# Four at a time on two processors, because each waits for a browser or a database a third of the time.
# The longest begin first.
.PHONY: test-whole test-full test-rooms test-api test-on-15
test-api:
	$(BIN)/pytest -q tests/api

test-whole:
	$(BIN)/pytest -q --ignore=$(FULL) tests/whole tests/static

test-full: # every page with nobody, one young person and a thousand
	$(BIN)/pytest -q $(FULL)

test-rooms:
	$(BIN)/pytest -q $(addprefix --ignore=,$(PAGES))

test-on-15: # the rooms of the database once more, on Debian's PostgreSQL
	@if [ -x $(DEBIAN)/postgres ]; then OVERGANG_TEST_SERVER=15 OVERGANG_FUZZ_RUNS=10 $(BIN)/pytest -q $(ON_15); \
	else echo "Debian's PostgreSQL 15 is not installed: the tests ran on the embedded 18 only."; fi

tour: .stamp-run ## five minutes through the house with one event, for a new engineer
	@$(BIN)/python tools/tour.py

bench: .stamp-test ## what it costs, beside the physical limit and peers
	$(BIN)/python -m benchmarks

faults: .stamp-test ## kills, cuts, a full disk …: nothing may be lost (N=200 is the full count)
	$(BIN)/python -m faults $(if $(N),--n $(N))

fuzz: .stamp-test ## whatever happens to the log in whatever order, 2,000 lives of 50 steps (N says otherwise)
	OVERGANG_FUZZ_RUNS=$(or $(N),2000) $(BIN)/pytest -q tests/eventlog/test_whatever_happens.py

mutants: .stamp-test ## wrong edits of the shipped rules: the tables of the law must notice 200 of them (N=all tries every one)
	OVERGANG_MUTANTS=$(or $(N),200) $(BIN)/pytest -q -s --timeout=1200 tests/domain/law/test_mutation.py

requirements: ## resolve the newest versions again (needs uv)
	cd requirements && for name in run test; do \
	  uv pip compile --universal --python-version 3.11 --upgrade --generate-hashes --no-header \
	    --quiet $$name.in -o $$name.txt; done

.PHONY: chromium
chromium:
	@sh tools/chromium.sh

.stamp-run: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.stamp-test: requirements/test.txt .stamp-run
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@
