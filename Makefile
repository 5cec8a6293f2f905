# What people and CI call; everything runs in .venv/, everything a run makes lies under var/.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
PYTEST_ARGS ?=
CATALOGUES := $(wildcard portal/locale*/*/LC_MESSAGES/*.po)

export PORT

.PHONY: help bench build demo test test-postgres lint screenshots format messages serve lock audit

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# The environment follows the lock; a changed lock is installed on the next run.
.venv/base: requirements/base.txt
	@$(PYTHON) -m venv .venv || { echo "Python's venv is missing: apt-get install python3-venv"; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

.venv/dev: requirements/dev.txt .venv/base
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $<
	@touch $@

# Compiled catalogues are made, not kept.
%.mo: %.po .venv/base
	@$(BIN)/python -m portal.catalogues compile $< $@

build: .venv/base $(CATALOGUES:.po=.mo) ## the environment and the catalogues, for a first start or an upgrade

demo: .venv/base $(CATALOGUES:.po=.mo) ## the whole portal with demo content on 127.0.0.1:$PORT
	@DEMO=1 $(BIN)/python manage.py demo

serve: .venv/base $(CATALOGUES:.po=.mo) ## production mode, from environment variables alone
	@$(BIN)/python manage.py check --deploy
	@$(BIN)/python manage.py migrate --check --verbosity 0 || { echo "The database is not migrated: run $(BIN)/python manage.py migrate"; exit 1; }
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@$(BIN)/python manage.py error_pages var/errors
	@echo "The portal listens on $${BIND:-127.0.0.1:8000}; readers find it at $$SITE_URL"
	@exec $(BIN)/gunicorn portal.wsgi --config portal/gunicorn.py

test: .venv/dev $(CATALOGUES:.po=.mo) ## the whole suite on SQLite
	@env -u DATABASE_URL -u REDIS_URL $(BIN)/python -m pytest -n 2 $(PYTEST_ARGS)

test-postgres: export DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/postgres
test-postgres: export REDIS_URL ?= redis://127.0.0.1:6379/0
test-postgres: .venv/dev $(CATALOGUES:.po=.mo) ## the whole suite on PostgreSQL and Redis
	@$(BIN)/python -m pytest -n 2 $(PYTEST_ARGS)

lint: export DEMO = 1
lint: .venv/dev $(CATALOGUES:.po=.mo) ## format, lint, types, import contracts, migrations, translations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python -m portal.migration_lint
	@$(BIN)/python -m portal.catalogues check

screenshots: .venv/dev ## pictures of every page of a running demo, into var/screenshots/
	@$(BIN)/python -m tests.screenshots http://127.0.0.1:$(PORT)

# SIZES=2000,100000,1000000 loads and measures everything; the databases stay under var/bench/.
bench: export SIZES ?= 2000
bench: .venv/dev $(CATALOGUES:.po=.mo) ## speed of every page, beside an empty view and nginx; SIZES=2000,100000,1000000
	@$(BIN)/python -m bench run --sizes $(SIZES)

format: .venv/dev ## bring the code into shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

messages: export DEMO = 1
messages: .venv/dev ## gather the strings of code and templates into the catalogues
	@$(BIN)/python -m portal.catalogues gather

audit: .venv/base ## the lock against the public vulnerability database; needs the internet
	@$(PYTHON) .ci/audit.py

lock: .venv/dev ## exact versions and hashes from pyproject.toml
	@$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml -o requirements/base.txt
	@$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 --extra dev -c requirements/base.txt pyproject.toml -o requirements/dev.txt
