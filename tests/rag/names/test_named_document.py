"""The names of a document, as they are found and as they are kept."""

from __future__ import annotations

import pytest

from index.generation.build import encode_documents
from rag.names import NamesAnnotator, document_names, read_names
from tests.doubles import FakeEncoder, document

TEXT = """# The bridge

Dr Helen Marsh of the University of Galway measured the bridge. Marsh says that the noise is high.
The steel came from Brightwell Steel GmbH. Nobody asked Brightwell Steel why it was late.
"""
OWN = document(TEXT, "bridge.md")
RETRIEVER = encode_documents([OWN], FakeEncoder()).retriever(FakeEncoder())


def test_each_once_under_all_its_spellings() -> None:
    found = document_names(RETRIEVER, OWN)
    spelled = [sorted({OWN.cut(m.span) for m in one.mentions}) for one in found]
    assert spelled == [
        ["Dr Helen Marsh", "Marsh"],
        ["University of Galway"],
        ["Brightwell Steel", "Brightwell Steel GmbH"],
    ]


def test_what_is_said_to_be_short_for_it() -> None:
    text = "They asked the Harbour Masters Guild Office (HMO) of it. Then the HMO wrote to us.\n"
    page = document(f"# Harbours\n\n{text}", "harbours.md")
    retriever = encode_documents([page], FakeEncoder()).retriever(FakeEncoder())
    spelled = [{page.cut(m.span) for m in one.mentions} for one in document_names(retriever, page)]
    assert {"Harbour Masters Guild Office", "HMO"} in spelled


def test_what_is_kept_reads_back() -> None:
    kept = NamesAnnotator().annotate(RETRIEVER, OWN)
    assert list(read_names(kept) or ()) == document_names(RETRIEVER, OWN)


@pytest.mark.parametrize("kept", [None, [1], [[[0, 1], [[5, 2, 0, 9]]]], {"a": 1}])
def test_what_was_not_kept_so(kept: object) -> None:
    assert read_names(kept) is None
