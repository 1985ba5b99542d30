# Two commands do it: `make demo` and `make test`. The rest is for those who build.
PYTHON ?= python3
BIN = .venv/bin
# For commands of Django's that read the models and ask no database.
NO_DATABASE = postgresql://app:app@127.0.0.1:1/portal
.DEFAULT_GOAL := help

.PHONY: help demo demo-reset test whole fuzz kill mutate check bench theme theme-new theme-check theme-watch theme-pack theme-unpack css lock translations screenshots prod-check

help:
	@echo "make demo         bring up the whole product on http://localhost:8000 (DEMO_PORT moves it)"
	@echo "make demo-reset   forget the demo's state; the next 'make demo' starts fresh"
	@echo "make test         run all tests"
	@echo "make whole        every page and component with axe in all themes, light and dark, widths and directions (half an hour)"
	@echo "make fuzz         the long runs of sharing's proofs: 10,000 hostile calls, all races, a million steps (FUZZ_STEPS)"
	@echo "make kill         kill web process, worker and PostgreSQL at 100 random moments (POINTS) and compare"
	@echo "make mutate       how many faults put into the sharing core its tests find (MUTATE_ONLY, MUTATE_EVERY, MUTATE_JOBS)"
	@echo "make check        ruff, mypy, import-linter, djlint, translations, migrations"
	@echo "make theme        compile the themes after a change (NAME=zandmeer for one)"
	@echo "make theme-new    begin a theme of your own (NAME=voorbeeldstad)"
	@echo "make theme-check  say in plain words what is wrong with a theme, and write nothing (NAME=, or DIR= for a folder)"
	@echo "make theme-watch  see every component and page of all themes, anew at each save (PORT=8090)"
	@echo "make theme-pack   put a theme into a zip to hand over (NAME=); make theme-unpack ZIP= takes one in (REPLACE=yes)"
	@echo "make css          fetch the sources of the base style from npm and bundle them anew"
	@echo "make translations gather the texts of pages and forms for locale/, and compile them"
	@echo "make screenshots  make the README's pictures over a running demo"
	@echo "make bench        print times beside their limits"
	@echo "make prod-check   the production settings behind nginx, over TLS, on this machine"

# Made again only when the locked requirements change.
.venv/.demo: requirements/demo.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed. Name one: make $@ PYTHON=python3.12"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { echo "Making the virtual environment …"; $(PYTHON) -m venv .venv || { echo "Python could not make a virtual environment. On Debian or Ubuntu: apt install python3-venv"; exit 1; }; }
	@echo "Installing the locked packages …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/demo.txt || { echo "pip could not install the locked packages. It needs a package registry: check the network, then try again."; exit 1; }
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
	@exec $(BIN)/python -m pytest -n 2 $(ARGS)

# What `make test` shows in a few themes and widths, in all of them.
whole: .venv/.develop
	@WHOLE=1 exec $(BIN)/python -m pytest -n 2 $(or $(ARGS),tests/themes/test_accessible.py tests/e2e)

# What `make test` shows in part, in full. The last takes hours; each of its lines says how far it is.
fuzz: .venv/.develop
	@FUZZ=1 exec $(BIN)/python -m pytest -q -s $(or $(ARGS),tests/fuzz tests/sharing/test_races.py tests/sharing/test_any_order.py)
	@API_EXAMPLES=1000 $(BIN)/python -m pytest -q -n 1 tests/api/test_contract.py

kill: .venv/.develop
	@exec $(BIN)/python -m tests.sharing.killing --points $(or $(POINTS),100)

mutate: .venv/.develop requirements/mutate.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/mutate.txt
	@exec $(BIN)/python -m tests.mutation

check: .venv/.develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet cms portal themes
	$(BIN)/djlint --lint --quiet --ignore H006,H021,H030,H031,H052,T002,D018 demo  # no Django there, so no {% url %}
	$(BIN)/python -m tests.translations
	DATABASE_URL=$(NO_DATABASE) DJANGO_SETTINGS_MODULE=portal.settings.test $(BIN)/python -W ignore manage.py makemigrations --check --dry-run

theme: .venv/.demo
	@$(BIN)/python -m themes $(if $(NAME),--theme '$(NAME)')

theme-new: .venv/.demo
	@test -n "$(NAME)" || { echo "Say how it is called: make theme-new NAME=voorbeeldstad"; exit 1; }
	@$(BIN)/python -m themes new '$(NAME)'

theme-check: .venv/.demo
	@$(BIN)/python -m themes check $(if $(or $(DIR),$(NAME)),'$(or $(DIR),$(NAME))')

theme-watch: .venv/.demo
	@exec $(BIN)/python -m themes watch $(if $(PORT),--port $(PORT))

theme-pack: .venv/.demo
	@test -n "$(NAME)" || { echo "Say which: make theme-pack NAME=voorbeeldstad"; exit 1; }
	@$(BIN)/python -m themes pack '$(NAME)' --to '$(or $(TO),.)'

theme-unpack: .venv/.demo
	@test -n "$(ZIP)" || { echo "Say which: make theme-unpack ZIP=voorbeeldstad.zip"; exit 1; }
	@$(BIN)/python -m themes unpack '$(ZIP)' $(if $(filter yes,$(REPLACE)),--replace)

# Node only fetches the sources of the base style; nothing of them runs.
css: .venv/.demo
	@command -v npm >/dev/null || test -x $(BIN)/npm || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt
	@PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --ignore-scripts --no-audit --no-fund --silent
	@$(BIN)/python -m themes.bundle

# Needs gettext's programs. What is new stands in locale/en/LC_MESSAGES/django.po, empty, to be filled in; and in those of the
# languages that only the public site speaks, when a visitor can meet it (tests/public_words.py).
translations: .venv/.develop
	@command -v xgettext >/dev/null || { echo "gettext is needed. On Debian or Ubuntu: apt install gettext"; exit 1; }
	@mkdir -p locale
	@DATABASE_URL=$(NO_DATABASE) DJANGO_SETTINGS_MODULE=portal.settings.test $(BIN)/python -W ignore manage.py makemessages --locale en --no-obsolete --add-location file --keep-pot --extension html,txt,py,xml --ignore tests --ignore demo --ignore docs --ignore node_modules
	@msgfmt --check-format -o locale/en/LC_MESSAGES/django.mo locale/en/LC_MESSAGES/django.po
	@$(BIN)/python -m tests.public_words locale/django.pot
	@rm locale/django.pot

screenshots: .venv/.develop
	@$(BIN)/python -m demo.screenshots

prod-check: .venv/.develop
	@exec $(BIN)/python -m demo.prod_check

bench: .venv/.develop
	@$(BIN)/python -m tests.benchmarks

lock: .venv/.develop
	$(BIN)/uv pip compile -q pyproject.toml $(COMPILE) -o requirements/production.txt
	$(BIN)/uv pip compile -q pyproject.toml $(COMPILE) --group demo -o requirements/demo.txt
	$(BIN)/uv pip compile -q pyproject.toml $(COMPILE) --group demo --group test --group check --group lock -o requirements/develop.txt
	$(BIN)/uv pip compile -q $(COMPILE) --group pyproject.toml:mutate -c requirements/develop.txt -o requirements/mutate.txt
	$(BIN)/uv pip compile -q $(COMPILE) --group pyproject.toml:go -o requirements/go.txt
	$(BIN)/uv pip compile -q $(COMPILE) --group pyproject.toml:node -o requirements/node.txt
COMPILE = --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate
