"""Old answers against documents that were edited: still there, moved, changed, gone."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

import seeds
from index.load.loading import load_text
from index.types import Document, Span
from rag.answers import Answer
from rag.citations import Citation
from rag.proof import CurrentDocuments, Status, verify
from rag.proof.places import alike_in
from tests.judged.edited import Edit, edits


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> list[Edit]:
    return list(edits(tmp_path_factory.mktemp("edits")))


@pytest.mark.slow
def test_none_of_the_edits_is_told_wrongly(done: list[Edit]) -> None:
    assert len(done) >= 40
    wrong = {e.marks["id"]: (e.found, e.marks["outcome"]) for e in done if not e.is_right}
    assert wrong == {}


def test_what_is_shown_of_an_edit_was_cut_from_a_document(done: list[Edit]) -> None:
    for edit in done:
        verdict = edit.verdict
        if verdict.status.stands:
            assert verdict.now is not None
        for change in verdict.changes:
            assert verdict.now is not None
            if change.what == "words":
                assert change.was == verdict.quote
                assert change.now == verdict.now.quote


def quoted(document: Document, span: Span, **more: Any) -> dict[str, Any]:
    cited = Citation(document, *span, None, 1.0, 1, sentences=(span,), **more)
    return Answer("?", (cited,), (), 0.9).to_dict()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_no_word_more_less_or_other_is_ever_said_to_stand(seed: int) -> None:
    """Of every article, sentences in which something was changed at random."""
    chosen = random.Random(seed)
    files = sorted(seeds.FOLDER.glob("*.txt"))
    text = files[seed].read_text("utf-8")
    document = load_text(text.encode(), files[seed].name)
    sentences = CurrentDocuments([document]).sentences(document)
    for placed in chosen.sample(sentences.placed, min(8, len(sentences.placed))):
        span = placed.sentence.span
        quote = document.cut(span)
        words = quote.split(" ")
        at = chosen.randrange(len(words))
        for edited in (
            [*words[:at], "not", *words[at:]],
            [*words[:at], *words[at + 1 :]],
            [*words[:at], "7", *words[at + 1 :]],
            [*words[:at], words[at].swapcase(), *words[at + 1 :]],
            ["It", "is", "false", "that", *words],
            [*words[:-1], words[-1].rstrip(".!?"), "unless", "it", "rains."],
        ):
            new = " ".join(edited)
            if new == quote or document.text.count(quote) > 1:
                continue
            now = load_text(text.replace(quote, new).encode(), files[seed].name)
            (verdict,) = verify(quoted(document, span), [now])
            assert not verdict.status.stands, (quote, new)


def test_a_quotation_of_half_a_sentence_is_known_by_what_stands_beside_it() -> None:
    was = load_text(
        b"The tide\n\nHigh water is at noon, and low water at six in the evening.\n", "a.txt"
    )
    start = was.text.index("low water")
    data = quoted(was, Span(start, start + len("low water at six")))
    moved = load_text(b"New.\n\n" + was.text.encode(), "a.txt")
    assert verify(data, [moved])[0].status is Status.MOVED
    denied = load_text(moved.text.replace("and low", "and no low").encode(), "a.txt")
    assert not verify(data, [denied])[0].status.stands


def test_a_file_that_said_it_already_is_where_it_stands_and_not_where_it_moved_to() -> None:
    lease = "Lease {}\n\nThe deposit is two months' rent. {} pays it.\n"
    a = load_text(lease.format("A", "Ann").encode(), "a.txt")
    b = load_text(lease.format("B", "Bob").encode(), "b.txt")
    start = a.text.index("The deposit")
    data = quoted(a, Span(start, a.text.index(" Ann")), also=("b.txt",))
    (verdict,) = verify(data, [b])
    assert verdict.status is Status.MISSING
    assert "b.txt says it" in verdict.detail
    renamed = load_text(a.text.encode() + b"\nA line more.\n", "c.txt")
    (verdict,) = verify(data, [b, renamed])
    assert (verdict.status, verdict.now and verdict.now.document.source) == (Status.MOVED, "c.txt")


def test_an_index_and_its_files_are_told_alike(world: Path, index_path: Path) -> None:
    from rag.proof import read_documents

    of_files, of_index = read_documents(world), read_documents(index_path)
    for document in of_files.documents:
        spans = [p.sentence.span for p in of_files.sentences(document).placed]
        assert spans == [p.sentence.span for p in of_index.sentences(document).placed]
        bare = CurrentDocuments(of_index.documents)  # whose passages are not at hand
        if document.source.endswith(".txt"):
            assert spans == [p.sentence.span for p in bare.sentences(document).placed]


def test_rows_are_not_alike_for_the_names_of_their_columns() -> None:
    rows = "".join(f"Oslo{n},{n * 7},quay {n}\n" for n in range(1, 9))
    table = load_text(f"Station,Depth,Where\n{rows}".encode(), "a.csv")
    sentences = CurrentDocuments([table]).sentences(table)
    assert alike_in("Station: Bergen; Depth: 400; Where: mole", sentences) is None
    found = alike_in("Station: Oslo3; Depth: 22; Where: quay 3", sentences)
    assert found is not None
    assert table.cut(found) == "Station: Oslo3; Depth: 21; Where: quay 3"


def test_a_heading_that_is_broken_into_lines_is_the_same_heading() -> None:
    text = "Rules\n\nWhat must be done by whoever is\nlast\n\nThe lamp is out at ten. It is cold.\n"
    was = load_text(text.replace("is\nlast", "is last").encode(), "a.txt")
    start = was.text.index("The lamp")
    data = quoted(
        was, Span(start, was.text.index(" It")), headings=("What must be done by whoever is last",)
    )
    assert verify(data, [load_text(text.encode(), "a.txt")])[0].status.stands


def test_a_file_where_it_stands_under_its_heading_goes_before_another() -> None:
    was = load_text(
        b"Rules\n\nNights\n\nThe lamp is put out at ten.\n\nDays\n\nNobody is here.\n", "a.txt"
    )
    start = was.text.index("The lamp")
    data = quoted(was, Span(start, start + 27), headings=("Nights",))
    other = load_text(was.text.replace("Nights", "Feasts").encode(), "b.txt")
    same = load_text(was.text.encode() + b"\nOne line more.\n", "c.txt")
    (verdict,) = verify(data, [other, same])
    assert (verdict.status, verdict.now and verdict.now.document.source) == (Status.MOVED, "c.txt")
    assert verify(data, [other])[0].status is Status.CHANGED
