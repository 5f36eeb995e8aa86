"""The stems of sentences that an index keeps are those counted afresh, after any change."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, strategies as st

from index.generation.build import encode_documents
from index.generation.contents import Contents
from index.passages.texts import SentenceStems, passage_stems, sentence_stems
from index.search.terms import KeptStems, Terms
from index.storage import Checked, Draft
from index.types import Document
from tests.doubles import BREAD, EELS, HARBOUR, FakeEncoder, document
from tests.strategies import documents

SAID = st.lists(st.sampled_from(["eel", "weir", "mud"]), max_size=4)
STEMS = st.lists(st.builds(SentenceStems, SAID, SAID), max_size=6)


def afresh(contents: Contents) -> list[SentenceStems]:
    """The stems of all sentences, counted now."""
    return [sentence_stems(p.document, s) for p in contents.passages for s in p.sentences]


def kept(terms: Terms) -> list[SentenceStems]:
    """Those that are kept."""
    stems = KeptStems.of(terms)
    return [stems[i] for i in range(len(terms.own))]


def check(contents: Contents) -> None:
    """What is kept of sentences and passages is what is counted now."""
    terms = contents.terms
    assert kept(terms) == afresh(contents)
    ids, starts = terms.passages.ids.tolist(), terms.passages.starts.tolist()
    for i, passage in enumerate(contents.passages):
        own = [terms.vocabulary[n] for n in ids[starts[i] : starts[i + 1]]]
        assert own == passage_stems(passage)
    assert list(terms.vocabulary) == sorted(set(terms.vocabulary))


@pytest.mark.slow
@given(st.lists(documents(), min_size=1, max_size=3, unique_by=lambda d: d.id), st.data())
def test_what_is_kept_is_what_is_counted(made: list[Document], data: st.DataObject) -> None:
    contents = encode_documents(made, FakeEncoder())
    check(contents)
    order = data.draw(st.permutations(range(len(made))))
    check(contents.take(order[:1]))
    check(Contents.join([contents.take([number]) for number in order]))


def test_a_list_s_introduction_and_a_byline_s_label_stand_before_the_own_words() -> None:
    contents = encode_documents([document(EELS), document(HARBOUR, "harbour.txt")], FakeEncoder())
    found = {
        passage.document.cut(sentence.span): sentence_stems(passage.document, sentence)
        for passage in contents.passages
        for sentence in passage.sentences
    }
    item, byline = found["Warm summers empty the shallow ponds."], found["By Ida Holm"]
    assert item == (
        ["three", "thing", "threaten", "eel"],
        ["warm", "summer", "empti", "shallow", "pond"],
    )
    assert "author" in byline.before
    assert byline.own == ["ida", "holm"]
    assert found["It took eleven months."].before == []


@given(STEMS, STEMS)
def test_terms_of_a_disk_are_the_same(
    first: list[SentenceStems], second: list[SentenceStems]
) -> None:
    terms = Terms.join([Terms.of([one.all for one in part], part) for part in (first, second)])
    with TemporaryDirectory() as folder:
        draft = Draft(Path(folder))
        terms.save(draft)
        files = Checked(draft.folder, draft.entries)
        stems = KeptStems.load(files, terms.vocabulary)
        assert [stems[i] for i in range(len(first + second))] == first + second
        assert kept(Terms.load(files)) == first + second


def test_a_sentence_that_is_not_there_has_no_stems() -> None:
    stems = KeptStems.of(encode_documents([document(BREAD)], FakeEncoder()).terms)
    with pytest.raises((IndexError, ValueError)):
        stems[10_000]
