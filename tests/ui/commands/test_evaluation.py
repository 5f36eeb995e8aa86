"""`ibid eval`: the table, the misses, the JSON, and the exit codes."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from index.errors import EncoderError
from index.failures import Failure
from rag.engine import Engine
from rag.evaluation.questions import GoldenQuestion
from rag.evaluation.report import Report, examine
from tests.doubles import BREAD, EELS, HARBOUR, document
from tests.scripted import Script, scripted
from ui.cli import app
from ui.commands.evaluation import run
from ui.show.report import report_text

CHECKOUT = Path(__file__).resolve().parents[3]
MAIN = "import sys; sys.argv[0] = 'ibid'; from ui.cli import main; main()"

WORLD = (
    document(HARBOUR, "harbour.txt"),
    document(EELS, "eels.md"),
    document(BREAD, "bread.txt"),
)
SCRIPT = {
    "How tall is the lighthouse?": [("41 metres", 0.9)],
    "When did the lamp become electric?": [("It took eleven months.", 0.8), ("Its lamp", 0.6)],
    "What kills eels?": [("Eels migrate", 0.7), ("The count of 2019", 0.65)],
    "How long does dough rest?": [("The dough", 0.3)],
    "Who built the weir?": [("The count of 2019", 0.75)],
    "Do zebras gallop?": [("Rye bread", 0.05)],
}
ROWS: list[dict[str, Any]] = [
    {"question": "How tall is the lighthouse?", "expected": "41 metres tall"},
    {"question": "When did the lamp become electric?", "expected": ["Its lamp was electrified"]},
    {"id": "eels-1", "question": "What kills eels?",
     "expected": ["Turbines at the weir", "Poachers take glass eels"], "source": "eels.md"},
    {"question": "How long does dough rest?", "expected": "twelve hours"},
    {"question": "Who built the weir?", "expected": "none"},
    {"question": "Do zebras gallop?", "expected": "none"},
    {"question": "Who reads it?", "expected": "Nobody reads it.", "source": "eels.md"},
]  # fmt: skip


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """What `Engine.open` opens."""
    made = scripted(SCRIPT, WORLD)
    monkeypatch.setattr(Engine, "open", lambda *_, **__: made)
    return made


@pytest.fixture
def file(tmp_path: Path) -> str:
    """The name of the file of questions."""
    name = tmp_path / "questions.jsonl"
    name.write_text("\n".join(map(json.dumps, ROWS)), "utf-8")
    return str(name)


def ibid(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, ("eval", *arguments), input=stdin)


def test_the_table_and_the_misses(
    engine: Engine, file: str, golden: Callable[[str, str], None]
) -> None:
    result = ibid(file)
    assert (result.exit_code, result.stderr) == (0, "")
    golden("report.txt", result.stdout.removesuffix("\n"))


def test_json_on_stdout_and_in_a_file(
    engine: Engine, file: str, tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    printed = ibid(file, "--json")
    assert (printed.exit_code, printed.stderr) == (0, "")
    golden("report.json", printed.stdout.removesuffix("\n"))
    target = tmp_path / "report.json"
    target.write_text("of yesterday, and longer than that of today" * 1000, "utf-8")
    table = ibid(file, "--report", str(target))
    assert table.stdout == ibid(file).stdout
    assert target.read_text("utf-8") == printed.stdout


def test_questions_from_stdin(engine: Engine, file: str) -> None:
    result = ibid("-", stdin=Path(file).read_text("utf-8"))
    assert (result.exit_code, result.stdout) == (0, ibid(file).stdout)


@pytest.mark.parametrize(("percent", "code"), [("0", 0), ("50", 0), ("50.1", 1), ("100", 1)])
def test_at_least(engine: Engine, file: str, percent: str, code: int) -> None:
    result = ibid(file, "--at-least", percent)  # 3 of 6 are right
    assert result.exit_code == code
    assert result.stdout == ibid(file).stdout
    told = f"ibid: 3 of 6 are right, 50.0%: less than --at-least {percent}\n"
    assert result.stderr == (told if code else "")


def test_nothing_to_count(engine: Engine, file: str) -> None:
    Path(file).write_text(json.dumps(ROWS[-1]), "utf-8")
    result = ibid(file)
    assert result.exit_code == 1
    assert "Nobody reads it." in result.stdout
    assert "is --documents right?" in result.stderr


@pytest.mark.parametrize(
    "arguments", [[], ["a", "b"], ["a", "--at-least", "101"], ["a", "--at-least", "most"]]
)
def test_wrong_usage(arguments: list[str]) -> None:
    result = ibid(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Try 'ibid eval --help'" in result.stderr


def one_line(result: Result) -> str:
    assert result.stdout == ""
    assert re.fullmatch("ibid: [^\n]*\n", result.stderr)
    return result.stderr


@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff", b'{"question": "Why?"}'])
def test_a_file_that_cannot_be_used_opens_no_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    monkeypatch.delattr(Engine, "open")
    name = tmp_path / "q\x1b.jsonl"
    if content is not None:
        name.write_bytes(content)
    result = ibid(str(name))
    assert result.exit_code == 2
    assert "q␛.jsonl" in one_line(result)


def test_a_folder_for_a_file(tmp_path: Path) -> None:
    result = ibid(str(tmp_path))
    assert result.exit_code == 2
    assert "Is a directory" in one_line(result)


@pytest.mark.parametrize("target", [".", "nowhere/report.json"])
def test_a_report_that_cannot_be_written_asks_nothing(
    tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    monkeypatch.delattr(Engine, "open")
    result = ibid(file, "--report", str(tmp_path / target))
    assert result.exit_code == 1
    assert "choose another --report" in one_line(result)


def test_documents_that_cannot_be_opened(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise EncoderError("no model at x")

    monkeypatch.setattr(Engine, "open", fail)
    result = ibid(file)
    assert result.exit_code == 1
    assert one_line(result) == "ibid: no model at x\n"


def test_files_that_were_left_out_are_named(engine: Engine, file: str) -> None:
    engine.failures = (Failure("a.txt", "a.txt: no text"),)
    result = ibid(file, "--json")
    assert result.stderr == "ibid: as before, 1 left out: ibid status PATH lists them\n"
    assert json.loads(result.stdout)["questions"] == len(ROWS)


@pytest.mark.slow
def test_documents_of_your_own_in_a_process_of_its_own(file: str, index_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", MAIN, "eval", file, "-d", str(index_path), "--json"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr  # a slow machine may also tell its progress
    data = json.loads(done.stdout)
    assert (data["documents"], data["questions"], data["not_counted"]) == (3, 7, 1)


@pytest.mark.slow
def test_stdin_that_is_no_text() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MAIN, "eval", "-"],
        cwd=CHECKOUT,
        capture_output=True,
        input=b'{"question": "Why?", "expected": "none"}\n\xff',
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"ibid: stdin, line 2: not UTF-8; save the file as UTF-8\n"


def report(script: Script, *questions: GoldenQuestion) -> Report:
    return examine(scripted(script, WORLD), questions)


def test_only_what_was_asked_is_in_the_table() -> None:
    some = report({"Why?": [("Its lamp", 0.9)]}, GoldenQuestion("a", 1, "Why?", ("Its lamp",)))
    assert "they do not answer" not in report_text(some)
    assert "Misses" not in report_text(some)
    none = report({"Why?": [("Its lamp", 0.1)]}, GoldenQuestion("a", 1, "Why?", ()))
    assert "that the documents answer" not in report_text(none)
    assert "Median" not in report_text(none)


def test_what_should_not_have_been_quoted_is_told() -> None:
    asked = [
        GoldenQuestion("a", 1, "Why?", (), unexpected=("Its lamp", "Rye bread needs")),
        GoldenQuestion("b", 2, "Where?", (), anything=True),
        GoldenQuestion("c", 3, "Why?", (), unexpected=("No such words.",)),
    ]
    shown = report_text(report({"Why?": [("Its lamp", 0.9)], "Where?": [("Eels", 0.2)]}, *asked))
    assert re.search("Questions of which a condition is known\n  met +0 of 2 ", shown)
    assert "a  Why?\n  unexpected  Its lamp\n              harbour.txt:12\n  quoted  " in shown
    assert "Rye bread" not in shown
    assert "b  Where?\n  expected    an answer\n  closest" in shown
    assert "Quotes not in the documents: 1\n\nc  Why?\n  unexpected  No such words." in shown


def test_the_calibration_error_of_many_questions() -> None:
    script = {"Why?": [("Its lamp", 0.9)]}
    asked = [GoldenQuestion(str(n), n, "Why?", ("Its lamp",)) for n in range(100)]
    shown = report_text(report(script, *asked))
    assert "Calibration error of confidence (ECE): 0.100, 5 bins" in shown
    assert "ECE" not in report_text(report(script, *asked[1:]))


def test_nothing_hidden_reaches_the_terminal() -> None:
    hostile = "Ships\x1b]0;owned\x07 \u202egnp.exe pass at night."
    documents = [document(f"{hostile}\n\nEels swim.", "a\x1b[31m.txt")]
    questions = [
        GoldenQuestion(hostile, 1, "Why?", (hostile,)),
        GoldenQuestion("b\x1b", 2, f"Why {hostile}?", (f"Not {hostile}",), None),
        GoldenQuestion("c", 3, "Why?", ("Ships",), f"{hostile}.txt"),
    ]
    shown = report_text(examine(scripted({"Why?": [("Eels", 0.9)]}, documents), questions))
    assert shown.count("owned") == 5
    assert not set("\x1b\x07\u202e") & set(shown)


def test_a_terminal_gets_lines_of_its_width(
    engine: Engine, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "72")
    assert run(file)
    shown = terminal.getvalue()
    assert max(map(len, shown.splitlines())) <= 72
    quoted = re.search(r"^  quoted      Eels migrate.*\n {14}\S", shown, re.MULTILINE)
    assert quoted, "the second line stands under the first"


def test_a_long_quote_is_cut_and_many_places_are_counted() -> None:
    text = "Eels swim. " * 10 + "And so " + "on and " * 100 + "on."
    script = {"Why?": [("And so", 0.9)]}
    question = GoldenQuestion("a", 1, "Why?", ("Eels swim.",))
    shown = report_text(examine(scripted(script, [document(text, "a.txt")]), [question]))
    assert "a.txt:1, a.txt:1, a.txt:1 and 7 other places" in shown
    assert max(map(len, shown.splitlines())) <= 320


def test_every_field_of_the_report_is_documented(engine: Engine, file: str) -> None:
    documented = set(re.findall(r"`(\w+)`", (CHECKOUT / "docs" / "cli.md").read_text("utf-8")))
    data = json.loads(ibid(file, "--json").stdout)
    first = data["results"][0]
    fields = {*data, *data["shares"], *data["shares"]["right"], *first, *first["expected"][0]}
    assert fields <= documented
    assert {result["outcome"] for result in data["results"]} <= documented
