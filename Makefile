# What a contributor does, one command each. `make` alone prints the list.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
STAMP := $(VENV)/.ready
NOTEBOOKS := $(wildcard notebooks/*.ipynb notebooks/*/*.ipynb notebooks/*/*/*.ipynb)

# Nothing is written to the home directory: it may be missing or read-only.
BUILD := $(CURDIR)/build
export IPYTHONDIR := $(BUILD)/ipython
export JUPYTER_CONFIG_PATH := $(CURDIR)/tools/jupyter
export JUPYTER_CONFIG_DIR := $(BUILD)/jupyter/config
export JUPYTER_DATA_DIR := $(BUILD)/jupyter/data
export JUPYTER_RUNTIME_DIR := $(BUILD)/jupyter/runtime
export JUPYTERLAB_SETTINGS_DIR := $(BUILD)/jupyter/settings
export JUPYTERLAB_WORKSPACES_DIR := $(BUILD)/jupyter/workspaces
export MPLCONFIGDIR := $(BUILD)/matplotlib
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup notebooks chinese site assignments grade test lab app lint format images bench data lock wheel-test clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo '  as root: make lab ARGS=--allow-root, make app ARGS=--allow-root'

setup: $(STAMP) ## make .venv with the locked packages and this package

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; v >= (3, 11) or sys.exit("budgetkit needs Python 3.11 or newer, this is %d.%d: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" % v[:2])'
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	@echo "installing the locked packages into $(VENV) (minutes the first time)"
	@$(PY) -m pip install --quiet --require-hashes -r requirements.lock
	@$(PY) -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

notebooks: $(STAMP) ## execute every notebook, write pages to build/html/
	@$(PY) tools/build_notebooks.py

chinese: $(STAMP) ## bring the Chinese up to date with the English notebooks
	@$(PY) tools/translate.py

site: $(STAMP) ## build the course site from the executed notebooks
	@test -d "$(BUILD)/executed" || $(MAKE) notebooks
	@$(PY) tools/build_site.py

assignments: $(STAMP) ## build the graded assignments in both languages
	@$(PY) tools/assignments.py

grade: $(STAMP) ## grade submissions: make grade NAME=01_income_composition FOLDER=...
	@$(PY) tools/assignments.py "$(NAME)" "$(FOLDER)"

test: $(STAMP) lint ## lint, types, quick tests, then slow tests
	$(PY) -m pytest -m "not slow" -n 2
	$(PY) -m pytest -m slow -n 2 --dist loadfile

lab: $(STAMP) ## open JupyterLab in notebooks/ (LANGUAGE=zh: in zh/; LECTURER=1: lists answers, too)
	$(PY) -m jupyterlab --notebook-dir=notebooks $(if $(filter zh%,$(LANGUAGE)),--LabApp.default_url=/lab/tree/zh) --KernelManager.transport_encryption=auto $(ARGS)

# Voila serves root without the flag, and knows none.
app: $(STAMP) ## serve the explorers as a page without code (LANGUAGE=zh: in Chinese)
	$(PY) -m voila notebooks/$(if $(filter zh%,$(LANGUAGE)),zh/)08_explore.ipynb --KernelManager.transport_encryption=auto $(filter-out --allow-root,$(ARGS))

lint: $(STAMP) ## ruff, formatting, types: reports, changes nothing
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

format: $(STAMP) ## format the code, mend what can be mended, strip notebooks
	$(PY) -m ruff check --fix-only .
	$(PY) -m ruff format .
	@test -z "$(NOTEBOOKS)" || $(PY) -m nbstripout --keep-id $(NOTEBOOKS)

images: $(STAMP) ## draw the pictures of tests/images anew; then look at each that differs
	$(PY) -m pytest -q tests/images --mpl-generate-path=tests/images/baseline

bench: $(STAMP) ## measure import and loading times
	@$(PY) -m benchmarks

data: $(STAMP) ## rebuild the bundled disclosures from ../shared
	@$(PY) tools/bundle_data.py

lock: ## resolve requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header --no-annotate --no-config --upgrade --quiet --output-file requirements.lock

wheel-test: $(STAMP) ## build the wheel, load the bundled data from it
	@$(PY) tools/check_wheel.py

clean: ## remove what the other targets made, .venv too
	rm -rf $(VENV) build dist .pytest_cache .hypothesis .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
