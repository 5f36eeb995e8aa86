"""Hand-built documents and answers, and golden files of what people see."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.load.loading import load_text
from index.search.mentions import Mention, Where
from index.types import Document
from rag.answers import Answer
from tests.ui.handmade import HARBOUR, LIGHTHOUSE, cite

GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.fixture(scope="session", autouse=True)
def event_loops_of_gradio() -> Iterator[None]:
    """Gradio makes event loops for its locks and closes none of them; here they are closed."""
    made: list[asyncio.AbstractEventLoop] = []
    new = asyncio.new_event_loop

    def kept() -> asyncio.AbstractEventLoop:
        made.append(new())
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "new_event_loop", kept)
        yield
    for loop in made:
        if not loop.is_running():
            loop.close()


@pytest.fixture
def lighthouse() -> Document:
    return load_text(LIGHTHOUSE.encode(), "notes/lighthouse.txt")


@pytest.fixture
def harbour() -> Document:
    return load_text(HARBOUR.encode(), "harbour.txt")


@pytest.fixture
def answer(lighthouse: Document, harbour: Document) -> Answer:
    """Three quotations from two documents; the first leans on the sentence before it."""
    lamp = "It burned colza oil until 1874,\nwhen the Board sent paraffin."
    return Answer(
        "What did the lamp burn?",
        (
            cite(
                lighthouse,
                lamp,
                1,
                score=0.75,
                context="The lamp was lit at dusk.",
                headings=("The lamp",),
            ),
            cite(
                lighthouse,
                'Two strokes mean "keep away".',
                2,
                headings=("The fog bell",),
                also=("bells.txt", "notes/old/bells, copied.txt", "log.md", "a.txt", "b.txt"),
            ),
            cite(
                harbour,
                "Coal ships paid nothing <1870.",
                3,
                score=0.25,
                headings=("Harbour dues",),
                also=("dues_1870.txt",),
            ),
        ),
        hits=(),
        confidence=0.875,
    )


@pytest.fixture
def abstained(lighthouse: Document) -> Answer:
    """No answer: two words that occur nowhere, two in no sentence, one passage that comes close;
    and files that are not read.
    """
    near = cite(lighthouse, "The lamp was lit at dusk.", 1, score=0.125, headings=("The lamp",))
    return Answer(
        "Did zebras gallop to the lamp?",
        (),
        (),
        0.0625,
        (near,),
        ("zebras", "gallop"),
        unquoted=(
            Mention("Keeper", "notes/lighthouse.txt", Where.TITLE),
            Mention("dues", "harbour.txt", Where.LONGER_WORD, 1_200),
        ),
        not_read=((".png", 10), (".doc", 2), ("ignored folder", 1)),
    )


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare with a file of tests/golden; GOLDEN=write writes it instead, to be read in a diff."""

    def compare(name: str, shown: str) -> None:
        if os.environ.get("GOLDEN") == "write":
            (GOLDEN / name).write_text(shown + "\n", encoding="utf-8")
        assert shown + "\n" == (GOLDEN / name).read_text(encoding="utf-8")

    return compare
