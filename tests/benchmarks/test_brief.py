"""The marks of the corpora stand in them, and what is counted is what was marked."""

from __future__ import annotations

import pytest

pytest.importorskip("rouge_score")
pytest.importorskip("sumy")

from benchmarks.brief import SHARE, MarkedCorpus, marked_corpora, score

pytestmark = pytest.mark.skipif(
    not (SHARE / "common-licenses/Artistic").is_file(), reason="only Debian has its licences"
)


def test_each_mark_stands_in_its_corpus() -> None:
    corpora = marked_corpora()
    assert len(corpora) == 12
    for corpus in corpora:
        texts = [" ".join(document.text.split()) for document in corpus.documents]
        assert len(corpus.matters) == 10
        for mark in (mark for own in corpus.matters for mark in own):
            assert any(" ".join(mark.split()) in text for text in texts), mark


def test_a_statement_that_is_said_twice_is_said_once() -> None:
    corpus = MarkedCorpus("made", (), (("the gate", "a gate"), ("the pond",)))
    found = score(corpus, ["Here is the\ngate.", "A weir, not a gate.", "Nothing."])
    assert found == (2, 1)
