# Everything runs in .venv, which is made when it is needed and again when a version changes.
#   make chat              open the chat page over the bundled articles
#   make ask Q='…'         answer one question in the terminal
#   make test              the whole suite;  make fast: without the slow and the browser tests
#   make check             what a change must pass: lint, types, import direction, the suite
#   make fit DATA=…        the small models again, after passages, vectors or the reader have changed
#   make train DATA=…      the reader anew, from the public sets to the file that ships: hours
#   make stances DATA=…    the model that tells stances anew, from the reader's weights
#   make torture           the store against kill -9, power cuts, full disks, flipped bits: a day
PYTHON ?= python3
VENV   ?= .venv

# A question holds quotes and dollars. It reaches the shell through the environment alone, as it
# was typed: $(value) keeps make from reading a "$" in it, and no recipe expands $(Q).
override Q := $(value Q)
export Q

.DEFAULT_GOAL := help
.PHONY: help venv chat ask test fast lint check fit train stances torture clean

help:
	@sed -n '2,9s/^# *//p' Makefile

venv: $(VENV)/bin/python

chat: $(VENV)/.installed
	$(VENV)/bin/ibid chat

ask: $(VENV)/.installed
	@[ -n "$$Q" ] || { echo "say what to ask:  make ask Q='What is …?'" >&2; exit 2; }
	@$(VENV)/bin/ibid ask -- "$$Q" || case $$? in 3|4) ;; *) exit 1;; esac  # not there; perhaps

test: $(VENV)/.installed-test
	$(VENV)/bin/python -m pytest -n auto

fast: $(VENV)/.installed-test
	$(VENV)/bin/python -m pytest -n auto -m "not slow and not browser"

lint: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/hadolint Dockerfile

check:
	$(MAKE) lint
	$(MAKE) test

# DATA: the public sets that docs/training.md names. The last command only says what its choice,
# reader.toml's `keep`, would be now.
DATA ?= ../shared/data
fit: $(VENV)/.installed-test
	$(VENV)/bin/python -m training.first_reader --data '$(DATA)'
	$(VENV)/bin/python -m training.calibrate --data '$(DATA)'
	$(VENV)/bin/python -m training.summary --data '$(DATA)'

# Each stage goes on where it was stopped, and what is done is not done again: what they keep lies in
# IBID_HOME/training. It starts from the weights that ship; TRAIN is more of training.train, SHARE what
# the new round has of the weights that come out.
TRAIN ?= --epochs 1 --seed 41
SHARE ?= 0.5
train: $(VENV)/.installed-test
	$(VENV)/bin/python -m training.mine --data '$(DATA)'
	$(VENV)/bin/python -m training.definitions --data '$(DATA)'
	$(VENV)/bin/python -m training.restore
	$(VENV)/bin/python -m training.train --start restored.safetensors $(TRAIN)
	$(VENV)/bin/python -m training.soup restored.safetensors reader.safetensors --share $(SHARE)
	$(VENV)/bin/python -m training.export --weights mixed.safetensors
	$(VENV)/bin/python -m training.calibrate --data '$(DATA)'
	$(VENV)/bin/python -m training.evaluate --weights mixed.safetensors
	$(VENV)/bin/python -m training.manifest --data '$(DATA)'

# Forty minutes; what a round gave is not made again.
stances: $(VENV)/.installed-test
	$(VENV)/bin/python -m training.restore
	$(VENV)/bin/python -m training.stances.train --data '$(DATA)'
	$(VENV)/bin/python -m training.stances.export
	$(VENV)/bin/python -m training.stances.calibrate --data '$(DATA)'

# About a day on 2 cores: sixteen hours of fuzzing, two of kills, one each of harms, of every single
# byte, and of what Hypothesis makes up. As root it fills a small disk, too.
# A part of it:  make torture TORTURE=kills:1000 TESTS=tests/torture/test_kill.py
TORTURE ?= kills:10000,harms:50000,orders:5000,examples:20000,seconds:3600,every:1
TESTS   ?= tests/torture tests/fuzz
torture: $(VENV)/.installed-test
	IBID_TORTURE='$(TORTURE)' $(VENV)/bin/python -m pytest $(TESTS)

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Ibid needs Python 3.11 or newer, and $(PYTHON) is not;" \
	       "name one that is:  make PYTHON=python3.11 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed:      EXTRAS =
$(VENV)/.installed-test: EXTRAS = [test]
$(VENV)/.installed-dev:  EXTRAS = [test,dev]
$(VENV)/.installed $(VENV)/.installed-test $(VENV)/.installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet -c constraints.txt -e '.$(EXTRAS)'
	@touch $@
