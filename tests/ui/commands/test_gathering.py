"""`ibid timeline` and `ibid who`: what all documents say, by dates and by names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from index.storage import cache
from rag import Answer, Engine, Status, verify
from tests.doubles import opener_of, usual, write_encoder
from ui.cli import app
from ui.show import to_html, to_json, to_markdown, to_text

Golden = Callable[[str, str], None]
MINUTES = """---
title: Minutes of the board
date: 2025-10-07
---

# Minutes of the board

The lift was repaired on 2 September by Lund Lifts Ltd. The grant of Brell Council ends on
31 March 2026. Ms Ida Holm said that the roof was built in 1931.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    cache._usable.cache_clear()
    own = tmp_path / "minutes"
    own.mkdir()
    (own / "board.md").write_text(MINUTES, encoding="utf-8")
    return own


def run(folder: Path, *arguments: str) -> Result:
    encoder = write_encoder(folder.parent / "encoder")
    with usual(open_encoder=opener_of(encoder)):
        return CliRunner().invoke(app, [*arguments, "-d", str(folder)])


def labels(shown: Result) -> list[str]:
    return [group["label"] for group in json.loads(shown.stdout)["groups"]]


def test_a_timeline_as_json_is_verified(folder: Path) -> None:
    shown = run(folder, "timeline", "--json")
    assert labels(shown) == [
        "1931",
        "2 September 2025 (by the document's date, 7 October 2025)",
        "31 March 2026",
    ]
    (folder.parent / "dates.json").write_text(shown.stdout, encoding="utf-8")
    assert run(folder, "verify", str(folder.parent / "dates.json")).exit_code == 0


def test_some_days_of_it(folder: Path) -> None:
    shown = run(folder, "timeline", "--json", "--from", "2025-09", "--until", "2025")
    assert len(labels(shown)) == 1
    assert run(folder, "timeline", "--from", "2031").exit_code == 3
    wrong = run(folder, "timeline", "--until", "soon")
    assert wrong.exit_code == 2
    assert "'soon' is no date" in wrong.stderr


def test_who_as_json_and_in_files(folder: Path) -> None:
    assert labels(run(folder, "who", "--json", "--kind", "organisations")) == [
        "Organisations: Brell Council",
        "Organisations: Lund Lifts Ltd",
    ]
    assert "> " in run(folder, "who", "Holm", "--markdown").stdout
    assert run(folder, "who", "Nobody Here").exit_code == 3
    out = folder.parent / "who.html"
    assert run(folder, "who", "--out", str(out)).exit_code == 0
    assert "Brell Council" in out.read_text("utf-8")
    assert run(folder, "who", "--json", "--markdown").exit_code == 2


@pytest.mark.slow
@pytest.mark.parametrize("view", ["timeline", "who"])
def test_the_bundled_articles(view: str, golden: Golden) -> None:
    engine = Engine.open(None)
    answer: Answer = getattr(engine, view)()
    assert all(verdict.status is Status.HOLDS for verdict in verify(answer))
    golden(f"{view}.txt", to_text(answer, width=80))
    golden(f"{view}.md", to_markdown(answer))
    golden(f"{view}.json", to_json(answer))
    golden(f"{view}.html", to_html(answer))
