"""Each checkout indexes the same documents, in turn, on as many cores as are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from benchmarks.kit import indexing
from benchmarks.kit.starting import HERE, Taken
from index.library import Index
from tests.doubles import BREAD, EELS, HARBOUR

TEXTS = [HARBOUR, EELS, BREAD]


@pytest.mark.slow
def test_each_text_is_a_document(tmp_path: Path) -> None:
    folder = indexing.write(TEXTS, tmp_path / "3")
    assert [file.name for file in sorted(folder.iterdir())] == [
        "00000.txt",
        "00001.md",
        "00002.txt",
    ]
    assert all(
        text.strip() in document.text
        for text, document in zip(TEXTS, Index.load(folder).documents, strict=True)
    )


def test_checkouts_take_turns_and_the_first_runs_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, str]] = []

    def take(command: Sequence[str], environment: Mapping[str, str]) -> Taken:
        own, folder = command[4], Path(command[6])
        done.append((own, environment["PYTHONPATH"]))
        assert len(list(folder.iterdir())) == 2
        ours = environment["PYTHONPATH"] == str(HERE)
        return Taken(1.0 if ours else 2.0, 3.0 if ours else 4.0, 100)

    monkeypatch.setattr(indexing, "material", lambda data: (TEXTS, []))
    monkeypatch.setattr(indexing, "take", take)
    monkeypatch.setattr("os.sched_getaffinity", lambda process: {5, 3}, raising=False)
    found = indexing.figures(tmp_path, tmp_path / "other", runs={2: 2})
    turns = [str(HERE), str(tmp_path / "other")] * 3
    assert done == [(own, one) for own in ("3", "3,5") for one in turns]
    assert found["index 2 documents, 1 core (s)"] == (1, 1, 1)
    assert found["index 2 documents, 2 cores (s of a processor)"] == (3, 3, 3)
    assert found["index 2 documents, 2 cores, over the other checkout's"].median == 0.5
    over = "index 2 documents, 1 core, over the other checkout's, processor time"
    assert found[over].median == 0.75
    assert len(found) == 8
