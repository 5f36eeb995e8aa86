"""What the README shows is what happens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
MAIN = "from ui.cli import main; main()"
README = (CHECKOUT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in the checkout with a cache of its own."""
    env = os.environ | {"IBID_HOME": str(home), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=CHECKOUT, env=env, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


@pytest.mark.slow
def test_the_python_examples_run_as_they_stand(tmp_path: Path) -> None:
    done = run("-c", "\n".join(blocks("python")), home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Enhancing National Frameworks" in done.stdout
    assert "battle-for-model-weights.txt:15" in done.stdout
    assert "banning them do? (Jensen, Huang," in done.stdout


def test_every_command_and_option_it_names_exists(tmp_path: Path) -> None:
    lines = [line for block in blocks("(?:sh|console)") for line in block.splitlines()]
    named = [re.match(r"(?:\$ |\.venv/bin/)?ibid (\w+)(.*)", line) for line in lines]
    options: dict[str, set[str]] = {}
    for match in filter(None, named):
        options.setdefault(match[1], set()).update(re.findall(r"--[\w-]+", match[2]))
    assert set(options) >= {"ask", "chat", "index", "verify"}
    for command, wanted in options.items():
        told = run("-c", MAIN, command, "--help", home=tmp_path)
        assert told.returncode == 0, told.stderr
        missing = [option for option in wanted if option not in told.stdout]
        assert not missing, f"ibid {command} has no {missing}"


def test_every_make_target_it_names_exists() -> None:
    makefile = (CHECKOUT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", README, re.MULTILINE)) <= targets


def test_every_file_it_links_to_exists() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (CHECKOUT / link).exists()] == []
