"""`ibid related`: by words or by place, printed in every form; errors in one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rag import Engine
from tests.rag.related.test_labelling import AGAIN, RENT, UNPAID, engine
from ui.cli import app


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Engine, "open", lambda *_, **__: engine())


def run(*given: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["related", *given])
    return result.exit_code, result.output


def test_it_is_printed_with_the_quotation_above_it() -> None:
    code, said = run("minutes.md:3")
    assert code in (0, 3)
    assert said.startswith("Related: “")


@pytest.mark.parametrize("form", ["--json", "--markdown"])
def test_it_is_printed_in_other_forms(form: str) -> None:
    code, said = run(RENT, form)
    assert code == 0
    if form == "--json":
        told = json.loads(said)
        assert told["kind"] == "related"
        assert {c["quote"] for c in told["citations"]} >= {AGAIN, UNPAID}
    else:
        assert said.startswith("Related: “")
        assert "### Says the same" in said
        assert f"> {UNPAID} [" in said


@pytest.mark.parametrize("suffix", ["docx", "html", "json", "md", "txt"])
def test_it_is_written_to_a_file(suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"related.{suffix}"
    code, said = run(RENT, "-o", str(out))
    assert (code, out.stat().st_size > 0) == (0, True), said


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("the weir was sold", "no sentence of these documents"),
        ("gate.md:3", "no document is called"),
    ],
)
def test_what_stands_nowhere_is_refused_in_one_line(where: str, why: str) -> None:
    code, said = run(where)
    assert code == 2
    assert why in said
    assert said.count("\n") == 1


def test_where_nothing_is_related_it_says_so() -> None:
    code, said = run("The pond is kept full by the new weir")
    assert code == 3
    assert "no statement elsewhere that is clearly related" in said
