"""The recipe of the container asks for what is there; `make lint` runs hadolint over it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from rag.answers import Answer
from tests.ui.page.browser import MARKS
from tests.ui.served import CannedEngine, app_of, served
from ui.cli import app

CHECKOUT = Path(__file__).resolve().parents[2]
RECIPE = (CHECKOUT / "Dockerfile").read_text("utf-8").replace("\\\n", "")
STAGES = re.split(r"^(?=FROM )", RECIPE, flags=re.MULTILINE)[1:]


pytestmark = MARKS[1:]


def said(instruction: str) -> list[str]:
    """What the last stage says behind each of these instructions."""
    return re.findall(rf"^{instruction} (.+)", STAGES[-1], re.MULTILINE)


def test_both_stages_are_of_one_python_that_is_tested_and_pinned() -> None:
    bases = re.findall(r"^FROM python:([\d.]+)-slim-[a-z]+(?: AS build)?$", RECIPE, re.MULTILINE)
    assert len(bases) == len(STAGES) == 2
    (version,) = set(bases)
    assert version.count(".") == 2
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"Python :: {version.rpartition('.')[0]}" in "".join(project["classifiers"])


def test_all_that_is_built_is_sent_to_the_builder() -> None:
    lines = (CHECKOUT / ".dockerignore").read_text("utf-8").splitlines()
    sent = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert lines[0] == "*"
    assert all((CHECKOUT / name).exists() for name in sent)
    slim = tomllib.loads((CHECKOUT / "packaging/slim/pyproject.toml").read_text("utf-8"))
    packages = slim["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"].values()
    links = (f for f in (CHECKOUT / "packaging" / "slim").iterdir() if f.is_symlink())
    needed = {*packages, *(f.name for f in links), "packaging", "pyproject.toml"}
    assert sent == needed | set(re.findall(r"--constraint (\S+)", RECIPE))
    assert re.findall(r"pip wheel .* \./(\S+)", RECIPE) == ["packaging/slim"]


def test_it_runs_as_nobody_in_particular() -> None:
    (user,) = said("USER")
    assert int(user) >= 1000
    assert f"useradd --uid {user} " in STAGES[-1]


def test_what_is_kept_is_in_volumes() -> None:
    (volumes,) = said("VOLUME")
    (home,) = said("ENV")
    documents, indexes = json.loads(volumes)
    assert home == f"IBID_HOME={indexes}"
    assert re.search(rf"install --directory --owner \w+ {documents} {indexes}", STAGES[-1])
    assert json.loads(said("CMD")[0])[-1] == documents


def test_its_command_is_one_of_ours() -> None:
    entry, command = json.loads(said("ENTRYPOINT")[0]), json.loads(said("CMD")[0])
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(entry) == set(project["scripts"])
    told = CliRunner().invoke(app, [command[0], "--help"], terminal_width=200).output
    options = [word for word in command if word.startswith("--")]
    assert options
    assert all(option in told for option in options)
    assert command[command.index("--port") + 1] == said("EXPOSE")[0]


@pytest.mark.slow
def test_its_health_is_asked_for_where_the_page_answers(answer: Answer) -> None:
    (check,) = re.findall(r"^HEALTHCHECK .*?CMD (\[.+\])", STAGES[-1], re.MULTILINE)
    python, option, program = json.loads(check)
    assert (python, option) == ("python", "-c")
    (port,) = said("EXPOSE")
    assert program.count(port) == 1

    def health(other: int | None) -> int:
        """Of another port, through a proxy that is none."""
        command = [sys.executable, "-c", program.replace(port, str(other))]
        env = os.environ | {"http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
        return subprocess.run(command, env=env, stderr=subprocess.DEVNULL).returncode

    engine = CannedEngine(tuple({c.document: None for c in answer.citations}), [answer])
    with served(app_of(engine)) as address:
        served_at = httpx.URL(address).port
        assert health(served_at) == 0
    assert health(served_at) != 0


def test_what_it_runs_is_compiled_when_it_is_built() -> None:
    (folder,) = re.findall(r"compileall .*--invalidation-mode unchecked-hash (\S+)", STAGES[-1])
    (version,) = re.findall(r"^FROM python:(\d+\.\d+)", STAGES[-1])
    assert folder == f"/usr/local/lib/python{version}"
