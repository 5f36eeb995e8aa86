"""The command line: what is printed where, and the exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

import seeds
from index.errors import EncoderError, StorageError
from index.failures import Failure
from index.library.index import Index
from index.storage import cache
from index.types import Document
from rag.answers import Answer
from rag.citations import Citation
from rag.composers import COMPOSERS
from rag.engine import Engine
from rag.kinds import QuestionKind
from tests.doubles import document
from tests.scripted import scripted
from tests.ui.handmade import LIGHTHOUSE
from ui import terminal
from ui.cli import app

CHECKOUT = Path(__file__).resolve().parents[2]
MAIN = "import sys; sys.argv[0] = 'ibid'; from ui.cli import main; main()"


class FixedEngine:
    """Gives the same answer to every question, and remembers what it was asked."""

    notice, unencoded, generation = "", 0, None

    def __init__(self, answer: Answer, documents: tuple[Document, ...] = ()) -> None:
        self.answer = answer
        self.documents = documents
        self.failures: tuple[Failure, ...] = ()
        self.opened: list[object] = []
        self.asked: list[tuple[str, int]] = []
        self.reads = False  # whether files are read when it is opened
        self.kinds: list[QuestionKind | None] = []

    def open(self, documents: object, *, progress: Callable[[str, int, int], None]) -> FixedEngine:
        self.opened.append(documents)
        if self.reads:
            progress("reading files", 0, 1)
        return self

    def ask(self, question: str, *, max_sentences: int, kind: QuestionKind | None = None) -> Answer:
        self.asked.append((question, max_sentences))
        self.kinds.append(kind)
        return self.answer


@pytest.fixture
def engine(
    answer: Answer, lighthouse: Document, harbour: Document, monkeypatch: pytest.MonkeyPatch
) -> FixedEngine:
    fixed = FixedEngine(answer, (lighthouse, harbour))
    monkeypatch.setattr(Engine, "open", fixed.open)
    return fixed


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    cache._usable.cache_clear()
    yield tmp_path / "home"
    cache._usable.cache_clear()


def ibid(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=stdin)


def ibid_process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", MAIN, *arguments],
        cwd=CHECKOUT,
        text=True,
        stderr=subprocess.PIPE,
        timeout=120,
        **options,
    )


def one_line(result: Result) -> str:
    """What stderr says, when that is one line and stdout is empty."""
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("ibid: ")
    return result.stderr


def test_ask_prints_the_answer_and_nothing_else(
    engine: FixedEngine, golden: Callable[[str, str], None]
) -> None:
    result = ibid("ask", "What did the lamp burn?")
    assert (result.exit_code, result.stderr) == (0, "")
    golden("answer.txt", result.stdout.removesuffix("\n"))
    assert engine.opened == [None]
    assert engine.asked == [("What did the lamp burn?", 4)]


def test_ask_passes_its_options_on(engine: FixedEngine, tmp_path: Path) -> None:
    ibid("ask", "Why?", "--documents", str(tmp_path), "--max-sentences", "2")
    assert engine.opened == [[tmp_path]]
    assert engine.asked == [("Why?", 2)]
    assert engine.kinds == [None]


def test_ask_reads_a_question_as_it_is_told(engine: FixedEngine) -> None:
    for kind in (QuestionKind.FACT, *COMPOSERS):
        assert ibid("ask", "Why?", "--as", kind.name.lower()).exit_code == 0
    assert engine.kinds == [QuestionKind.FACT, *COMPOSERS]
    refused = ibid("ask", "Why?", "--as", "riddle")
    assert refused.exit_code == 2
    assert "'fact', 'list', 'count'" in refused.stderr


def test_ask_json(engine: FixedEngine, golden: Callable[[str, str], None]) -> None:
    result = ibid("ask", "Why?", "--json")
    assert result.exit_code == 0
    golden("answer.json", result.stdout.removesuffix("\n"))


def test_ask_explains(monkeypatch: pytest.MonkeyPatch) -> None:
    lamp = document(LIGHTHOUSE, "lamp.txt")
    made = scripted({"Why?": [("It burned", 0.9), ("The lamp was", 0.3)]}, [lamp])
    monkeypatch.setattr(Engine, "open", lambda *_, **__: made)
    plain = ibid("ask", "Why?").stdout
    explained = ibid("ask", "Why?", "--explain")
    assert explained.exit_code == 0
    assert explained.stdout.startswith(f"{plain}\nPassages read")
    assert "quoted as [1]" in explained.stdout


def test_ask_explains_no_json(engine: FixedEngine) -> None:
    result = ibid("ask", "Why?", "--explain", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "leave out --json" in result.stderr
    assert engine.opened == []


def test_not_in_the_documents(
    engine: FixedEngine, abstained: Answer, golden: Callable[[str, str], None]
) -> None:
    engine.answer = abstained
    result = ibid("ask", "Did zebras gallop?")
    assert (result.exit_code, result.stderr) == (3, "")
    golden("abstain.txt", result.stdout.removesuffix("\n"))
    assert ibid("ask", "Did zebras gallop?", "--json").exit_code == 3


@pytest.mark.parametrize(
    "question", ["\"a\" 'b' $HOME `c` \\n %s", "-5 degrees: where?", "--help", "Qu’est-ce ?"]
)
def test_a_question_arrives_as_it_was_typed(engine: FixedEngine, question: str) -> None:
    ibid("ask", "--", question)
    ibid("ask", "-", stdin=question + "\n")
    assert engine.asked == [(question, 4)] * 2


@pytest.mark.parametrize("question", ["", "   ", "?!", "x" * 2001, "a\x00b", "a\ud800b"])
def test_refused_questions_open_no_index(engine: FixedEngine, question: str) -> None:
    result = ibid("ask", "--", question)
    assert result.exit_code == 2
    assert "question" in one_line(result)
    assert engine.opened == []


@pytest.mark.parametrize(
    "arguments",
    [["ask"], ["ask", "a", "b"], ["ask", "a", "--max-sentences", "0"], ["aks"], ["ask", "--no"],
     ["index", "a"], ["status"], ["remove", "a"], ["verify"], ["chat", "--port", "70000"]],
)  # fmt: skip
def test_wrong_usage(engine: FixedEngine, arguments: list[str]) -> None:
    result = ibid(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Try 'ibid" in result.stderr
    assert engine.opened == []


def test_files_that_were_left_out_are_named(engine: FixedEngine) -> None:
    engine.failures = tuple(Failure(f"{n}.txt", f"{n}.txt: \x1b[31mno text") for n in range(8))
    engine.reads = True
    result = ibid("ask", "Why?")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        *(f"ibid: left out {n}.txt: ␛[31mno text" for n in range(5)),
        "ibid: 3 more: ibid status PATH lists them",
    ]


def test_where_nothing_was_read_anew_they_are_counted_in_one_line(engine: FixedEngine) -> None:
    engine.failures = (
        *(Failure(f"{n}.txt", f"{n}.txt: no text") for n in range(3)),
        Failure("budget.xlsx", "budget.xlsx: 3 formulas have no result", partly=True),
    )
    result = ibid("ask", "Why?")
    assert result.stderr == (
        "ibid: as before, 3 left out, 1 read in part: ibid status PATH lists them\n"
    )


@pytest.mark.parametrize(
    "error", [EncoderError("no such model; name another"), StorageError("full")]
)
def test_known_errors_are_one_line(
    engine: FixedEngine, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Engine, "open", fail)
    result = ibid("ask", "Why?")
    assert result.exit_code == 1
    assert one_line(result) == f"ibid: {error}\n"


@pytest.mark.parametrize("command", [["ask", "Why?", "-d"], ["verify", "ANSWER", "-d"]])
def test_a_missing_path(tmp_path: Path, answer_json: Path, command: list[str]) -> None:
    arguments = [str(answer_json) if a == "ANSWER" else a for a in command]
    result = ibid(*arguments, str(tmp_path / "no\x1bwhere"))
    assert result.exit_code == 1
    assert "no␛where" in one_line(result)


def test_ctrl_c(engine: FixedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Engine, "open", interrupt)
    assert ibid("ask", "Why?").exit_code == 130


@pytest.mark.slow
def test_a_second_ctrl_c_while_threads_end() -> None:
    script = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
from ui import cli

def app():
    ThreadPoolExecutor(1).submit(time.sleep, 3)
    print("stopped", flush=True)
    raise KeyboardInterrupt

cli.app = app
cli.main()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "stopped\n"
    time.sleep(1)  # it waits for its thread now
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20)[1] == ""
    assert process.returncode == 130


def test_nobody_reads_the_output() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = ibid_process("cache", stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_the_output_cannot_be_written() -> None:
    with open("/dev/full", "w") as full:
        done = ibid_process("cache", stdout=full)
    assert done.returncode == 1
    assert re.fullmatch("ibid: cannot write the result .*\n", done.stderr)


def test_a_terminal_that_knows_only_ascii(tmp_path: Path) -> None:
    home = tmp_path / "Qu’est"
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "IBID_HOME": str(home)}
    done = ibid_process("cache", stdout=subprocess.PIPE, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Qu\\u2019est" in done.stdout


def test_help_loads_nothing_heavy() -> None:
    check = (
        "import sys; from ui.cli import app; app(['ask', '--help'], standalone_mode=False); "
        "heavy = {'numpy', 'rich', 'torch', 'transformers', 'faiss', 'gradio', 'onnxruntime'}; "
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=CHECKOUT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def answer_json(answer: Answer, tmp_path: Path) -> Path:
    """What `ibid ask --json` printed; the documents it quotes lie in tmp_path/docs."""
    for citation in answer.citations:
        file = tmp_path / "docs" / citation.document.source
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(citation.document.text, encoding="utf-8", newline="")
    (tmp_path / "answer.json").write_text(json.dumps(answer.to_dict()), encoding="utf-8")
    return tmp_path / "answer.json"


def test_verify_says_that_all_hold(answer_json: Path, tmp_path: Path) -> None:
    result = ibid("verify", str(answer_json), "--documents", str(tmp_path / "docs"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line[:9] for line in result.stdout.splitlines()] == [f"[{n}] holds" for n in (1, 2, 3)]


def test_verify_reads_stdin_and_the_bundled_articles(engine: FixedEngine) -> None:
    article = Index.load(seeds.FOLDER).documents[0]
    end = article.text.index(".") + 1
    quoted = Citation(article, 0, end, None, 1.0, 1)
    data = Answer("What is it about?", (quoted,), (), 0.9).to_dict()
    result = ibid("verify", "-", stdin=json.dumps(data))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("[1] holds")
    assert engine.opened == []  # checking needs the texts alone, no index


def test_verify_notices_a_changed_file_and_a_missing_one(answer_json: Path, tmp_path: Path) -> None:
    changed = tmp_path / "docs" / "notes" / "lighthouse.txt"
    changed.write_text(LIGHTHOUSE.replace("1874", "1875"), encoding="utf-8")
    (tmp_path / "docs" / "harbour.txt").unlink()
    result = ibid("verify", str(answer_json), "--documents", str(tmp_path / "docs"))
    assert result.exit_code == 1
    first, words, second, third, saved = result.stdout.splitlines()
    assert first.startswith("[1] changed ")
    assert words.endswith("until [-1874-] {+1875+}, when the Board sent paraffin.")
    assert second.startswith("[2] holds ")
    assert third.startswith("[3] document missing ")
    assert saved == "    as it was saved: Coal ships paid nothing <1870."


def test_verify_renews_what_moved(answer_json: Path, tmp_path: Path) -> None:
    docs, renewed = tmp_path / "docs", tmp_path / "renewed.json"
    (docs / "harbour.txt").rename(docs / "dues.txt")
    given = ("verify", str(answer_json), "-d", str(docs))
    result = ibid(*given, "--renew", str(renewed))
    assert result.exit_code == 4
    assert result.stdout.splitlines()[2] == "[3] moved  harbour.txt: dues.txt:3, was line 3"
    assert ibid("verify", str(renewed), "-d", str(docs)).exit_code == 0
    (docs / "dues.txt").unlink()
    result = ibid(*given, "--renew", str(renewed))
    assert result.exit_code == 1
    assert result.stderr.rstrip().endswith("renewed.json is without [3]")


def test_verify_tells_only_what_is_new_since_a_report(answer_json: Path, tmp_path: Path) -> None:
    docs, report = tmp_path / "docs", tmp_path / "report.json"
    given = ("verify", str(answer_json), str(answer_json), "-d", str(docs))
    report.write_text(ibid(*given, "--json").stdout, "utf-8")
    result = ibid(*given, "--since", str(report))
    assert (result.exit_code, result.stdout) == (0, "Nothing is other than it was.\n")
    (docs / "harbour.txt").unlink()
    result = ibid(*given[:2], "-d", str(docs), "--since", str(report))
    assert result.exit_code == 1
    assert [line[:22] for line in result.stdout.splitlines()][:1] == ["[3] document missing  "]
    result = ibid(*given, "--since", str(answer_json))
    assert result.exit_code == 1
    assert "no report" in one_line(result)


@pytest.mark.parametrize("suffix", ["html", "json", "md"])
def test_verify_writes_a_report(answer_json: Path, tmp_path: Path, suffix: str) -> None:
    report = tmp_path / f"report.{suffix}"
    given = ("verify", str(answer_json), "-d", str(tmp_path / "docs"))
    assert ibid(*given, "--out", str(report)).exit_code == 0
    assert "paraffin" in report.read_text("utf-8")
    result = ibid(*given, "--out", str(tmp_path / "report.pdf"))
    assert (result.exit_code, "--out ends in .html, .json or .md" in result.stderr) == (2, True)
    result = ibid(*given, str(answer_json), "--renew", str(tmp_path / "renewed.json"))
    assert (result.exit_code, "--renew writes one answer" in result.stderr) == (2, True)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "null", "{}", '{"format": 1}', "[" * 10**5])
def test_verify_refuses_what_is_no_answer(engine: FixedEngine, text: str) -> None:
    result = ibid("verify", "-", stdin=text)
    assert result.exit_code == 1
    assert "`ibid ask --json`" in one_line(result)


def test_verify_without_the_file(tmp_path: Path) -> None:
    result = ibid("verify", str(tmp_path / "none.json"))
    assert result.exit_code == 1
    assert "cannot read" in one_line(result)


def test_verify_an_abstention(engine: FixedEngine, abstained: Answer) -> None:
    result = ibid("verify", "-", stdin=json.dumps(abstained.to_dict()))
    assert (result.exit_code, result.stdout) == (0, "There is no quotation in this answer.\n")


def test_cache_shows_and_clears(own_home: Path) -> None:
    (own_home / "indexes" / "notes-1").mkdir(parents=True)
    (own_home / "indexes" / "notes-1" / "vectors").write_bytes(bytes(1_500_000))
    shown = ibid("cache")
    assert re.search(r"1\.5 MB +index +notes-1\n +1\.5 MB +in ", shown.stdout)
    assert ibid("cache", "clear").stdout == "freed 1.5 MB\n"
    assert re.fullmatch(r" *0\.0 MB  in .*\n", ibid("cache").stdout)


def test_version() -> None:
    assert re.fullmatch(
        r"ibid (\d+\.\d+\.\d+\S*)\n|ibid, not installed\n", ibid("--version").stdout
    )


@pytest.mark.parametrize(
    ("variables", "colored"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colours_only_on_a_terminal(
    answer: Answer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variables: dict[str, str],
    colored: bool,
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in ({"TERM": "xterm"} | variables).items():
        monkeypatch.setenv(name, value)
    terminal.answer(answer, as_json=False)
    assert ("\x1b[" in capsys.readouterr().out) is colored


def help_texts() -> str:
    """The help of every command, as docs/cli.md shows it."""
    names: list[tuple[str, ...]] = [()]
    group = typer.main.get_group(app)
    for outer, command in group.commands.items():
        names.append((outer,))
        names += [(outer, inner) for inner in getattr(command, "commands", {})]
    blocks = []
    for name in names:
        shown = CliRunner().invoke(app, [*name, "--help"], prog_name="ibid").stdout.rstrip()
        blocks.append(f"### {' '.join(('ibid', *name))}\n\n```text\n{shown}\n```\n")
    return "\n".join(blocks)


def test_the_documented_help_is_current() -> None:
    file = CHECKOUT / "docs" / "cli.md"
    begin, end = "<!-- help: begin -->\n", "<!-- help: end -->"
    before, rest = file.read_text("utf-8").split(begin)
    current = f"{before}{begin}{help_texts()}{end}{rest.partition(end)[2]}"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(current, encoding="utf-8")
    assert file.read_text("utf-8") == current


def test_every_json_field_is_documented(answer: Answer) -> None:
    documented = set(re.findall(r"`(\w+)`", (CHECKOUT / "docs" / "cli.md").read_text("utf-8")))
    shown = answer.to_dict()
    assert {*shown, *shown["citations"][0]} <= documented


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("brief", "--since", "soon"), "'soon' is no day"),
        (("brief", "--out", "brief.exe"), "--out ends in"),
        (("timeline", "--from", "soon"), "'soon' is no date"),
        (("timeline", "--until", "2019-13"), "'2019-13' is no date"),
        (("who", "--kind", "animals"), "'animals' is not one of"),
        (("questions", "--top", "0"), "Input should be"),
        (("ask", "Where?", "--as", "poem"), "'poem' is not one of"),
        (("ask", ""), "question"),
        (("about", "--sentences", "0"), "Input should be"),
        (("table", "{empty}"), "no question"),
        (("eval", "{empty}"), "line 1"),
        (("verify", "{other}"), "not an answer"),
        (("verify", "{answer}", "--since", "{other}"), "is no report"),
        (("chat", "--port", "99999"), "Input should be"),
        (("chat", "--no-open", "--host", "203.0.113.7"), "cannot listen on 203.0.113.7"),
        (("chat", "--no-open", "--trusted-proxy", "nobody"), "nobody"),
    ],
)
def test_what_is_refused_is_refused_before_any_document_is_looked_for(
    arguments: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    files = {name: str(tmp_path / f"{name}.json") for name in ("empty", "answer", "other")}
    Path(files["empty"]).write_text("# a remark\n")
    Path(files["other"]).write_text("{}")
    Path(files["answer"]).write_text('{"format": 1, "question": "Where?", "citations": []}')
    given = [argument.format(**files) for argument in arguments]
    nowhere = [] if given[0] == "about" else ["-d"]
    shown = CliRunner().invoke(app, [*given, *nowhere, str(tmp_path / "nowhere")])
    said = shown.stderr.replace("\n", " ")
    assert shown.exit_code in (1, 2)
    assert told in said
    assert "nowhere" not in said
