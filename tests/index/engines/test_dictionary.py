"""The dictionary says what the passages and what surrounds them say."""

from __future__ import annotations

from index.engines.dictionary import Dictionary, number_of
from index.generation import encode_documents
from index.search import Sparse, Surroundings
from tests.doubles import EELS, HARBOUR, FakeEncoder, document


def made() -> tuple[Dictionary, Sparse]:
    documents = [document(HARBOUR, "harbour.txt"), document(EELS, "secret/eels.md")]
    contents = encode_documents(documents, FakeEncoder())
    found = Dictionary.of(contents.terms, Surroundings(contents.passages))
    return found, Sparse.build(contents.terms, contents.languages)


def test_it_counts_as_bm25_does() -> None:
    dictionary, sparse = made()
    assert {stem: dictionary.often(stem) for stem in sparse.stems} == {
        stem: sparse.often(stem) for stem in sparse.stems if sparse.often(stem)
    } | {stem: 0 for stem in sparse.stems if not sparse.often(stem)}


def test_it_comes_back() -> None:
    dictionary, _ = made()
    assert Dictionary.from_bytes(dictionary.to_bytes()) == dictionary


def test_what_is_said_and_what_only_surrounds() -> None:
    dictionary, _ = made()
    assert dictionary.is_said("harbour")
    assert not dictionary.is_said("secret")  # a folder's name: passages are found by it
    assert dictionary.often("secret")
    assert "secret" in dictionary.around
    assert not dictionary.is_said("zebra")


def test_a_part_of_a_word() -> None:
    dictionary, _ = made()
    assert dictionary.longer(b"arbou", 9) == ["harbour"]
    assert len(dictionary.longer(b"a", 2)) == 2
    assert dictionary.longer(b"zebra", 9) == dictionary.longer(b"", 9) == []
    every = {stem for stem in dictionary.stems if "ar" in stem}
    assert set(dictionary.longer(b"ar", 99)) == every


def test_a_stem_has_one_number_everywhere() -> None:
    assert number_of("harbour") == number_of("harbour") != number_of("eel")
    assert 0 <= number_of("\ud800") < 2**31
