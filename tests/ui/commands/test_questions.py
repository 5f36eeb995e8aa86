"""`ibid questions`: what documents ask and answer."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from index.encoder.encode import OnnxEncoder
from rag import Answer, Engine
from ui.cli import app
from ui.show import to_markdown, to_text

GOLDEN_TOPIC = "export controls"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["questions", *arguments])


@pytest.fixture(scope="module")
def told(default_encoder: OnnxEncoder) -> Answer:
    """The first five over the bundled articles."""
    return Engine.open().questions(most=5)


@pytest.mark.slow
def test_each_question_is_answered_by_what_stands_under_it(told: Answer) -> None:
    engine = Engine.open()
    assert len(told.groups) == 5
    for group in told.groups:
        (number,) = group.numbers
        again = engine.ask(group.label)
        assert again
        assert again.best is not None
        assert again.best.quote == told.citations[number - 1].quote


@pytest.mark.slow
def test_it_is_verbatim_and_verified(told: Answer) -> None:
    engine = Engine.open()
    again = Answer.from_dict(json.loads(json.dumps(told.to_dict())), engine.documents)
    assert [c.quote for c in again.citations] == [c.quote for c in told.citations]
    assert again.kind.name == "QUESTIONS"


@pytest.mark.slow
def test_as_json_and_as_markdown_and_by_topic(default_encoder: OnnxEncoder) -> None:
    shown = run(GOLDEN_TOPIC, "--top", "2", "--json")
    assert shown.exit_code == 0
    answer = json.loads(shown.stdout)
    assert answer["kind"] == "questions"
    assert answer["question"] == f"People also ask: {GOLDEN_TOPIC}"
    assert 1 <= len(answer["groups"]) <= 2
    assert "> " in run("--top", "1", "--markdown").stdout
    assert run("volcanic glaciology").exit_code == 3


@pytest.mark.slow
def test_as_it_is_shown(told: Answer, golden: Callable[[str, str], None]) -> None:
    golden("asked.txt", to_text(told))
    golden("asked.md", to_markdown(told))


def test_wrong_usage() -> None:
    assert run("--top", "0").exit_code == 2
    assert run("--json", "--markdown").exit_code == 2
