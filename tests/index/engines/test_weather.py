"""Bad weather: late bytes, a line that is dead, a cut in mid-query, what is missing or altered."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from index.copies import Copies
from index.engines.collection import Collection
from index.engines.connection import connected
from index.engines.milvus_writer import MilvusWriter
from index.engines.objects import Objects
from index.engines.rows import RowPacker
from index.errors import DamagedIndex, EngineOutOfReach
from index.generation import base_of
from index.language import Query
from rag.engine import Engine
from rag.following import Following
from tests.index.engines.serving import served
from tests.index.engines.slow import SlowProxy, slowed
from ui.server.answering import Answering
from ui.server.sessions import Sessions

pytestmark = pytest.mark.slow
ASKED = Query("Where do eels return to?")


@pytest.fixture
def proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fast_build: None) -> Iterator[SlowProxy]:
    """A line to an engine that allows six seconds for a call."""
    monkeypatch.setenv("IBID_MILVUS_OBJECTS", str(tmp_path / "objects"))
    monkeypatch.setenv("IBID_MILVUS_TIMEOUT", "6")
    with served(tmp_path / "engine") as port, slowed(port) as proxy:
        yield proxy


@pytest.fixture
def collection(proxy: SlowProxy, world: Path) -> Collection:
    connected.cache_clear()
    made = Collection(Path(f"milvus://127.0.0.1:{proxy.port}/notes"))
    made.update(world)
    return made


@pytest.fixture
def impatient(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> Collection:
    """It, of whose engine an answer is waited for three seconds."""
    monkeypatch.setenv("IBID_MILVUS_TIMEOUT", "3")
    return Collection(collection.path)


def test_late_bytes_are_waited_for(collection: Collection, proxy: SlowProxy) -> None:
    before = collection.open().retriever.search(ASKED, 9)
    proxy.delay = 0.1
    assert collection.open().retriever.search(ASKED, 9) == before


def test_a_dead_line_ends_in_time_and_the_next_question_is_answered(
    impatient: Collection, proxy: SlowProxy
) -> None:
    opened = impatient.open()
    before = opened.retriever.search(ASKED, 9)
    proxy.stall()
    begun = time.monotonic()
    with pytest.raises(EngineOutOfReach, match="does not answer") as told:
        opened.retriever.search(ASKED, 9)
    assert time.monotonic() - begun < 60  # and not for ever
    assert "\n" not in str(told.value)
    proxy.flow()
    assert opened.retriever.search(ASKED, 9) == before


def test_a_cut_in_mid_query_is_not_noticed(collection: Collection, proxy: SlowProxy) -> None:
    opened = collection.open()
    before = opened.retriever.search(ASKED, 9)
    proxy.stall()
    chunks = proxy.chunks
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(opened.retriever.search, ASKED, 9)
        time.sleep(0.3)  # it is on its way, and stands
        proxy.cut()
        proxy.flow()
        assert asking.result(60) == before
    assert proxy.chunks > chunks


def test_the_page_says_so_and_recovers_by_itself(impatient: Collection, proxy: SlowProxy) -> None:
    session = Sessions(Following(Engine.over(impatient.open()))).of("a" * 32)
    answering = Answering(_Undrawn())  # type: ignore[arg-type]
    assert "notice" in answering.ask(session, ASKED.text)
    proxy.stall()
    said = str(answering.ask(session, "Where do the eels of the Tarn go?"))
    assert "Milvus does not answer" in said
    assert "127.0.0.1" not in said
    proxy.flow()
    assert "does not answer" not in str(answering.ask(session, ASKED.text))
    assert len(session.turns) == 2


class _Undrawn:
    """Views of which only the conversation is drawn."""

    def changed(self, session: object) -> dict[str, str]:
        """Nothing else."""
        return {}


@pytest.mark.parametrize("harm", ["missing", "altered", "cut short"])
def test_a_text_that_is_not_what_it_was_is_never_quoted(
    collection: Collection, harm: str, tmp_path: Path
) -> None:
    opened = collection.open()
    eels = next(d for d in opened.documents if d.source == "eels.md")
    (file,) = (tmp_path / "objects").rglob(eels.id)
    whole = file.read_bytes()
    if harm == "missing":
        file.unlink()
    else:
        file.write_bytes(whole[:-9] if harm == "cut short" else whole.replace(b"eel", b"cat"))
    with pytest.raises(DamagedIndex, match=r"index its folders again.* --check") as told:
        collection.open().retriever.search(ASKED, 9)
    assert "\n" not in str(told.value)
    collection.update(check=True)  # the remedy that is told
    Objects(collection.address.objects).get(eels.id)
    assert collection.open().retriever.search(ASKED, 9)


def test_rows_that_were_lost_are_written_again(collection: Collection, proxy: SlowProxy) -> None:
    before = collection.open().retriever.search(ASKED, 9)
    own = connected(collection.address)
    own.call("delete", own.name, filter="since >= 0")
    collection.update()
    assert collection.open().retriever.search(ASKED, 9) == []
    collection.update(check=True)
    assert collection.open().retriever.search(ASKED, 9) == before


def test_rows_that_no_version_lists_are_deleted(collection: Collection) -> None:
    base, own = base_of(collection.working_copy.path), connected(collection.address)
    packer = RowPacker(base.contents, Copies.of(base.contents.passages, base.contents.digests))
    stray = replace(packer.pack(0), key=b"of nobody       ")
    engine = MilvusWriter(own, lambda seconds: None)
    engine.add([stray], 1)  # as of a writer whose call came after its lease
    assert stray.key.hex() in engine.names("since > 0")
    collection.update(check=True)
    assert stray.key.hex() not in engine.names("since > 0")


def test_an_original_that_was_altered_is_told_with_the_address(collection: Collection) -> None:
    originals = collection.working_copy.path / "objects"
    for file in originals.iterdir():
        file.write_bytes(b"altered")
    with pytest.raises(DamagedIndex, match="--check") as told:
        collection.rebuild()
    assert f"--into {collection.address.given} --check" in str(told.value)
    assert "working-copy --check" not in str(told.value)
