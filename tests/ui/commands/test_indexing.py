"""`ibid index`, `ibid remove` and `ibid status`: what a person who keeps an index sees."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from index.encoder.encode import OnnxEncoder
from index.encoder.models import DEFAULT, EXACT
from index.failures import Failure
from index.library.index import Index
from index.library.report import UpdateReport
from rag.engine import Engine
from rag.following import Following
from tests.followed import reports
from tests.index.load.office.office import cells, workbook
from tests.ui.test_cli import ibid, one_line
from ui.commands.indexing import STOPPED, tell
from ui.server.session import Session
from ui.server.views import Drawn


@pytest.fixture
def own(world: Path, tmp_path: Path, fast_build: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of an index; the world lies beside it, and the working folder is theirs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "own.ibid"


def index(*arguments: str) -> Any:
    return ibid("index", *arguments, "--into", "own.ibid")


def lines_of(told: str) -> list[str]:
    """What does not depend on how busy the machine is."""
    return [line for line in told.splitlines() if not line.startswith("slowest to read: ")]


def test_an_index_is_made_and_kept_up_to_date(own: Path, world: Path) -> None:
    made = index("world")
    assert made.exit_code == 0
    assert made.stdout.splitlines()[1] == "files: 3 added"
    assert made.stdout.startswith("3 documents, ")
    (world / "herons.txt").write_text("Herons wait at the weir.\n")
    (world / "eels.md").rename(world / "fish.md")
    assert index().stdout.splitlines()[1] == "files: 1 added, 1 renamed, 2 unchanged"
    removed = ibid("remove", "fish.md", "nested", "--from", "own.ibid")
    assert removed.stdout.splitlines()[1] == "files: 2 removed, 2 unchanged"


def test_every_file_that_failed_is_named_with_why_and_what_to_do(own: Path, world: Path) -> None:
    for i in range(9):
        (world / f"bad{i}.txt").write_bytes(b"\x00\x01\x02")
    made = index("world")
    assert made.exit_code == 0
    assert lines_of(made.stdout)[1:] == [
        "files: 12 added",
        "read: 2 .txt, 1 .md",
        "not read: 9 unreadable; each, and why: ibid status own.ibid --files",
    ]
    told = [line for line in made.stderr.splitlines() if line.startswith("ibid: ")]
    assert told == [
        f"ibid: left out bad{i}.txt: this is binary data, not text; save it as UTF-8"
        for i in range(9)
    ]
    status = ibid("status", "own.ibid")
    assert status.exit_code == 0
    assert all(f"\n  {line.removeprefix('ibid: left out ')}" in status.stdout for line in told)


def test_how_much_is_not_read_is_said_by_kind_and_each_with_why(own: Path, world: Path) -> None:
    for name in ("a.png", "b.png", "c.mp3", ".secret", "empty.txt", "d.db"):
        (world / name).touch()
    (world / ".gitignore").write_text("nested/\n")
    sums = "".join(f'<c r="{column}2"><f>A1</f></c>' for column in "BCDE")
    rows = cells(1, "Post", "2023", "2024", "2025") + f'<row r="2">{sums}</row>'
    (world / "budget.xlsx").write_bytes(workbook(rows))
    made = index("world")
    counts = "2 .png, 1 .db, 1 .mp3, 1 empty, 1 hidden and 1 other"
    assert lines_of(made.stdout)[1:] == [
        "files: 4 added",
        "read: 1 .md, 1 .txt, 1 .xlsx",
        f"not read: {counts}; each, and why: ibid status own.ibid --files",
        "  2 .png, 1 .db, 1 .mp3: not of a format that Ibid reads; save it as one that is read, "
        "such as .txt or .pdf",
        "  1 hidden: hidden, since its name begins with a dot; rename it to have it read",
        "  1 ignored folder: left out by nested/ in .gitignore; change that to have it read",
        "read in part: 1",
    ]
    assert made.stderr.splitlines() == [
        "ibid: read in part: budget.xlsx: 4 formulas have no result in the file (Sheet1!B2, "
        "Sheet1!C2, Sheet1!D2, …); open it in Excel or LibreOffice and save it again",
        "ibid: left out empty.txt: there is no text in it; remove it or fill it",
    ]
    status = ibid("status", "own.ibid").stdout
    assert f"\nnot read: {counts}; each, and why: --files\n" in status
    assert "\nread in part:\n  budget.xlsx: 4 formulas" in status
    assert "\nleft out:\n  empty.txt: there is no text" in status
    assert "a.png" not in status
    listed = ibid("status", "own.ibid", "--files").stdout.splitlines()
    assert listed[listed.index("not read:") + 1 :] == [
        "  .secret: hidden, since its name begins with a dot; rename it to have it read",
        "  a.png: not of a format that Ibid reads; save it as one that is read, such as .txt or "
        ".pdf",
        *(
            line.replace("a.png", name)
            for name in ("b.png", "c.mp3", "d.db")
            for line in listed
            if line.startswith("  a.png")
        ),
        "  nested/: left out by nested/ in .gitignore; change that to have it read",
    ]


def test_when_nothing_could_be_indexed_the_exit_code_says_so(own: Path, world: Path) -> None:
    shutil.rmtree(world)
    world.mkdir()
    (world / "bad.txt").write_bytes(b"\x00\x01\x02")
    made = index("world")
    assert made.exit_code == 1
    assert "bad.txt: this is binary data" in one_line(made)
    assert ibid("status", "own.ibid").exit_code == 1


def test_status_says_what_there_is_and_whether_it_still_is_so(own: Path, world: Path) -> None:
    index("world", "--exclude", "drafts/")
    shown = ibid("status", "own.ibid", "--files").stdout
    lines = {line[2:14].strip(): line[15:] for line in shown.splitlines() if line.startswith("  ")}
    assert lines["documents"] == "3, of 3 files"
    assert lines["made of"] == f"{world} (without drafts/)"
    assert lines["since then"] == "nothing changed"
    assert lines["encoder"].startswith("all-MiniLM-L6-v2 (")
    assert lines["last change"].endswith(" UTC")
    assert "     1  nested/bread.txt" in shown.splitlines()
    (world / "herons.txt").write_text("Herons wait at the weir.\n")
    (world / "eels.md").unlink()
    assert "2 files added, changed or removed" in ibid("status", "own.ibid").stdout
    world.rename(world.parent / "gone")
    assert f"not known: {world}: there is nothing there" in ibid("status", "own.ibid").stdout


def test_status_of_a_folder_that_was_asked(own: Path, world: Path) -> None:
    refused = ibid("status", str(world))
    assert refused.exit_code == 1
    assert "is no index and was not asked yet" in one_line(refused)
    Index.cached(world)
    assert "3, of 3 files" in ibid("status", str(world)).stdout


def test_a_new_index_is_made_of_something(own: Path) -> None:
    refused = index()
    assert refused.exit_code == 1
    assert "give a file or a folder" in one_line(refused)


def test_rules_are_forgotten_by_an_empty_one(own: Path, world: Path) -> None:
    assert index("world", "--include", "*.md").stdout.startswith("1 document,")
    assert index().stdout.startswith("1 document,")
    assert index("world", "--include", "").stdout.startswith("3 documents,")


@pytest.mark.parametrize("option", [["world"], ["--check"], ["--include", "*.md"]])
def test_to_make_it_again_is_all_there_is_to_say(own: Path, option: list[str]) -> None:
    refused = index("--rebuild", *option)
    assert refused.exit_code == 2
    assert "--rebuild takes what is in the index" in refused.stderr


def test_an_index_is_made_again_without_its_folder(own: Path, world: Path) -> None:
    index("world")
    shutil.rmtree(world)
    assert index("--rebuild").stdout.startswith("3 documents,")
    refused = index("--model", "another")
    assert refused.exit_code == 1
    assert "--model another --rebuild" in one_line(refused)


def test_the_default_model_in_full_precision_is_another_model(own: Path, world: Path) -> None:
    assert index("world", "--exact").exit_code == 0
    assert json.loads(ibid("status", "own.ibid", "--json").stdout)["model"] == EXACT
    assert index("--exact").exit_code == 0
    assert index("--rebuild").exit_code == 0
    assert index("--exact").exit_code == 0  # it is made again with its own
    assert index("--rebuild", "--model", DEFAULT).exit_code == 0
    refused = index("--exact")
    assert refused.exit_code == 1
    assert "ibid index --into own.ibid --exact --rebuild" in one_line(refused)
    assert index("--rebuild", "--exact").exit_code == 0
    assert json.loads(ibid("status", "own.ibid", "--json").stdout)["model"] == EXACT


def test_the_default_model_and_another_are_not_both_named(own: Path) -> None:
    refused = index("world", "--exact", "--model", "another")
    assert refused.exit_code == 2
    assert "leave out --model" in refused.stderr


def test_ctrl_c_says_that_what_was_done_is_kept(
    own: Path, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(OnnxEncoder, "encode_passages", interrupted)
        stopped = index("world")
    assert stopped.exit_code == 130
    assert "what was done is kept" in one_line(stopped)
    assert index("world").exit_code == 0


KILLED = """
import os, signal, sys
from pathlib import Path
from index.encoder import remember
from index.encoder.encode import OnnxEncoder
from index.library.index import Index
from index.library.recipe import Recipe
folder = Path(sys.argv[3])
remember.CHUNK = 2
real, calls = OnnxEncoder.encode_passages, []
def encode(self, texts, *rest):
    calls.append(texts)
    if len(calls) == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(self, texts, *rest)
