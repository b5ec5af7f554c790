# Two commands do everything: `make` builds the site with the cards in it, `make test` runs every
# test. Both set up what they need in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: handbook build serve cards check links lint workflows test test-fast test-matrix dist bench pictures reference messages lock lock-of-indexes lock-of-learning clean

build: $(READY)
	@$(BIN)/linkindex build

serve: $(READY)
	@$(BIN)/linkindex serve

cards: $(READY)
	@$(BIN)/linkindex cards

check: $(READY)
	@$(BIN)/linkindex check $(CHECK)

links: $(READY)
	@$(BIN)/linkindex links

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Whether what runs on GitHub may do more than it must. It asks nobody.
workflows: $(READY)
	$(BIN)/zizmor --offline --strict-collection .github/workflows

# Tests of one file stay together, so that what they share is made once, and the longest files come
# first (tests/conftest.py). They start Python many times, so what it compiles is kept, also where
# the environment says otherwise.
SHARED_OUT := -n auto --dist loadfile --no-loadscope-reorder
test test-fast: export PYTHONDONTWRITEBYTECODE =

test: $(READY)
	@tests/support/find-chromium
	@tests/support/find-servers
	$(BIN)/pytest $(SHARED_OUT)

# While working: without a browser, whole sites, large decks and thousands of pages.
test-fast: $(READY)
	$(BIN)/pytest $(SHARED_OUT) -m "not slow"

# What takes long and seldom breaks: the lowest and the newest versions of everything that the program
# claims to run with. It fetches them.
test-matrix: $(READY)
	$(BIN)/pytest tests/matrix/*_versions.py

# What is published, with the same bytes for the same commit; TAG=v0.1.0 makes sure that it is that.
dist: $(READY)
	@$(BIN)/python -m tests.support.release --tag "$(TAG)"

bench: $(READY)
	@tests/support/find-chromium
	@for part in catalogue importing cards site languages pages links search danger; do \
		$(BIN)/python -m tests.bench.$$part || exit 1; done

# The pictures of the README.
pictures: build
	@tests/support/find-chromium
	@$(BIN)/python -m tests.support.take_pictures

# The reference in handbook/, from the models and the commands themselves.
reference: $(READY)
	@$(BIN)/python -m tests.support.write_reference

# The catalogues of what is said to readers, from the program itself (docs-dev/translating.md).
messages: $(READY)
	@$(BIN)/python -m linkindex.speaking

# The handbook as a site of its own, in build/handbook.
handbook: $(READY)
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --config-file docs-dev/handbook/mkdocs.yml
	@echo "Made build/handbook/: open build/handbook/index.html"

# Pins the newest versions that pyproject.toml allows, for every platform, with hashes.
lock: $(READY)
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate \
		--no-header --upgrade --extra dev pyproject.toml --output-file requirements.lock
	@$(MAKE) --no-print-directory lock-of-indexes lock-of-learning

# The packages that the program itself needs, as they are tested: the lock of every new index.
lock-of-indexes: $(READY)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		--no-header --constraints requirements.lock pyproject.toml \
		--output-file tools/linkindex/starting/requirements.txt

# What learns the weights of danger: neither tests nor the program need it.
lock-of-learning: $(READY)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		--no-header --constraints requirements.lock --group pyproject.toml:learning \
		--output-file tests/bench/learning.lock

clean:
	rm -rf $(VENV) site cards build dist

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "LinkIndex needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "Python cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(BIN)/python tests/support/set_up.py
	@touch $(READY)
