# `make` lists the targets. Requires Python 3.11 or newer, make and a package index.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PORT ?= 8000
WORKERS ?= 1
# The newest supported Python, unless PYTHON is set.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
RUN := .venv/bin/python
# Not its console script, which breaks in a folder whose name contains a quote.
SQRUFF := $(RUN) -c "from sqruff.main import main; main()"
export PYTHONUTF8 := 1
# Recipes read these from the environment, so that quotes in them cannot break the shell command; `$` in them is literal.
OPTIONS := RAW_DIR WITH_RATINGS ALLOW_LOSSES FORCE ENGINE MASTER FROM TO KEEP Q PORT WORKERS QUERY ARGS PART
$(foreach name,$(OPTIONS),$(if $(filter command environment,$(origin $(name))),$(eval override $(name) := $$(value $(name)))))
export $(OPTIONS)

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1 ## /p' $(MAKEFILE_LIST) | while IFS= read -r line; do \
		printf '  make %-14s %s\n' "$${line%% ## *}" "$${line#* ## }"; done

.PHONY: build
build: .venv/runtime $(if $(filter spark,$(ENGINE)),.venv/spark) ## build and publish the warehouse; RAW_DIR=dir (default: warehouse/raw/ or the sample), WITH_RATINGS=yes, ALLOW_LOSSES=yes, FORCE=yes, ENGINE=spark MASTER=url
	@$(RUN) -m warehouse.build $${RAW_DIR:+--raw-dir "$$RAW_DIR"} $${WITH_RATINGS:+--with-ratings} \
		$${ALLOW_LOSSES:+--allow-losses} $${FORCE:+--force} \
		$${ENGINE:+--engine "$$ENGINE"} $${MASTER:+--master "$$MASTER"}

.PHONY: parity
parity: .venv/spark ## build with DuckDB and with Spark and compare every table; RAW_DIR=dir, MASTER=url
	@$(RUN) -m tools.engine_parity $${RAW_DIR:+--raw-dir "$$RAW_DIR"} $${MASTER:+--master "$$MASTER"}

.PHONY: serve
serve: .venv/runtime ## serve on PORT=8000 with WORKERS=1; builds first if there is no warehouse or RAW_DIR=dir is given
	@if [ -n "$$RAW_DIR" ] || ! [ -f "$${FILMOTECA_WAREHOUSE:-warehouse/movies.duckdb}" ]; then \
		$(MAKE) --no-print-directory build; fi
	@exec $(RUN) -m api --port "$$PORT" --workers "$$WORKERS"

.PHONY: publish
publish: .venv/runtime ## publish the warehouse for replicas; TO=folder or s3://bucket/path, KEEP=3 builds
	@$(RUN) -m warehouse.upload $${TO:+"$$TO"} $${KEEP:+--keep "$$KEEP"}

.PHONY: fetch
fetch: .venv/runtime ## fetch and verify a published warehouse; FROM=folder, s3://bucket/path or https://…
	@$(RUN) -m warehouse.fetch $${FROM:+"$$FROM"}

.PHONY: sql
sql: .venv/runtime ## open the duckdb CLI on the warehouse, read-only; Q="select …" runs one query
	@exec $(RUN) -m warehouse.sql $${Q:+"$$Q"}

.PHONY: query
query: .venv/runtime ## run one of the API's queries; QUERY=score_titulo ARGS="nombre='Toy Story'"; without QUERY, list them
	@exec $(RUN) -m api.v1.saved_queries $(QUERY) $(ARGS)

.PHONY: docs
docs: .venv/runtime ## write the dbt docs site as one file
	@$(RUN) -m warehouse.docs

.PHONY: eda
eda: .venv/runtime ## write the exploratory report
	@$(RUN) -m eda

.PHONY: data
data: .venv/runtime ## import the full data set into warehouse/raw/; FROM=zip, folder, URL or kaggle
	@$(RUN) -m warehouse.data $${FROM:+"$$FROM"}

.PHONY: test
# Three processes for two cores, because tests wait for servers and builds. The longest files run first.
test: .venv/dev ## run all tests
	@$(RUN) -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

.PHONY: test-spark
test-spark: .venv/dev ## test builds on Spark; skipped if Java is missing
	@if $(RUN) -m warehouse.engines.requirements; then \
		$(MAKE) --no-print-directory .venv/spark && $(RUN) -m pytest -m spark --durations 0 tests/warehouse/engines; \
	else echo "skipped the tests of builds on Spark"; fi

