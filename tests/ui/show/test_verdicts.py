"""What became of saved quotations, as people see it: golden files."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from index.load.loading import load_text
from rag.answers import Answer
from rag.proof import verify
from tests.ui.handmade import HARBOUR, LIGHTHOUSE
from ui.show import (
    CheckedFile,
    json_text,
    news,
    verdicts_html,
    verdicts_json,
    verdicts_markdown,
    verdicts_text,
)


@pytest.fixture
def checked(answer: Answer) -> list[CheckedFile]:
    """An answer against edited documents, one that holds, and one whose documents are gone."""
    lighthouse = LIGHTHOUSE.replace("1874", "1875").replace("The fog bell", "The <b>horn</b>")
    now = [
        load_text(lighthouse.encode(), "notes/lighthouse.txt"),
        load_text(HARBOUR.encode(), "notes/dues.txt"),
    ]
    others = [load_text(b"Nothing else is here.\n", "other.txt")]
    data = answer.to_dict()
    asked = [answer.question]
    return [
        CheckedFile("edited.json", asked, verify(data, now)),
        CheckedFile("same.json", asked, verify(answer)),
        CheckedFile("gone.json", asked, verify(data, others)),
        CheckedFile("empty <&>.json", ["Why?"], []),
    ]


def test_as_text(checked: list[CheckedFile], golden: Callable[[str, str], None]) -> None:
    golden("verdicts.txt", verdicts_text(checked))
    colored = verdicts_text(checked[:1], color=True)
    assert "\x1b[31;9m1874\x1b[0m \x1b[32m1875\x1b[0m" in colored


def test_as_markdown(checked: list[CheckedFile], golden: Callable[[str, str], None]) -> None:
    golden("verdicts.md", verdicts_markdown(checked))


def test_as_html(checked: list[CheckedFile], golden: Callable[[str, str], None]) -> None:
    golden("verdicts.html", verdicts_html(checked))


def test_as_json(checked: list[CheckedFile], golden: Callable[[str, str], None]) -> None:
    written = json_text(verdicts_json(checked))
    golden("verdicts.json", written)
    assert news(checked, json.loads(written)) == []
    assert news(checked, {"answers": []}) == checked[:3]
    before = json.loads(json_text(verdicts_json(checked[1:])))
    assert [file.name for file in news(checked, before)] == ["edited.json"]
