"""All that an engine makes of documents, over a collection as over the index on the disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("pymilvus", reason="the extra milvus is not installed")
pytest.importorskip("milvus_lite", reason="the extra milvus is not installed")

import seeds
from index.engines import Collection, connection, lite
from rag.annotators import keep_annotations
from rag.answers import Answer
from rag.engine import Engine
from rag.following import Following
from rag.table import TableColumn, fill
from tests.doubles import hurried

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Engine]]:
    """The bundled articles on the disk and in a collection."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IBID_HOME", str(tmp_path_factory.mktemp("home")))
        collection = Collection(Path(f"milvus+lite:{tmp_path_factory.mktemp('engine')}/lite"))
        with hurried():
            collection.update(seeds.FOLDER)
        with collection.annotating() as opened:
            keep_annotations(opened)
        yield Engine.over(collection.working_copy.open()), Engine.over(collection.open())
    connection.connected.cache_clear()
    lite.stop()


MADE: dict[str, Callable[[Engine], Answer]] = {
    "fact": lambda e: e.ask("Who wrote about hardware dependency?"),
    "abstention": lambda e: e.ask("What is the capital of Mongolia?"),
    "misspelt": lambda e: e.ask("What are model wieghts?"),
    "follow-up": lambda e: e.ask("And why?", history=[e.ask("What is model distillation?")]),
    "list": lambda e: e.ask("List the risks of leaked model weights."),
    "count": lambda e: e.ask("How many companies are named?"),
    "comparison": lambda e: e.ask("Compare China and the United States on chips"),
    "viewpoints": lambda e: e.ask("pros and cons of export controls"),
    "mentions": lambda e: e.ask("Where is Anthropic mentioned?"),
    "overview": lambda e: e.overview(),
    "topic": lambda e: e.overview(topic="security"),
    "guide": lambda e: e.guide(e.documents[0].id),
    "timeline": lambda e: e.timeline(),
    "names": lambda e: e.who(),
    "brief": lambda e: e.brief(),
    "questions": lambda e: e.questions(most=5),
    "within": lambda e: e.within([e.documents[1].id, e.documents[3].id]).ask("What is the risk?"),
    "overview of one": lambda e: e.within([e.documents[2].id]).overview(),
}


@pytest.mark.parametrize("name", sorted(MADE))
def test_it_is_the_same(name: str, both: tuple[Engine, Engine]) -> None:
    here, there = (MADE[name](engine) for engine in both)
    assert json.loads(json.dumps(there.to_dict())) == json.loads(json.dumps(here.to_dict()))
    assert [h.evidence for h in there.hits] == [h.evidence for h in here.hits]


def test_a_table(both: tuple[Engine, Engine]) -> None:
    columns = [TableColumn("Who wrote it?"), TableColumn("What is the main risk?")]
    here, there = (fill(engine, columns) for engine in both)
    assert [row.cells for row in there.rows] == [row.cells for row in here.rows]


def test_what_is_known_of_files(both: tuple[Engine, Engine]) -> None:
    here, there = both
    assert there.passage_counts == here.passage_counts
    assert there.files.read == here.files.read
    assert there.paths == here.paths
    assert there.not_read == here.not_read
    assert (there.notice, there.unencoded) == ("", 0)
    cited = there.ask("What is model distillation?").citations[0]
    assert there.boxes_of(cited) == here.boxes_of(cited)


def test_a_page_follows_it(both: tuple[Engine, Engine]) -> None:
    following = Following(both[1])
    assert following.engine is both[1]
    assert following.engine.generation is both[1].generation
