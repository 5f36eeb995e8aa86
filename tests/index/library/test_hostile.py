"""Bad files of every kind: each is a document or a refusal, and what was indexed still answers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import NoDocuments, UnreadableDocument
from index.generation import store
from index.isolation.parsers import Parsers
from index.library.index import Index
from index.load.loading import Loaded
from tests.index.hostile import FACT, FILES, NAMES, REFUSED, SLOW, made
from tests.index.library.test_updating import answers, same_as_fresh
from ui.server.dropped import Dropped, safe_name

ONE_GB = 2**20  # kB
EACH = [pytest.param(n, marks=[pytest.mark.slow] if n in SLOW else []) for n in FILES]
PEAK = """
import resource, sys
from index.isolation.parsers import Parsers
from tests.index.hostile import made
with Parsers(children=1) as parsers:
    for name in sys.argv[1:]:
        loaded = parsers.load(made(name), name)
        assert loaded.documents or loaded.failures
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, before)
"""


@pytest.fixture(scope="module")
def alone() -> Iterator[Parsers]:
    """One process with the limits that hold for people's files."""
    with Parsers(children=1) as made:
        yield made


def peak(parsers: Parsers) -> int:
    """The most that a process which still runs had in memory, in kB."""
    status = [Path(f"/proc/{p.pid}/status").read_text() for p in parsers.running]
    return max((int(re.findall(r"VmHWM:\s+(\d+) kB", said)[0]) for said in status), default=0)


@pytest.mark.slow
@pytest.mark.parametrize("name", EACH)
def test_a_bad_file_is_a_document_or_a_refusal(name: str, alone: Parsers) -> None:
    data, expected = made(name), FILES[name][1]
    loaded = alone.load(data, name)  # ends: the process has limits, and a test of its own says so
    assert peak(alone) < ONE_GB
    check(loaded, name, expected)


def check(loaded: Loaded, name: str, expected: str) -> None:
    if not loaded.failures:
        assert loaded.documents
        assert re.fullmatch(f"(?:{expected})", ""), "it was to be refused"
    for source, reason, *_ in loaded.failures:
        assert source.startswith(name)
        assert reason.startswith(name)
        assert reason.isprintable()
        assert re.search(expected or r"\A\Z", reason), reason
    for document in loaded.documents:
        assert "root:" not in document.text
        assert document.source.startswith(name)


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 80
    assert len(REFUSED) >= 50


@pytest.mark.slow
def test_no_process_takes_over_a_gigabyte(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that were ended are measured too, in a process whose only children they are."""
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    names = ["flate-bomb.pdf", "wide.csv", "stored-bomb.docx", "newlines.txt", "deep.html"]
    run = subprocess.run(
        [sys.executable, "-c", PEAK, *names], capture_output=True, text=True, check=True
    )
    most, own = map(int, run.stdout.split())
    assert own / 2 < most < ONE_GB


@pytest.fixture
def index(world: Path, tmp_path: Path, fast_build: None) -> Path:
    """An index of the three documents of the world."""
    Index(tmp_path / "index").update(world)
    return tmp_path / "index"


@pytest.mark.slow
def test_an_index_answers_as_before_and_names_the_bad_files(world: Path, index: Path) -> None:
    before, bad = answers(index), set(REFUSED) - SLOW
    for name in bad:
        (world / name).write_bytes(made(name))
    (world / "out.txt").symlink_to("/etc/passwd")
    os.mkfifo(world / "pipe.txt")
    report = Index(index).update(world)
    assert answers(index) == before
    named = {failure.source.partition("/")[0].partition("#")[0] for failure in report.failures}
    assert {n.partition(",")[0] for n in named} == {*bad, "out.txt", "pipe.txt"}
    assert report.unchanged == 3
    again = Index(index).update(world)
    assert again.failures == report.failures
    assert again.unchanged == 3 + len(bad)


def test_a_refusal_leaves_the_index_as_it_was(world: Path, index: Path, tmp_path: Path) -> None:
    held = {p: p.read_bytes() for p in index.rglob("*") if p.is_file()}
    for file in world.rglob("*.*"):
        file.write_bytes(made("nuls.txt"))
    with pytest.raises(NoDocuments, match="binary data"):
        Index(index).update(world)
    assert {p: p.read_bytes() for p in index.rglob("*") if p.is_file()}.items() >= held.items()
    assert len(store.open_index(index).documents) == 3


@pytest.mark.slow
def test_two_hundred_files_of_one_text_are_one_document(
    world: Path, index: Path, tmp_path: Path
) -> None:
    for n in range(200):
        (world / f"same-{n:03}.txt").write_text(FACT)
    Index(index).update(world)
    (same,) = (d for d in store.open_index(index).documents if d.text == FACT)
    assert len(same.copies) == 199
    same_as_fresh(index, world, tmp_path / "again")


def test_hostile_names_of_files_are_only_names(world: Path, index: Path) -> None:
    names = []
    for number, name in enumerate(NAMES):
        plain = name.replace("/", "_").replace("\0", "_").replace("\ud800", "\udcff")[:200]
        if plain.endswith(".txt") and not plain.startswith("."):  # those are hidden
            (world / plain).write_bytes(f"{FACT} {number}".encode())
            (world / f"bad{plain}").write_bytes(b"\0\1\2")
            names.append(plain)
    report = Index(index).update(world)
    assert {d.source for d in store.open_index(index).documents} >= {*names}
    assert len(report.failures) == len(names)
    for failure in report.failures:
        assert failure.reason.isprintable()
        assert failure.source.isprintable()


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_from_a_browser_stays_in_its_folder(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    dropped = Dropped("a" * 30)
    before = {p for p in tmp_path.rglob("*") if p.is_file()}
    try:
        kept = dropped.add(name, FACT.encode())
    except (UnreadableDocument, UnicodeError):
        kept = ""
    made_ = {p for p in tmp_path.rglob("*") if p.is_file()} - before
    assert all(p.is_relative_to(dropped.folder) for p in made_)
    assert len(made_) == bool(kept)
    assert kept == (safe_name(name) if kept else "")
