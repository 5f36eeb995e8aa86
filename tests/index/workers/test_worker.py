"""One worker: a file becomes a result, once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.encoder.remember import text_key
from index.workers.store import ResultStore
from index.workers.worker import Assignment, Worker
from tests.doubles import HARBOUR
from tests.index.workers.conftest import expected


@pytest.fixture
def worker(assigned: Assignment) -> Iterator[Worker]:
    made = Worker(assigned)
    yield made
    made.close()


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    (tmp_path / "harbour.txt").write_text(HARBOUR)
    return tmp_path / "harbour.txt"


def results(assigned: Assignment) -> list[Path]:
    return [p for p in Path(assigned.store).glob("*/*") if p.parent.name != "encoder"]


@pytest.mark.slow
def test_a_file_is_read_and_encoded_once(
    worker: Worker, assigned: Assignment, harbour: Path
) -> None:
    assert worker.prepare([expected(harbour)]) == [True]
    (file,) = results(assigned)
    made = ResultStore(assigned.store).get(file.name)
    assert made is not None
    assert text_key("It took eleven months.") in made.keys
    assert len(made.keys) == len(made.vectors)
    before = file.stat().st_mtime_ns
    assert worker.prepare([expected(harbour)]) == [True]
    assert file.stat().st_mtime_ns == before


@pytest.mark.slow
def test_what_is_gone_or_settled_has_no_result(
    worker: Worker, assigned: Assignment, harbour: Path
) -> None:
    assert worker.prepare([expected(harbour.with_name("none.txt"))]) == [False]
    same = hashlib.sha256(harbour.read_bytes()).hexdigest()
    assert worker.prepare([expected(harbour, unless=same)]) == [False]
    assert results(assigned) == []


@pytest.mark.slow
def test_a_file_that_cannot_be_read_has_its_failure_for_a_result(
    worker: Worker, assigned: Assignment, tmp_path: Path
) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-no")
    assert worker.prepare([expected(tmp_path / "bad.pdf")]) == [True]
    (file,) = results(assigned)
    made = ResultStore(assigned.store).get(file.name)
    assert made is not None
    assert [one[0] for one in made.found] == ["bad.pdf"]
    assert made.keys == ()
