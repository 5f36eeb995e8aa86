"""Files are read in processes of their own: whatever one does there, the next file is read."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pytest

from index.errors import ParserError
from index.isolation import parsers as parsers_module, process
from index.isolation.frames import BadFrame, parsed
from index.isolation.parsers import Parsers, ahead
from index.limits import Limits
from index.load.loading import Loaded
from tests.index.isolation.bad_parsers import ENDINGS, LIES, TEXT

SMALL = Limits(memory=2**28, cpu=1, wall=2.0)
AMPLE = Limits(wall=60.0)
BAD = "tests.index.isolation.bad_parsers"


@pytest.fixture
def parsers() -> Iterator[Parsers]:
    """One process with small limits that does what the files say."""
    with Parsers(SMALL, children=1, parser=BAD) as made:
        yield made


@pytest.fixture(scope="module")
def patient() -> Iterator[Parsers]:
    """The same with time enough."""
    with Parsers(AMPLE, children=1, parser=BAD) as made:
        yield made


def told(parsers: Parsers, what: str) -> str:
    """Why a file was refused; the next one is read all the same."""
    loaded = parsers.load(what.encode(), "a.txt")
    assert loaded.documents == ()
    ((source, reason, *_),) = loaded.failures
    assert source == "a.txt"
    assert reason.startswith("a.txt: ")
    assert reason.isprintable()
    assert is_good(parsers.load(b"good Ida", "b.txt"))
    return reason.removeprefix("a.txt: ")


def is_good(loaded: Loaded) -> bool:
    return [d.text for d in loaded.documents] == [TEXT]


ANEW = "; split it, or save it anew with another program"


def test_a_text_comes_back_as_it_was_found(patient: Parsers) -> None:
    loaded = patient.load(b"good Ida", "a\udcff.txt", {"publisher": "Harbour Press \ud900"})
    (document,), (failure,) = loaded
    assert (document.text, document.title, document.source) == (
        TEXT,
        "Title \udc80",
        "a\udcff.txt#1",
    )
    assert document.meta == {
        "author": "Ida",
        "publisher": "Harbour Press \ud900",
        "language": "en",
        "loader": "text/4",
        "sha256": hashlib.sha256(b"good Ida").hexdigest(),
    }
    assert document.page(3) == "p. \ud800"
    assert failure[:2] == ("a\udcff.txt#2", "a\udcff.txt#2: no text in it")


@pytest.mark.slow
@pytest.mark.parametrize("what", ["sleeps", "stops", "closes"])
def test_a_file_that_takes_too_long_is_given_up(what: str, parsers: Parsers) -> None:
    assert told(parsers, what) == f"it took over 2 seconds to read{ANEW}"


@pytest.mark.slow
def test_a_file_that_takes_much_processor_time_is_given_up() -> None:
    with Parsers(Limits(cpu=1, wall=60), children=1, parser=BAD) as parsers:
        for _ in range(2):  # what was used before is not counted
            assert (
                told(parsers, "loops") == f"it took over 1 seconds of processor time to read{ANEW}"
            )


@pytest.mark.slow
def test_processor_time_is_counted_for_each_file() -> None:
    with Parsers(
        Limits(cpu=1, wall=60), children=1, parser="tests.index.isolation.busy_parser"
    ) as parsers:
        used = [parsers.load(b"", "a.txt").documents[0].text for _ in range(3)]
    assert len({said.split()[0] for said in used}) == 1  # the same process …
    assert float(used[-1].split()[1]) > 1.0  # … which used more in all than one file may


@pytest.mark.slow
def test_a_file_that_needs_much_memory_is_given_up(parsers: Parsers) -> None:
    assert told(parsers, "eats") == f"it needed over 0.25 GB of memory{ANEW}"


@pytest.fixture
def helped(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parsers]:
    """Two processes with small limits, of which one helps the other."""
    monkeypatch.setattr(parsers_module, "cores", lambda: 2)
    with Parsers(Limits(memory=2**28, cpu=2, wall=60.0), children=2, parser=BAD) as made:
        yield made


@pytest.mark.slow
def test_a_fork_that_is_ended_ends_the_reading_of_its_file(helped: Parsers) -> None:
    assert told(helped, "forks crashes") == f"the parser crashed on it{ANEW}"


@pytest.mark.slow
@pytest.mark.parametrize("what", ["eats", "loops"])
def test_what_a_part_of_the_limits_does_not_suffice_for_is_read_alone(
    what: str, helped: Parsers
) -> None:
    for _ in range(2):  # the places are given back
        assert is_good(helped.load(f"forks {what}".encode(), "a.txt"))


def test_a_process_is_killed_with_its_forks(helped: Parsers) -> None:
    reading = helped.begin(b"forks sleeps", "a.txt", {})
    (process,) = waited_for(lambda: helped.running)
    group = waited_for(lambda: [pid for pid in of_group(process.pid) if pid != process.pid])
    helped.close()
    assert reading.done()
    assert group
    waited_for(lambda: not of_group(process.pid))


T = TypeVar("T")


def waited_for(look: Callable[[], T]) -> T:
    """What it sees, as soon as that is something."""
    for _ in range(3_000):
        if seen := look():
            return seen
        time.sleep(0.01)
    pytest.fail("nothing was seen")


def of_group(group: int) -> list[int]:
    """The processes of a group that have not ended."""
    said = subprocess.run(
        ["ps", "-eo", "pid=,pgid=,stat="], capture_output=True, text=True, check=True
    ).stdout
    rows = (line.split() for line in said.splitlines())
    return [int(pid) for pid, own, state in rows if int(own) == group and state[0] != "Z"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("children", "spare", "cores", "lent"),
    [(1, 0, 8, 0), (2, 0, 8, 1), (3, 0, 8, 2), (3, 1, 8, 1), (3, 0, 2, 1), (3, 0, 1, 0)],
)
def test_those_help_who_have_nothing_to_do(
    children: int, spare: int, cores: int, lent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsers_module, "cores", lambda: cores)
    with Parsers(AMPLE, children=children, spare=spare, parser=BAD) as parsers:
        for _ in range(2):  # the places are given back
            assert parsers.load(b"shares 1", "a.txt").documents[0].text == str(lent)


def test_who_may_help_is_asked_once(patient: Parsers) -> None:
    assert told(patient, "shares 2") == f"the parser gave no proper answer{ANEW}"


def test_what_is_closed_starts_no_process() -> None:
    with Parsers(children=1, parser=BAD) as parsers:
        told(parsers, "refuses SOURCE: no")
    with pytest.raises(ParserError, match="no longer read"):
        parsers.load(b"good", "a.txt")
    assert not parsers.running


@pytest.mark.parametrize("what", ["crashes", "exits 0", "exits 3"])
def test_a_file_that_ends_its_process_is_refused(what: str, patient: Parsers) -> None:
    assert told(patient, what) == f"the parser crashed on it{ANEW}"


def test_a_mistake_of_a_parser_is_a_failure_of_the_file_alone(patient: Parsers) -> None:
    assert told(patient, "fails x") == f"the parser failed on it (KeyError){ANEW}"
    assert told(patient, "recurses") == f"the parser failed on it (RecursionError){ANEW}"


def test_a_refusal_is_told_in_one_line(patient: Parsers) -> None:
    assert told(patient, "refuses SOURCE: no\ntext \x1b[31m\u202e in it") == (
        "no\ufffdtext \ufffd[31m\ufffd in it"
    )


@pytest.mark.parametrize("lie", LIES)
def test_a_text_that_cannot_be_is_none(lie: str) -> None:
    with pytest.raises(BadFrame):
        parsed(LIES[lie])


@pytest.mark.slow
@pytest.mark.parametrize("lie", [*ENDINGS, *islice(LIES, 3)])
def test_what_a_process_says_is_not_believed(lie: str, patient: Parsers) -> None:
    assert told(patient, f"lies {lie}") == f"the parser gave no proper answer{ANEW}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "said",
    [
        "ffffffff00000000",  # more JSON than may be
        "02000000ffffffff7b7d",  # a longer body than may be
        "040000000000000001020304",  # no JSON
        "02000000000000005b5d",  # no object
        "a0860100000000005b" + "5b" * 99_999,  # nested 100,000 deep
        "0200000001000000ff7d00",
    ],
)
def test_an_answer_that_is_none_is_refused(said: str, patient: Parsers) -> None:
    assert told(patient, f"says {said}") == f"the parser gave no proper answer{ANEW}"


def test_an_answer_without_end_is_cut_off(
    patient: Parsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_MAX_ANSWER", 2**20)
    assert told(patient, "floods") == f"the parser gave no proper answer{ANEW}"


def test_what_a_library_prints_is_no_part_of_the_answer(patient: Parsers) -> None:
    assert is_good(patient.load(b"prints", "a.txt"))


def test_a_parser_can_write_no_file(patient: Parsers, tmp_path: Path) -> None:
    file = tmp_path / "made.txt"
    file.touch()
    assert told(patient, f"writes {file}") == f"the parser failed on it (OSError){ANEW}"
    assert file.read_bytes() == b""


def test_a_parser_sees_nothing_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    with Parsers(children=1, parser=BAD) as parsers:
        (document,) = parsers.load(b"knows", "a.txt").documents
    assert "SECRET_TOKEN" not in document.text
    assert "OMP_NUM_THREADS" in document.text


@pytest.mark.slow
def test_processes_are_used_again_until_they_have_grown(patient: Parsers) -> None:
    def pid(size: int) -> str:
        return patient.load(f"grows {size}".encode(), "a.txt").documents[0].meta["author"]

    first = pid(1)
    assert pid(1) == first
    assert pid(400 * 2**20) == first
    assert pid(1) != first


def test_leaving_the_context_ends_the_processes() -> None:
    with Parsers(children=1, parser=BAD) as parsers:
        pid = int(parsers.load(b"grows 1", "a.txt").documents[0].meta["author"])
        os.kill(pid, 0)
        waiting = parsers.begin(b"sleeps", "a.txt", {})
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert waiting.done()


def test_a_process_that_cannot_be_started_is_a_typed_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        Parsers(parser="tests.index.no_such_parser") as parsers,
        pytest.raises(ParserError, match=r"\(it ended before it was ready\); free some memory"),
    ):
        parsers.load(b"", "a.txt")
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Parsers() as parsers, pytest.raises(ParserError, match="No such file or directory"):
        parsers.load(b"", "a.txt")


def test_a_killed_process_is_replaced(patient: Parsers) -> None:
    pid = int(patient.load(b"grows 1", "a.txt").documents[0].meta["author"])
    os.kill(pid, 9)
    told(patient, "good Ida")


def test_items_are_taken_ahead_in_order() -> None:
    taken: list[int] = []

    def taking() -> Iterator[int]:
        for number in range(5):
            taken.append(number)
            yield number

    items = ahead(taking(), 2)
    assert next(items) == 0
    assert taken == [0, 1]
    assert list(items) == [1, 2, 3, 4]
    assert list(ahead(iter(()))) == []
