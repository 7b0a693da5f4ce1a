# The only verbs: setup, demo, run, test, check, prove, bench.
# Each sets up .venv first (skipped when nothing changed) and needs nothing but python3 and make.

PORT ?= 8000
DB ?= sqlite postgresql
WORKERS ?= 2

PYTHON3 := $(firstword $(shell command -v python3 python))
BIN := .venv/bin
export EARNEST_HOME := $(CURDIR)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup dev demo run test check prove bench

help:
	@echo "make demo [PORT=8000]   set up, and try Earnest on an example: prints a sign-in link"
	@echo "make run  [PORT=8000]   serve your own data"
	@echo "make test [DB=sqlite]   the tests, on SQLite and PostgreSQL, then in the browser"
	@echo "make check              linters and types"
	@echo "make prove              the slow proofs"
	@echo "make bench              the benchmarks, into docs/performance.md"
	@echo "make setup              the set-up alone, into .venv"

setup:
	@$(PYTHON3) requirements/install.py base

dev:
	@$(PYTHON3) requirements/install.py dev

demo: setup
	@exec $(BIN)/earnest demo --port $(PORT) --data-dir .earnest/demo

run: setup
	@exec $(BIN)/earnest serve --port $(PORT)

test: dev
	@$(BIN)/python -m tests.run --workers $(WORKERS) $(DB) browser

check: dev
	@$(BIN)/python -m tests.run check

prove: dev
	@$(BIN)/python -m tests.run prove

bench: dev
	@$(BIN)/python -m benchmarks
