"""`ibid table`: what is written where, what is refused, and that it goes on where it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from index.generation import store
from index.storage import cache
from rag.engine import Engine
from rag.reader import FirstReader
from ui.cli import app
from ui.commands import tabling

CHECKOUT = Path(__file__).resolve().parents[3]
MAIN = "import sys; sys.argv[0] = 'ibid'; from ui.cli import main; main()"
LINES = """# of the harbour
[date] When was the harbour dredged?
[amount] How tall is the lighthouse?
What do zebras eat?
"""


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    cache._usable.cache_clear()
    return tmp_path / "home"


@pytest.fixture
def engine(opened: store.SavedGeneration, monkeypatch: pytest.MonkeyPatch) -> Engine:
    made = Engine(
        opened.retriever,
        FirstReader.shipped(),
        opened.documents,
        opened.failures,
        generation=opened,
    )
    monkeypatch.setattr(Engine, "open", lambda *_, **__: made)
    return made


@pytest.fixture
def questions(tmp_path: Path) -> str:
    file = tmp_path / "questions.txt"
    file.write_text(LINES, "utf-8")
    return str(file)


def ibid(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=stdin)


def test_it_prints_a_table(engine: Engine, questions: str) -> None:
    result = ibid("table", questions)
    assert result.exit_code == 0
    assert "ibid: " not in result.stderr  # how far it is may be told
    assert result.stdout.startswith("Document")
    assert "[1987]" in result.stdout
    assert "harbour.txt:7" in result.stdout


@pytest.mark.parametrize("suffix", tabling.SUFFIXES)
def test_it_writes_each_format(engine: Engine, questions: str, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"table{suffix.upper()}"
    result = ibid("table", questions, "-d", str(tmp_path), "--out", str(out))
    assert result.exit_code == 0
    assert "ibid: " not in result.stderr  # how far it is may be told
    assert result.stdout.startswith(f"{out}: 3 questions of 3 documents, ")
    first = out.read_bytes()
    assert b"harbour.txt" in first or suffix in (".xlsx", ".docx")
    ibid("table", questions, "-d", str(tmp_path), "--out", str(out))
    assert out.read_bytes() == first
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("table")] == [out.name]


def test_questions_come_from_stdin(engine: Engine) -> None:
    assert "[1987]" in ibid("table", "-", stdin=LINES).stdout


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "said"),
    [
        (["-"], "# nothing\n", 2, "ibid: stdin: there is no question; write one a line\n"),
        (["none.txt"], None, 2, "give a file of questions"),
        (["-"], "[colour] Which?", 2, "ibid: stdin, line 1: [colour] is no kind of column"),
        (
            ["-", "--out", "table.doc"],
            "Why?",
            2,
            "--out ends in .xlsx, .csv, .docx, .html, .json or .md",
        ),
        (["-", "--out", "none/table.csv"], "Why?", 1, "choose another --out"),
    ],
)
def test_what_is_refused_is_refused_before_anything_is_opened(
    arguments: list[str], stdin: str | None, code: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Engine, "open", None)
    result = ibid("table", *arguments, stdin=stdin)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in " ".join(result.stderr.replace("│", " ").split()) + "\n"


def test_a_folder_is_no_file_to_write(tmp_path: Path) -> None:
    (tmp_path / "table.csv").mkdir()
    result = ibid("table", "-", "--out", str(tmp_path / "table.csv"), stdin="Why?")
    assert result.exit_code == 1
    assert "choose another --out" in result.stderr


def test_a_file_that_cannot_be_replaced_stays(
    engine: Engine, questions: str, tmp_path: Path
) -> None:
    out = tmp_path / "table.csv"
    out.write_text("before", "utf-8")
    (tmp_path / "table.csv.tmp").mkdir()  # what is written beside it first
    result = ibid("table", questions, "--out", str(out))
    assert result.exit_code == 1
    assert "cannot write" in result.stderr
    assert out.read_text("utf-8") == "before"


def test_a_written_table_is_verified(index_path: Path, questions: str, tmp_path: Path) -> None:
    out = tmp_path / "table.json"
    assert ibid("table", questions, "-d", str(index_path), "-o", str(out)).exit_code == 0
    result = ibid("verify", str(out), "-d", str(index_path))
    assert result.exit_code == 0
    assert "[1.1] holds" in result.stdout
    data = json.loads(out.read_text("utf-8"))
    row = next(row for row in data["rows"] if row["source"] == "harbour.txt")
    row["cells"][0]["answer"]["citations"][0]["start"] += 1
    out.write_text(json.dumps(data), "utf-8")
    result = ibid("verify", str(out), "-d", str(index_path))
    assert result.exit_code == 1
    assert "[1.1] changed" in result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_it_goes_on_where_it_was_ended(
    index_path: Path, tmp_path: Path, own_home: Path, how: signal.Signals
) -> None:
    """No cell that is done is filled twice, and the file is the one that is made at once."""
    many = "\n".join(f"What is said of the number {n} of {LINES[20:40]}?" for n in range(60))
    (tmp_path / "questions.txt").write_text(many, "utf-8")
    arguments = ["table", str(tmp_path / "questions.txt"), "-d", str(index_path)]

    def begun(out: str, home: Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", MAIN, *arguments, "--out", str(tmp_path / out)],
            cwd=CHECKOUT,
            env={**os.environ, "IBID_HOME": str(home)},
            text=True,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )

    def lines() -> int:
        files = own_home.glob("tables/*/*/cells.jsonl")
        return sum(file.read_bytes().count(b'"answer"') for file in files)

    first = begun("resumed.json", own_home)
    while not lines() and first.poll() is None:
        time.sleep(0.01)
    first.send_signal(how)
    told = first.communicate(timeout=300)[1]
    assert first.returncode == (130 if how is signal.SIGINT else -how)
    assert ("goes on with what is done" in told) is (how is signal.SIGINT)
    done = lines()
    assert 0 < done < 180
    for out, home in (("resumed.json", own_home), ("at-once.json", tmp_path / "other")):
        with begun(out, home) as again:
            again.communicate(timeout=600)
        assert again.returncode == 0
    assert lines() == 180
    assert (tmp_path / "resumed.json").read_bytes() == (tmp_path / "at-once.json").read_bytes()
