# Commands for people. Needed: Python 3.11 with venv, make, and a package registry; everything else goes into .venv.
#
#   make run        install, judge the example, say where its papers are
#   make test       the whole check, as far as this machine can; STRICT=1: what is left out is a failure
#   make test-spark the indicators on Spark, in .venv-spark (450 MB more) with Java 17; Spark and DuckDB must say the same
#   make test-all   both, with the slow tests and a longer search for counter-examples
#   make fix        format and repair what can be repaired by a machine
#   make docs       write the generated pages of docs/reference and docs/why
#   make golden     write golden/ again from the sources there; read the difference before committing it
#   make bench      measure
#   make example OUT=DIR   the example's papers into DIR
#   make lock       resolve the dependencies of pyproject.toml anew

SHELL := /bin/sh
PY := .venv/bin/python
UV := .venv/bin/uv
CODE := src tests bench scripts examples
OUT ?= out/example
STRICT ?=
SYSTEM_PYTHON ?= $(shell command -v python3.11 || command -v python3)

# The certificates and the mirror that pip uses are uv's too: on an office network they are often the only way out.
export UV_SYSTEM_CERTS ?= true
MIRROR = UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($(PY) -m pip config get global.index-url 2>/dev/null)}}"

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: run install example test test-spark test-all fix docs golden bench lock vendor-check clean

run: install example

install: .venv/.installed

# uv comes first, by pip and hash; it then makes .venv equal to the lock, and adds the project itself without any network.
.venv/.installed: requirements.lock requirements-uv.lock pyproject.toml
	@"$(SYSTEM_PYTHON)" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info[:2] != (3, 11))' || { \
	    echo 'Python 3.11 with venv is needed (Debian 12: apt install python3 python3-venv), or make SYSTEM_PYTHON=/path/to/python3.11' >&2; \
	    exit 1; }
	@echo 'Installing into .venv …'
	@"$(SYSTEM_PYTHON)" -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-uv.lock
	@$(MIRROR); export UV_DEFAULT_INDEX; [ -n "$$UV_DEFAULT_INDEX" ] || unset UV_DEFAULT_INDEX; \
	    $(UV) pip sync --quiet --python $(PY) --require-hashes requirements.lock
	@$(UV) pip install --quiet --offline --python $(PY) --no-deps --no-build-isolation --editable .
	@touch $@

example: install
	@$(PY) examples/model_county/make.py --out $(OUT)

test: install
	@STRICT=$(STRICT) $(PY) scripts/check.py

test-all: install
	@STRICT=$(STRICT) $(PY) scripts/check.py --all
	@$(MAKE) --no-print-directory test-spark

# Spark is no part of .venv: who has no cluster need not wait for it.
test-spark: .venv-spark/.installed
	@STRICT=1 .venv-spark/bin/python -m pytest -m spark

.venv-spark/.installed: .venv/.installed requirements-spark.lock
	@echo 'Installing Spark into .venv-spark …'
	@$(UV) venv --quiet --clear --python $(PY) .venv-spark
	@$(MIRROR); export UV_DEFAULT_INDEX; [ -n "$$UV_DEFAULT_INDEX" ] || unset UV_DEFAULT_INDEX; \
	    $(UV) pip sync --quiet --python .venv-spark/bin/python --require-hashes requirements-spark.lock
	@$(UV) pip install --quiet --offline --python .venv-spark/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

fix: install
	@$(PY) -m ruff check --fix $(CODE)
	@$(PY) -m ruff format $(CODE)

docs: install
	@$(PY) scripts/schemas.py
	@$(PY) scripts/docs.py

golden: install
	@$(PY) scripts/golden.py

bench: install
	@$(PY) bench/run.py

vendor-check: install
	@$(PY) scripts/vendor.py

# Versions and hashes only, for every system: the lock names no registry, so any mirror serves it.
lock: install
	@$(UV) pip compile --quiet --upgrade pyproject.toml --group dev --generate-hashes --python-version 3.11 --universal \
	    --no-header --no-annotate --output-file requirements.lock
	@$(UV) pip compile --quiet pyproject.toml --extra spark --group dev --constraints requirements.lock --generate-hashes \
	    --python-version 3.11 --universal --no-header --no-annotate --output-file requirements-spark.lock
	@awk '/^[a-z]/ { keep = /^uv==/ } keep' requirements.lock > requirements-uv.lock

clean:
	rm -rf .venv .venv-spark out build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
