# Two commands: `make demo` and `make test`. Each does its own set-up.
.DEFAULT_GOAL := help
SHELL := /bin/bash
RUN := .venv/bin

.PHONY: help setup check fix test bench docs demo

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

setup: ## Virtual environment with the locked packages
	@scripts/setup

demo: setup ## Everything at once, in the foreground; FRESH=1 starts over, PORT= and DEMO_SIZE= as you like
	@scripts/assets
	@$(RUN)/lantern demo

test: setup ## The default tests
	@scripts/assets
	@scripts/browser
	@scripts/spark
	@scripts/polars
	@$(RUN)/pytest -n 2

check: setup ## Lint, types, direction of imports, drift; never writes
	@scripts/check

fix: setup ## Format, and mend what the linter can mend
	@$(RUN)/ruff check --fix --quiet .
	@$(RUN)/ruff format --quiet .

docs: setup ## Write docs/generated again
	@$(RUN)/python docs/generate.py

bench: setup ## Measure speed
	@scripts/assets
	@scripts/polars
	@$(RUN)/lantern bench
