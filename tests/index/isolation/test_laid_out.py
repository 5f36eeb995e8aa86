"""What a text is, is found out where it is read: nothing of it is slow or large anywhere else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import sentencex

from index.errors import UnreadableDocument
from index.isolation.parsers import Parsers
from index.language import detect as languages
from index.layout import divide as layout
from index.limits import Limits
from index.load import loading
from index.load.formats import written_out
from index.load.loading import load_file
from index.passages.chunking import split
from index.pieces import Kind, Piece, Pieces
from tests.doubles import FakeEncoder

FORMATS = Path(__file__).parents[2] / "formats"
NAMES = (
    "gangkou.txt",
    "bell-statutes.html",
    "ferry-log.csv",
    "minutes.eml",
    "tickets.json",
    "eel-ladder.pdf",
)
SLOW = ("The pier was closed.\n\n" + "\"' “‘a " * 60_000).encode()
SOME = [
    Piece(Kind.TITLE, 0, 4),
    Piece(Kind.HEADING, 5, 9, 2),
    Piece(Kind.SENTENCE, 9, 12, 0, "item"),
]
# half a megabyte of carriage returns: four times as much took over three gigabytes
PEAK = """
import resource, sys
from pathlib import Path
from index.encoder.encode import OnnxEncoder
from index.isolation.parsers import Parsers
from index.passages.chunking import split
encoder = OnnxEncoder(Path(sys.argv[1]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with Parsers(children=1) as parsers:
    (document,) = parsers.load(b"a,b\\r" * 125_000, "a.csv").documents
    assert sum(len(p.sentences) for p in split(document, encoder.count_tokens)) == 125_000
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def refused(*_: object) -> Sequence[int]:
    raise AssertionError("not in this process")


@pytest.mark.slow
def test_a_text_is_laid_out_in_the_process_that_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentencex, "get_sentence_boundaries", refused)
    monkeypatch.setattr(languages, "_detector", refused)
    with Parsers(children=1) as parsers:
        for name in NAMES:
            for document in parsers.load((FORMATS / name).read_bytes(), name).documents:
                assert split(document, FakeEncoder().count_tokens)


@pytest.mark.slow
def test_what_comes_over_is_what_was_found_there() -> None:
    with Parsers(children=1) as parsers:
        for name in NAMES:
            data = (FORMATS / name).read_bytes()
            for over, here in zip(
                parsers.load(data, name).documents, load_file(data, name).documents, strict=True
            ):
                assert over.blocks == ()
                assert (over.title, dict(over.meta)) == (here.title, dict(here.meta))
                assert over.boxes == here.boxes
                assert (len(over.boxes) > 0) == name.endswith(".pdf")
                assert list(over.pieces) == list(here.pieces) == list(layout.layout(here))


@pytest.mark.slow
def test_a_text_that_takes_too_long_to_lay_out_is_refused() -> None:
    with Parsers(Limits(cpu=1, wall=120.0), children=1) as parsers:
        ((_, reason, *_),) = parsers.load(SLOW, "quotes.txt").failures
        assert "it took over 1 seconds of processor time to read" in reason
        assert parsers.load(b"The pier was closed.", "a.txt").documents


def test_a_text_of_too_many_pieces_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MAX_PIECES", 1_000)
    with pytest.raises(UnreadableDocument, match=r"a\.md: over 1,000 sentences and .*; split it"):
        load_file(b"- It rose.\n" * 501, "a.md")
    assert load_file(b"- It rose.\n" * 500, "a.md").documents


def test_pieces_are_those_that_were_put_in() -> None:
    pieces = Pieces.of(SOME)
    assert list(pieces) == [pieces[i] for i in range(3)] == SOME
    assert list(pieces[1:]) == SOME[1:]
    assert list(Pieces.from_bytes(pieces.to_bytes(), 12)) == SOME
    assert len(pieces.to_bytes()) == 3 * Pieces.SIZE
    assert not Pieces.of(())


@pytest.mark.slow
def test_neither_process_grows_with_the_number_of_sentences(tiny_compiled: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", PEAK, tiny_compiled], capture_output=True, text=True, check=True
    )
    own, child = map(int, run.stdout.split())
    assert own < 100 * 2**10  # kB
    assert child < 400 * 2**10


@pytest.mark.slow
def test_letters_that_stand_for_many_count_as_many() -> None:
    assert written_out("a" * 10) == 10
    assert written_out("Kari ﷺ") == 5 + 18
    with pytest.raises(UnreadableDocument, match="over 20 million characters of text"):
        load_file("ﷺ ".encode() * 1_100_000, "blessings.txt")