OnnxEncoder.encode_passages = encode
Index(sys.argv[2], Recipe(lambda *_: (OnnxEncoder(folder), folder))).update(sys.argv[1])
"""


@pytest.mark.slow
def test_a_run_that_was_killed_goes_on_where_it_was(
    own: Path, world: Path, tiny_compiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = [sys.executable, "-c", KILLED, str(world), str(own), str(tiny_compiled)]
    root = Path(__file__).parents[3]
    killed = subprocess.run(arguments, cwd=root, env=os.environ | {"PYTHONPATH": str(root)})
    assert killed.returncode == -signal.SIGKILL
    encoded: list[str] = []
    real = OnnxEncoder.encode_passages

    def counted(self: OnnxEncoder, texts: Any, *rest: Any) -> Any:
        encoded.extend(texts)
        return real(self, texts, *rest)

    monkeypatch.setattr(OnnxEncoder, "encode_passages", counted)
    assert index("world").exit_code == 0
    whole = list(encoded)
    shutil.rmtree(own)
    index("world")
    assert len(encoded) - len(whole) == len(whole) + 6  # three chunks of two were kept


@pytest.mark.slow
def test_an_index_follows_its_folder(own: Path, world: Path) -> None:
    library = Index(own)
    library.update(world)
    heard = reports(library, world)
    assert heard[0].added == 1
    assert "herons.txt" in [d.source for d in library.documents]


def test_each_failure_is_told_once(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = Failure("a.txt", "a.txt: this is binary data, not text")
    new = Failure("b.txt", "b.txt: this is binary data, not text")
    report = UpdateReport(own, 1, 1, 1, (known, new), 1, 0, 0, 0, 0)
    tell(report, {known})
    assert capsys.readouterr().err.splitlines() == [f"ibid: left out {new.reason}"]


def test_the_files_that_took_long_are_named(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slowest = (("big.pdf", 12.4), ("large.docx", 3.0))
    tell(UpdateReport(own, 1, 1, 1, (), 1, 0, 0, 0, 0, slowest=slowest))
    told = capsys.readouterr().out.splitlines()
    assert told[-1] == "slowest to read: big.pdf 12 s, large.docx 3 s"


def test_a_status_as_json_names_what_is_read_and_what_is_not(own: Path, world: Path) -> None:
    (world / "a.png").touch()
    (world / "bad.txt").write_bytes(b"\x00\x01\x02")
    index("world")
    status = ibid("status", "own.ibid", "--json")
    assert status.exit_code == 0
    told = json.loads(status.stdout)
    assert told["kinds"] == {".txt": 2, ".md": 1}
    assert told["unread"] == {".png": 1, "unreadable": 1}
    assert {(f["source"], f["why"], f["partly"]) for f in told["failures"]} == {
        ("a.png", "format", False),
        ("bad.txt", "unreadable", False),
    }
    assert [f["source"] for f in told["files"] if f["documents"]] == [
        "eels.md",
        "harbour.txt",
        "nested/bread.txt",
    ]
    assert told["documents"] == 3
    assert told["slowest"] == []
    assert told["waiting"] == 0
    assert ibid("status", "own.ibid", "--json", "--files").exit_code == 2


def test_the_index_of_python(own: Path, world: Path) -> None:
    mine = Index(own)
    assert mine.update(world, exclude=["nested/"]).added == 2
    assert [d.source for d in mine.documents] == ["eels.md", "harbour.txt"]
    assert mine.update(exclude=[]).added == 1
    assert mine.remove("eels.md").removed == 1
    assert [d.source for d in mine.documents] == ["harbour.txt", "nested/bread.txt"]
    (world / "bad.txt").write_bytes(b"\x00\x01\x02")
    assert [f.source for f in mine.update([world]).failures] == ["bad.txt"]
    assert [f.source for f in mine.failures] == ["bad.txt"]
    assert mine.rebuild().documents == 2
    assert repr(mine) == f"Index({str(own)!r})"


def test_what_has_no_vectors_yet_is_said_until_it_has(
    own: Path, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("index.library.writer.MANY", 1)
        patch.setattr(OnnxEncoder, "encode_passages", _interrupt)
        assert index("world").exit_code == STOPPED
    passages = Index(own).status().summary.counts.passages
    said = f"{passages} passages are found by their words only so far"
    assert f"  of them      {said}\n" in ibid("status", "own.ibid").stdout
    assert json.loads(ibid("status", "own.ibid", "--json").stdout)["unencoded"] == passages
    assert f"ibid: {said}\n" in ibid("ask", "Eels?", "--documents", "own.ibid").stderr
    assert said in _shelf(own)
    assert index().exit_code == 0
    assert "of them" not in ibid("status", "own.ibid").stdout
    assert json.loads(ibid("status", "own.ibid", "--json").stdout)["unencoded"] == 0
    assert "only so far" not in ibid("ask", "Eels?", "--documents", "own.ibid").stderr
    assert "only so far" not in _shelf(own)


def _shelf(own: Path) -> str:
    """The page's list of documents."""
    return Drawn("home").library(Session("t" * 32, Following(Engine.open(own))))


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
