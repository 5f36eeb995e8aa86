"""No question and no paragraph of a benchmark is trained on, as the two manifests tell."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

import pytest

from benchmarks import manifest as benchmarks
from benchmarks.kit.sets import Question, paragraph
from benchmarks.manifest import GOLDEN, Listing, Texts, fingerprint, normalised, read, write
from index.types import Span
from training import manifest as training
from training.public import NAMES
from training.questions import Benchmarks, TrainingSet

TESTED = read(benchmarks.MANIFEST)
TRAINED = read(training.MANIFEST)


@pytest.mark.parametrize(
    ("sets", "names"),
    [
        (
            TESTED,
            "wiki_even|chroma|scifact test|hotpot pool|squad2 articles 9-10|golden|field|asked"
            "|broad",
        ),
        (
            TRAINED,
            "amazon|reddit|squad2|nq|qed|scifact|hotpot|canard|made|squad2 calibration|definitions|"
            "stances|" + "|".join(NAMES),
        ),
    ],
)
def test_every_set_is_listed_and_holds_something(sets: dict[str, Listing], names: str) -> None:
    assert set(sets) == set(names.split("|"))
    for one in sets.values():
        for listed in one:
            assert len(listed) >= 30
            assert listed == sorted(set(listed))
            assert all(re.fullmatch("[0-9a-f]{16}", f) for f in listed)


@pytest.mark.parametrize(("trained", "tested"), list(product(TRAINED, TESTED)))
def test_nothing_is_trained_on_and_tested_on(trained: str, tested: str) -> None:
    for a, b in zip(TRAINED[trained], TESTED[tested], strict=True):
        assert not set(a) & set(b)


def test_the_fingerprints_are_of_the_texts_as_they_are() -> None:
    asked = [json.loads(line)["question"] for line in GOLDEN.read_text("utf-8").splitlines()]
    assert TESTED["golden"].questions == sorted(map(fingerprint, asked))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What  does\nENFORCE stand for?", "what does enforce stand for"),
        ("“ﬁve” – it’s №\u00a05", "five it s no 5"),
        ("snake_case, x²", "snake case x2"),
        ("Straße 東京", "straße 東京"),
        ("?!…", ""),
    ],
)
def test_normalised(text: str, words: str) -> None:
    assert normalised(text) == words


def test_copies_share_a_fingerprint_and_nothing_else_does() -> None:
    assert fingerprint("Who wrote it?") == fingerprint(" who   WROTE it")
    assert fingerprint("Who wrote it?") != fingerprint("Who wrote that?")
    assert fingerprint("?!") == ""


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    write(file, [("one", Texts(["Why?", "why", "…"], ["A text."]))])
    assert read(file) == {"one": Listing([fingerprint("why")], [fingerprint("a text")])}


def test_what_the_benchmarks_hold_is_taken_out_of_a_training_set() -> None:
    words = "one two three four five six seven eight nine ten eleven twelve thirteen"
    copy = paragraph(f"Before. {words.capitalize()}. After.", "copy")
    other = paragraph("Another text, which is nowhere else.", "other")
    benchmark = Benchmarks(frozenset({"who asked this"}), frozenset({words}))
    both = ((copy.id, Span(0, 3)), (other.id, Span(0, 3)))
    questions = [
        Question("About the copy?", both[:1]),
        Question("About the other?", both[1:]),
        Question("About both?", both),
        Question("Who asked this?!", both[1:]),
        Question("Not answered by the copy?", (), about=copy.id),
        Question("Not answered by the other?", (), about=other.id),
    ]
    left = benchmark.taken_from(TrainingSet("made", [copy, other], questions))
    assert left.documents == [other]
    assert left.questions == [
        questions[1],
        Question("About both?", both[1:]),
        questions[5],
    ]
