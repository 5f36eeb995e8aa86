"""A collection is an index: made, asked, changed, thinned out, and answered from alike."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from index.engines import connection, lite
from index.engines.address import address_of
from index.engines.collection import Collection
from index.engines.milvus_writer import MilvusWriter
from index.engines.objects import Objects
from index.engines.opened import OpenCollection
from index.engines.state import FORMAT
from index.errors import DamagedIndex, EngineOutOfReach, ForeignIndex, MissingPath, StoreError
from index.generation import Generation
from index.language import Query
from index.library import Index
from index.search import Knowing
from index.types import Hit, Span
from tests.doubles import EELS, HARBOUR, opener_of, usual, write_encoder

pytestmark = pytest.mark.slow
ASKED = ("Where do eels return to?", "How long does the dough rest?", "harbour Brell", "larvae")


def local(collection: Collection) -> Generation:
    return collection.working_copy.open()


def told(hits: list[Hit]) -> list[object]:
    return [(h, h.passage.text, h.evidence, h.echoing) for h in hits]


def sources(opened: Generation) -> list[str]:
    return [document.source for document in opened.documents]


@pytest.mark.parametrize("question", ASKED)
def test_hits_are_those_of_the_index_on_the_disk(collection: Collection, question: str) -> None:
    here, there = local(collection).retriever, collection.open().retriever
    query = Query(question)
    assert told(there.search(query, 9)) == told(here.search(query, 9))
    assert there.missing(query) == here.missing(query)
    assert [*there.holding(query)] == [*here.holding(query)]


def test_documents_are_those_of_the_index_on_the_disk(collection: Collection) -> None:
    here, there = local(collection), collection.open()
    assert sources(there) == sources(here)
    assert [d.text for d in there.documents] == [d.text for d in here.documents]
    assert [*there.retriever.passages] == [*there.retriever.passages]
    texts = [p.text for p in there.retriever.passages]
    assert texts == [p.text for p in here.retriever.passages]
    assert there.catalog == here.catalog
    assert there.settings == here.settings


def test_some_documents_alone(collection: Collection) -> None:
    here, there = local(collection), collection.open()
    chosen = [d.id for d in here.documents if d.source != "eels.md"]
    query = Query("eels of Brell")
    found = there.retriever.within(chosen).search(query, 9)
    assert told(found) == told(here.retriever.within(chosen).search(query, 9))
    assert {h.passage.document.source for h in found} <= {"harbour.txt", "nested/bread.txt"}
    assert there.retriever.within([]).search(query, 9) == []
    some = [own.retriever.within(chosen) for own in (here, there)]
    known = [one.missing(query) for one in some if isinstance(one, Knowing)]
    assert known[0] == known[1]


def test_what_is_kept_of_sentences(collection: Collection) -> None:
    here, there = local(collection).retriever, collection.open().retriever
    rows = range(len(here.passages))
    assert (there.stored.vectors(rows) == here.stored.vectors(rows)).all()
    for row in rows:
        assert [list(s) for s in there.stored.stems(row)] == [
            list(s) for s in here.stored.stems(row)
        ]
        assert (there.stored.are_looked_at(row) == here.stored.are_looked_at(row)).all()
    assert there.stored.have_vectors(rows)


def test_copies_are_named(collection: Collection, world: Path) -> None:
    (world / "mirror.txt").write_text(HARBOUR + "\nPrinted for the members alone.\n")
    collection.update()
    here, there = local(collection), collection.open()
    for document in here.documents:
        for passage in here.retriever.passages.of_document(document.id):
            spans = [Span(s.start, s.end) for s in passage.sentences]
            assert there.retriever.also_in(document, spans) == here.retriever.also_in(
                document, spans
            )
    rows = range(len(here.retriever.passages))
    looked = [there.retriever.stored.are_looked_at(row).tolist() for row in rows]
    assert looked == [here.retriever.stored.are_looked_at(row).tolist() for row in rows]
    assert not all(all(row) for row in looked)


def test_what_is_misspelt(collection: Collection) -> None:
    here, there = local(collection).retriever, collection.open().retriever
    assert there.respell(["harbuor", "zzzz"]) == here.respell(["harbuor", "zzzz"])


def test_a_change_is_seen_whole_and_the_version_before_stays(
    collection: Collection, world: Path
) -> None:
    before = collection.open()
    (world / "eels.md").write_text("# Eels\n\nEels were seen on the moon.\n")
    collection.update()
    after = collection.open()
    query = Query("Where are eels seen?")
    assert after.revision != before.revision
    assert "moon" in after.retriever.search(query, 1)[0].passage.text
    assert "moon" not in " ".join(h.passage.text for h in before.retriever.search(query, 9))
    assert (
        before.documents[0].text
        == next(d for d in before.documents if d.id == before.documents[0].id).text
    )
    assert told(after.retriever.search(query, 9)) == told(
        local(collection).retriever.search(query, 9)
    )


def test_who_reads_what_is_no_more_is_told_to_ask_again(
    collection: Collection, world: Path
) -> None:
    before = collection.open()
    for number in range(2):
        (world / "new.txt").write_text(f"Herons were seen {number + 3} times at the weir.\n")
        collection.update()
    with pytest.raises(EngineOutOfReach, match="ask again"):
        before.retriever.search(Query("eels"), 3)
    assert collection.documents  # what is asked through the owner is the current version


def test_what_is_taken_out_is_gone_at_once(collection: Collection, world: Path) -> None:
    gone = next(d for d in collection.documents if d.source == "eels.md")
    report = collection.remove("eels.md")
    assert report.removed == 1
    assert report.path == collection.path
    assert sources(collection.open()) == ["harbour.txt", "nested/bread.txt"]
    with pytest.raises(DamagedIndex, match="is missing"):
        Objects(collection.address.objects).get(gone.id)


def test_who_waits_long_for_the_engine_has_a_longer_lease(
    place: Path, world: Path, fast_build: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBID_MILVUS_TIMEOUT", "600")
    assert Collection(place).update(world).documents == 3


def test_nothing_is_written_where_nothing_has_changed(collection: Collection) -> None:
    before = collection.revision
    collection.update()
    assert collection.revision == before


def test_half_of_an_ingest_is_never_seen(
    collection: Collection, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, query = collection.revision, Query("herons at the weir")
    (world / "herons.txt").write_text("Herons wait at the weir every morning.\n")
    (world / "eels.md").unlink()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(MilvusWriter, "flush", killed)
        with pytest.raises(KeyboardInterrupt):
            collection.update()
    assert collection.revision == before
    found = collection.open().retriever.search(query, 9)
    assert {h.passage.document.source for h in found} == {
        "eels.md", "harbour.txt", "nested/bread.txt",
    }  # fmt: skip
    (world / "eels.md").write_text(EELS)  # and so it is to stay, after all
    collection.update()
    opened = collection.open()
    assert sources(opened) == sources(local(collection))
    assert told(opened.retriever.search(query, 9)) == told(
        local(collection).retriever.search(query, 9)
    )


def test_another_process_opens_what_was_written(collection: Collection, place: Path) -> None:
    found = told(collection.open().retriever.search(Query(ASKED[0]), 9))
    connection.connected.cache_clear()
    lite.stop()
    assert told(Collection(place).open().retriever.search(Query(ASKED[0]), 9)) == found


def test_another_encoder_is_refused_until_it_is_made_again(
    collection: Collection, world: Path, tmp_path: Path
) -> None:
    other = write_encoder(tmp_path / "other", seed=8)
    with usual(open_encoder=opener_of(other)):
        copy = Index(tmp_path / "copy")
        copy.update(world)
        with pytest.raises(ForeignIndex, match="--rebuild"):
            written_from(collection, copy)
        report = Collection(collection.path).rebuild(model="other")
    assert report.documents == 3
    assert collection.open().encoder.digest == copy.open().retriever.encoder.digest


def written_from(collection: Collection, copy: Index) -> None:
    shutil.rmtree(collection.working_copy.path)
    shutil.copytree(copy.path, collection.working_copy.path)
    with collection.annotating():
        pass


def test_a_collection_of_another_version_of_ours(collection: Collection) -> None:
    writer = MilvusWriter(connection.connected(collection.address), lambda seconds: None)
    state = collection.open().state
    writer.set_state(state._replace(format=FORMAT + 1))
    with pytest.raises(ForeignIndex, match="another version of Ibid"):
        collection.open()


def test_where_there_is_none(place: Path) -> None:
    with pytest.raises(MissingPath, match="make one with"):
        Collection(place).open()
    assert Collection(place).revision == b""


def test_a_text_that_has_changed_is_not_quoted(collection: Collection) -> None:
    opened = collection.open()
    own = next(d for d in opened.documents if d.source == "harbour.txt")
    file = Path(collection.address.objects) / own.id[:2] / own.id
    file.write_text(file.read_text().replace("harbour", "barbour"))
    with pytest.raises(DamagedIndex, match="has changed"):
        opened.retriever.search(Query("harbour"), 9)


def test_a_thorough_look_finds_what_is_missing(collection: Collection) -> None:
    assert isinstance(collection.open(thorough=True), OpenCollection)
    own = collection.open().documents[0].id
    (Path(collection.address.objects) / own[:2] / own).unlink()
    with pytest.raises(DamagedIndex, match="is missing"):
        collection.open(thorough=True)


def test_without_the_extra_it_says_which(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pymilvus", None)
    (address_of(place).folder or place).mkdir()
    with pytest.raises(StoreError, match=r"pip install 'ibid-qa\[milvus\]'"):
        Collection(place).open()
    assert replace(Index.usual)  # nothing else has changed
