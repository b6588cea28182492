# Needs Python 3.11, git and make, and brings the rest by itself: the first run of a target installs what it wants into
# .venv (and, on Debian and Ubuntu, the system's libraries), later runs find the stamps below and install nothing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
LOCKED := pyproject.toml constraints.txt .ci/install.sh

# More arguments for what a target runs: make test ARGS="-k disclaimer"
ARGS ?=

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

##@ Publishing

.PHONY: pdf html epub newsletter all
pdf: ## Build the PDFs into build/pdf
html: ## Build the web pages into build/html
epub: ## Build the e-books into build/epub
newsletter: ## Build the newsletters into build/newsletters: message, web page, PDF
all: ## Build every format
pdf html epub newsletter all: $(STAMPS)/package $(STAMPS)/libraries
	@$(BIN)/pipeline build $@ $(ARGS)

.PHONY: handouts large-print booklets cards
handouts: ## Build a sheet to hand out of each article into build/handouts
large-print: ## Build PDFs in large print into build/large-print
booklets: ## Build booklets to print on both sides and fold into build/booklets
cards: ## Build cards, four to a sheet, into build/cards
handouts booklets large-print cards: $(STAMPS)/package $(STAMPS)/libraries
	@$(BIN)/pipeline build pdf --layout $(patsubst handouts,handout,$(patsubst booklets,booklet,$@)) $(ARGS)

.PHONY: preview
preview: $(STAMPS)/preview $(STAMPS)/libraries ## Open the editor's desk in a browser
	@$(BIN)/pipeline preview $(ARGS)

.PHONY: check
check: $(STAMPS)/package ## Check the articles; build nothing
	@$(BIN)/pipeline check $(ARGS)

.PHONY: docs
docs: $(STAMPS)/package $(STAMPS)/libraries ## Build the handbook into handbook/build: web pages, PDF, EPUB
	@$(BIN)/python -m docs.reference handbook/content
	@$(BIN)/pipeline --content handbook/content build all --out handbook/build $(ARGS)

##@ Developing

.PHONY: lint
lint: $(STAMPS)/dev ## Check the code: ruff, mypy, import-linter
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

.PHONY: format
format: $(STAMPS)/dev ## Format the code and mend what ruff can mend
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

.PHONY: test
test: $(STAMPS)/dev $(STAMPS)/libraries $(STAMPS)/validators ## Run the tests, with the validators they need
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest $(ARGS)

# How many articles, and which: make torture N=500 SEED=7
N ?= 200
SEED := $(or $(SEED),$(shell echo $$RANDOM))

.PHONY: torture
torture: $(STAMPS)/dev $(STAMPS)/libraries $(STAMPS)/validators ## Build N articles that nobody writes and validate them all
	@echo 'Making $(N) articles of seed $(SEED)' >&2
	TORTURE_ARTICLES=$(N) TORTURE_SEED=$(SEED) $(BIN)/pytest -n 0 tests/torture $(ARGS)

# How many articles: make bench N=200
.PHONY: bench
bench: N := 1000
bench: $(STAMPS)/dev $(STAMPS)/libraries $(STAMPS)/peers ## Time N articles beside other tools, into build/bench
	@$(BIN)/python -m tests.benchmarks.bench $(VENV)/peers build/bench $(N) $(ARGS)
	@cat build/bench/bench.md

.PHONY: bench-check
bench-check: $(STAMPS)/dev ## Measure how fast articles are checked, also those that nobody writes
	@$(BIN)/python -m tests.benchmarks.check $(ARGS)

# For how long, and what: make fuzz MINUTES=60 TARGETS="article picture"
MINUTES ?= 10
TARGETS ?=

.PHONY: fuzz
fuzz: $(STAMPS)/dev ## Look for MINUTES for inputs that crash the pipeline, guided by coverage (Linux)
	@$(BIN)/python -m tests.fuzz --minutes $(MINUTES) $(TARGETS)

.PHONY: validators
validators: $(STAMPS)/validators ## Install the validators: EPUBCheck, veraPDF, Nu, Ace, axe

.PHONY: lock
lock: $(STAMPS)/venv ## Resolve every dependency anew into constraints.txt; KEEP=1 keeps what is locked
	KEEP=$(KEEP) .ci/lock.sh $(BIN)/python