.PHONY: fuzz
fuzz: .venv/dev ## send thousands of generated requests to every operation; FUZZ_CASES=5000
	@FUZZ_CASES=$${FUZZ_CASES:-5000} $(RUN) -m pytest tests/api/test_openapi_contract.py -k generated --numprocesses 2

.PHONY: chaos
chaos: .venv/dev ## kill builds, fill disks and damage raw files for up to ten minutes; CHAOS_SEED=1
	@$(RUN) -m pytest -m chaos --numprocesses 2 --dist loadgroup --durations 0 -rP tests/chaos/builds
	@$(RUN) -m pytest -m chaos --durations 0 tests/chaos/service

.PHONY: lint
lint: .venv/dev ## check style, types, SQL and imports
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(SQRUFF) lint dbt_project/models dbt_project/tests/identities eda api recommender/checks recommender/queries tools
	$(RUN) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

.PHONY: format
format: .venv/dev ## format Python and SQL
	$(RUN) -m ruff check --fix-only --quiet .
	$(RUN) -m ruff format .
	$(SQRUFF) fix --force dbt_project/models dbt_project/tests/identities eda api recommender/checks recommender/queries tools

.PHONY: bench
bench: .venv/dev ## run the benchmarks and write benchmarks/RESULTS.md; RAW_DIR=dir, PART="baseline api"
	@$(RUN) -m benchmarks $${RAW_DIR:+--raw-dir "$$RAW_DIR"} $$PART

.PHONY: bench-check
bench-check: .venv/dev ## run the quick benchmarks and fail if a ratio is worse than in benchmarks/RESULTS.md
	@$(RUN) -m benchmarks --check $${RAW_DIR:+--raw-dir "$$RAW_DIR"} $$PART

.PHONY: evaluate
evaluate: .venv/runtime ## evaluate the recommender with MovieLens likes; RAW_DIR=dir builds that folder first
	@if [ -z "$$RAW_DIR" ]; then exec $(RUN) -m recommender evaluate; fi; \
	folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && trap 'exit 130' INT TERM && \
	FILMOTECA_WAREHOUSE="$$folder/movies.duckdb" $(RUN) -m warehouse.build --raw-dir "$$RAW_DIR" && \
	$(RUN) -m recommender evaluate --database "$$folder/movies.duckdb" --json warehouse/movies.evaluation.json

.PHONY: lock
lock: .venv/dev ## update the lock files from pyproject.toml
	$(RUN) -m uv pip compile $(PIN) --group build pyproject.toml --output-file requirements.lock
	$(RUN) -m uv pip compile $(PIN) --constraints requirements.lock pyproject.toml --output-file requirements-serve.lock
	$(RUN) -m uv pip compile $(PIN) --constraints requirements.lock --group dev pyproject.toml \
		--output-file requirements-dev.lock
	$(RUN) -m uv pip compile $(PIN) --constraints requirements-dev.lock --group pyproject.toml:spark \
		--output-file requirements-spark.lock
PIN := --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--no-emit-index-url --no-header --no-annotate

.PHONY: licenses
licenses: .venv/runtime ## write licenses.txt, the licenses of all runtime packages
	@$(RUN) -m tools.licenses requirements.lock > licenses.txt.new && mv licenses.txt.new licenses.txt
	@cat licenses.txt

.PHONY: clean
clean: ## remove the environment, caches and warehouse; keeps warehouse/raw/
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .schemathesis
	rm -rf dbt_project/target dbt_project/logs warehouse/.build warehouse/.data warehouse/docs.html
	rm -f warehouse/movies.duckdb warehouse/movies.evaluation.json
	rm -rf warehouse/eda
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/runtime: requirements.lock
	@$(call install,$<,$@)

.venv/dev: requirements-dev.lock
	@$(call install,$<,$@)
	@touch .venv/runtime

# Checks for Java before it downloads 450 MB.
.venv/spark: requirements-spark.lock | .venv/runtime
	@$(RUN) -m warehouse.engines.requirements
	@$(call install,$<,$@)

define install
if [ -z "$(PYTHON)" ]; then \
	echo "error: Filmoteca needs Python 3.11 or newer, and none was found; install one, or name it: make serve PYTHON=/path/to/python3.11" >&2; \
	exit 1; \
fi; \
if [ ! -x $(RUN) ]; then \
	"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "error: $(PYTHON) is not Python 3.11 or newer; name one that is: make serve PYTHON=/path/to/python3.11" >&2; \
		exit 1; }; \
	"$(PYTHON)" -m venv .venv || { rm -rf .venv; exit 1; }; \
fi; \
echo "installing the packages of $(1) into .venv (a minute or two, 600 MB)"; \
$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $(1) && touch $(2)
endef
