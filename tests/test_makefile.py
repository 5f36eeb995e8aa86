"""`make ask Q='…'` hands the question on as it was typed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")

QUESTIONS = [
    'What does "weights" mean, and why isn\'t it sold?',
    "What costs $5, $$HOME or ${HOME}?",
    "What is $(shell echo leaked > leaked) or `echo leaked > leaked`?",
    "What is $(error stop) and $(Q)?",
    "Is a\\b \\n #not a comment; true & false | more > less < least * ?",
    "--help",
    "what = this, and %s?",
    "Qu’est-ce que « l’IA » ?",
]


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """An environment that looks installed, whose `ibid` writes down its arguments."""
    folder = tmp_path / "venv"
    (folder / "bin").mkdir(parents=True)
    ibid = folder / "bin" / "ibid"
    ibid.write_text('#!/bin/sh\nprintf "%s\\0" "$@" > "$0.heard"\n')
    ibid.chmod(0o755)
    (folder / "bin" / "python").symlink_to(shutil.which("true") or "/bin/true")
    (folder / ".installed").touch()
    return folder


def make(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run make on the project's Makefile; variables of an outer make are left out."""
    inherited = {k: v for k, v in os.environ.items() if k not in {"Q", "MAKEFLAGS", "MFLAGS"}}
    return subprocess.run(
        ["make", "-C", str(CHECKOUT), *arguments],
        env=inherited | env,
        capture_output=True,
        text=True,
    )


def heard(venv: Path) -> list[str]:
    return (venv / "bin" / "ibid.heard").read_text("utf-8").split("\0")[:-1]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_arrives_intact_from_the_command_line(venv: Path, question: str) -> None:
    done = make("ask", f"VENV={venv}", f"Q={question}")
    assert done.returncode == 0, done.stderr
    assert heard(venv) == ["ask", "--", question]
    assert not (CHECKOUT / "leaked").exists()


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_arrives_intact_from_the_environment(venv: Path, question: str) -> None:
    done = make("ask", f"VENV={venv}", Q=question)
    assert done.returncode == 0, done.stderr
    assert heard(venv) == ["ask", "--", question]


def test_no_question_is_said_in_words_and_nothing_is_run(venv: Path) -> None:
    done = make("ask", f"VENV={venv}")
    assert done.returncode != 0
    assert "make ask Q=" in done.stderr
    assert not (venv / "bin" / "ibid.heard").exists()


@pytest.mark.parametrize(
    ("code", "fails"), [(0, False), (3, False), (4, False), (1, True), (2, True)]
)
def test_not_in_the_documents_and_perhaps_are_no_failures_of_make(
    venv: Path, code: int, fails: bool
) -> None:
    (venv / "bin" / "ibid").write_text(f"#!/bin/sh\nexit {code}\n")
    assert bool(make("ask", f"VENV={venv}", "Q=why?").returncode) is fails


def test_an_old_python_is_said_in_words(tmp_path: Path) -> None:
    done = make("venv", f"VENV={tmp_path / 'venv'}", "PYTHON=false")
    assert done.returncode != 0
    assert "3.11" in done.stderr