.PHONY: licences
licences: $(STAMPS)/dev ## List the licence of each package that the pipeline is installed with
	@$(BIN)/python -m tests.supply licences

.PHONY: audit
audit: $(STAMPS)/dev ## Look up known weaknesses of the locked packages; wants the advisory database of PyPI
	@test -x $(VENV)/audit/bin/pip-audit || { $(PYTHON) -m venv $(VENV)/audit && \
	    $(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1; }
	@$(VENV)/audit/bin/pip-audit --require-hashes --disable-pip --progress-spinner off --requirement constraints.txt \
	    --format json 2> /dev/null | $(BIN)/python -m tests.supply audit

.PHONY: dist
dist: $(STAMPS)/dev ## Build what is released into dist/: the wheel, and its bill of materials (CycloneDX)
	$(BIN)/python -m hatchling build -t wheel -d dist
	$(BIN)/python -m tests.supply bill > dist/fitness-press.cdx.json

##@ Housekeeping

.PHONY: clean
clean: ## Remove everything built, and the caches; keep .venv
	find build/ -mindepth 1 -maxdepth 1 ! -name .gitignore -exec rm -rf {} +
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .fuzz dist handbook
	find pipeline tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## Show this
	@awk 'BEGIN { FS = ":.*## " } \
	    /^##@/ { printf "%s%s\n", (NR > 1 ? "\n" : ""), substr($$0, 5) } \
	    /^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

# What the targets stand on. Each stamp is newer than what it was made from, or is made again.

$(STAMPS)/venv: constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo 'This needs Python 3.11 or later. Name one: make PYTHON=python3.12' >&2; exit 1; }
	@PYTHON='$(PYTHON)' .ci/system.sh venv
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@.ci/install.sh $(BIN)/python build
	@mkdir -p $(STAMPS)
	@touch $@

$(STAMPS)/package: $(STAMPS)/venv $(LOCKED)
	@echo 'Installing the pipeline into $(VENV)' >&2
	@.ci/install.sh $(BIN)/python pipeline
	@# Where Python may not write byte code as it goes, each start would compile the whole package again.
	@$(BIN)/python -m compileall -q pipeline
	@# The same goes for the patterns of the checks, which any run reads and keeps.
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/pipeline check > /dev/null 2>&1 || true
	@touch $@

$(STAMPS)/preview: $(STAMPS)/package
	@echo 'Installing the desk into $(VENV)' >&2
	@.ci/install.sh $(BIN)/python pipeline preview
	@touch $@

$(STAMPS)/libraries: .ci/system.sh | $(STAMPS)/venv
	@PYTHON=$(BIN)/python .ci/system.sh pdf
	@touch $@

$(STAMPS)/dev: $(STAMPS)/venv $(LOCKED)
	@echo 'Installing the pipeline and its development tools into $(VENV)' >&2
	@.ci/install.sh $(BIN)/python pipeline preview development
	@$(BIN)/python -m compileall -q pipeline
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/pipeline check > /dev/null 2>&1 || true
	@touch $@ $(STAMPS)/package $(STAMPS)/preview

# Those that we are measured against live by themselves, with what they need.
$(STAMPS)/peers: tests/benchmarks/peers.txt constraints.txt tests/validators/install.sh | $(STAMPS)/validators
	@echo 'Installing the tools to be measured beside into $(VENV)/peers' >&2
	@$(PYTHON) -m venv $(VENV)/peers
	@sed -n 's/^\([^ ]*==[^ ;]*\).*/\1/p' constraints.txt > $(STAMPS)/versions.txt
	@$(VENV)/peers/bin/python -m pip --quiet --disable-pip-version-check install --constraint $(STAMPS)/versions.txt \
	    --requirement tests/benchmarks/peers.txt
	@npm install --silent --no-fund --no-audit --prefix $(VENV)/peers markdownlint-cli2@0.22.1
	@touch $@

$(STAMPS)/validators: constraints.txt .ci/system.sh $(filter-out %.py,$(wildcard tests/validators/*.* tests/validators/java/*)) | $(STAMPS)/dev
	@echo 'Installing the validators into $(VENV)/validators' >&2
	@tests/validators/install.sh $(VENV)
	@touch $@
