"""What every annotator must hold: its name names a file, and it keeps no word of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.generation.build import encode_documents
from rag.annotators import ANNOTATORS
from rag.names import NamesAnnotator
from rag.overview import SourceGuide
from rag.overview.source_guide import NAMED
from tests.doubles import EELS, HARBOUR, FakeEncoder, document


def strings(kept: Any) -> Iterator[str]:
    if isinstance(kept, str):
        yield kept
    elif isinstance(kept, dict):
        for key, value in kept.items():
            yield from strings(key)
            yield from strings(value)
    elif isinstance(kept, list | tuple):
        for value in kept:
            yield from strings(value)


def test_names_are_file_names_and_versions_count_from_one() -> None:
    names = [one.name for one in ANNOTATORS]
    assert len(set(names)) == len(names)
    for one in ANNOTATORS:
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", one.name)
        assert one.version >= 1


def test_labels_are_the_same_for_every_document_and_no_word_of_it_is_kept() -> None:
    documents = [document(HARBOUR, "harbour.txt"), document(EELS, "eels.md")]
    retriever = encode_documents(documents, FakeEncoder()).retriever(FakeEncoder())
    for one in ANNOTATORS:
        for own in documents:
            for said in strings(one.annotate(retriever, own)):
                is_date = re.fullmatch(r"[-\d/X~?%]+", said)  # as EDTF writes it
                assert is_date or said not in own.text or len(said) < 3, said


def test_a_document_is_annotated_the_same_whatever_stands_beside_it() -> None:
    def alone(*texts: str) -> Any:
        own = [document(text, f"{i}.md") for i, text in enumerate(texts)]
        retriever = encode_documents(own, FakeEncoder()).retriever(FakeEncoder())
        return [one.annotate(retriever, own[-1]) for one in ANNOTATORS]

    near = "# Eels\n\nAn older one.\n" + EELS  # of near-copies what both say is asked of one
    assert alone(EELS) == alone(HARBOUR, EELS) == alone(near, HARBOUR, EELS)


def test_a_guide_is_the_same_with_names_that_are_kept() -> None:
    text = "# Cisco\n\nDr Helen Marsh runs Cisco. Cisco sells routers. Helen Marsh left.\n"
    own = document(text, "cisco.md")
    retriever = encode_documents([own], FakeEncoder()).retriever(FakeEncoder())
    asked: list[str] = []

    def kept(id_: str) -> Any:
        asked.append(id_)
        return NamesAnnotator().annotate(retriever, own)

    guide = SourceGuide().annotate(retriever, own)
    assert NAMED in guide
    assert SourceGuide(kept).annotate(retriever, own) == guide
    assert asked == [own.id]
    assert NAMED not in SourceGuide(lambda _: []).annotate(retriever, own)  # none are kept of it
