"""`ibid brief`: printed, and written in every form, the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rag import Engine
from ui.cli import app
from ui.show import to_eml, to_html, to_json, to_markdown, to_text

Golden = Callable[[str, str], None]
MADE = datetime(2026, 5, 31, 6, tzinfo=UTC)

FORMS = ("docx", "eml", "html", "json", "md", "txt")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))


def run(*given: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["brief", *given])
    return result.exit_code, f"{result.output}{result.exception!r}"


def test_the_same_documents_give_the_same_bytes(index_path: Path, tmp_path: Path) -> None:
    for form in FORMS:
        made = []
        for name in ("one", "two"):
            out = tmp_path / f"{name}.{form}"
            code, told = run("-d", str(index_path), "--since", "last", "-o", str(out))
            assert code == 0, told
            made.append(out.read_bytes())
        assert made[0] == made[1]


def test_what_is_written_holds(index_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "brief.json"
    run("-d", str(index_path), "--top", "2", "-o", str(out))
    data = json.loads(out.read_text("utf-8"))
    assert data["kind"] == "brief"
    assert len(data["citations"]) == 2
    assert [c["new"] for c in data["citations"]] == [False, False]
    verified = CliRunner().invoke(app, ["verify", str(out), "-d", str(index_path)])
    assert verified.exit_code == 0, verified.output


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (["--since", "yesterday"], 2),
        (["--top", "0"], 2),
        (["--json", "--markdown"], 2),
        (["-o", "brief.pdf"], 2),
        (["zebras playing chess"], 3),
    ],
)
def test_what_cannot_be_told_has_its_code(index_path: Path, given: list[str], code: int) -> None:
    assert run(*given, "-d", str(index_path))[0] == code


@pytest.mark.slow
def test_the_bundled_articles(golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    answer = Engine.open(None).brief()
    golden("brief.txt", to_text(answer, width=80))
    golden("brief.md", to_markdown(answer))
    golden("brief.json", to_json(answer))
    golden("brief.html", to_html(answer))
    golden("brief.eml", to_eml(answer, MADE).decode().replace("\r\n", "\n"))
