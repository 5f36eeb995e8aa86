"""Nothing that is read can run code: the calls that would let it are nowhere in the program."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
CODE = sorted(p for f in ("index", "rag", "ui", "seeds") for p in (REPOSITORY / f).rglob("*.py"))

MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
CALLS = {
    "eval", "exec", "compile", "__import__", "os.system", "os.popen", "torch.load", "yaml.load",
    "yaml.unsafe_load", "pandas.read_pickle", "pd.read_pickle",
}  # fmt: skip
METHODS = {"extractall"}  # of whatever object
OPTIONS = {"allow_pickle", "shell"}  # must not be true
# where one of them is needed, and why: {"index/…py:call": "reason"}
_OF_ITSELF = "a fork of the same process, with the same rights and the same file in memory"
ALLOWED: dict[str, str] = {
    f"index/forks.py:{call}": _OF_ITSELF
    for call in ("pickle", "pickle.dump", "pickle.dumps", "pickle.loads")
}


def banned(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of each import and call that is banned."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{a.name}" for a in node.names)]
        elif isinstance(node, ast.Call):
            names = [called(node.func)]
            for option in node.keywords:
                false = isinstance(option.value, ast.Constant) and not option.value.value
                if option.arg in OPTIONS and not false:
                    yield node.lineno, f"{option.arg}="
        else:
            continue
        for name in names:
            if name.split(".")[0] in MODULES or name in CALLS or name.split(".")[-1] in METHODS:
                yield node.lineno, name


def called(function: ast.expr) -> str:
    """What is called, as it is written; "" where that is no name."""
    if isinstance(function, ast.Attribute):
        return f"{called(function.value)}.{function.attr}"
    return function.id if isinstance(function, ast.Name) else ""


@pytest.mark.parametrize("file", CODE, ids=lambda p: p.relative_to(REPOSITORY).as_posix())
def test_nothing_banned_is_called(file: Path) -> None:
    name = file.relative_to(REPOSITORY).as_posix()
    found = [
        f"{name}:{line}: {what}"
        for line, what in banned(ast.parse(file.read_text("utf-8")))
        if f"{name}:{what}" not in ALLOWED
    ]
    assert not found


@pytest.mark.parametrize(
    "code",
    [
        "import pickle", "from pickle import loads", "import marshal as m", "import shelve",
        "np.load(f, allow_pickle=True)", "np.load(f, allow_pickle=x)", "torch.load(f)",
        "eval(x)", "exec(x)", "archive.extractall(p)", "a[0].extractall()", "yaml.load(f)",
        "os.system('ls')", "subprocess.run('ls', shell=True)", "from os import system",
        "from torch import load",
    ],
)  # fmt: skip
def test_each_of_them_is_found(code: str) -> None:
    assert list(banned(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    ["np.load(f, allow_pickle=False)", "model.eval()", "re.compile(x)", "json.loads(x)",
     "subprocess.run(['ls'], shell=False)", "cursor.execute(x)"],
)  # fmt: skip
def test_nothing_else_is(code: str) -> None:
    assert not list(banned(ast.parse(code)))


def test_the_program_is_looked_at() -> None:
    assert len(CODE) > 100
