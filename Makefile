# Commands for people: `make run`, `make test`. Everything lives in .venv beside this file.
PY := .venv/bin/python
OUT ?= out/example
STRICT ?=

.PHONY: run install example test test-all fix docs bench golden lock vendor-check clean

run: install
	@$(PY) -m zhiheng.cli.main --version
	@$(MAKE) --no-print-directory example OUT=$(OUT)

install: .venv/.installed

.venv/.installed: requirements.lock pyproject.toml
	python3 -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-uv.lock
	.venv/bin/uv pip sync --quiet --python $(PY) requirements.lock
	.venv/bin/uv pip install --quiet --python $(PY) --no-deps --no-build-isolation -e .
	@touch $@

example: install
	@$(PY) examples/model_county/make.py --out $(OUT)

test: install
	@STRICT=$(STRICT) $(PY) scripts/check.py

test-all: install
	@STRICT=$(STRICT) $(PY) scripts/check.py --all

fix: install
	$(PY) -m ruff check --fix src tests bench scripts examples
	$(PY) -m ruff format src tests bench scripts examples

docs: install
	$(PY) scripts/docs.py

bench: install
	$(PY) bench/run.py

golden: install
	$(PY) scripts/golden.py

vendor-check:
	$(PY) scripts/vendor.py

lock:
	.venv/bin/uv pip compile --quiet pyproject.toml --group dev --generate-hashes --python-version 3.11 --no-header --no-annotate -o requirements.lock
	grep -A1000 '^uv==' requirements.lock | awk 'NR>1 && /^[a-z]/{exit} {print}' > requirements-uv.lock

clean:
	rm -rf .venv out build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
