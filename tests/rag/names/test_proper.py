"""Which names are more than common words with capital letters."""

from __future__ import annotations

import numpy as np

from index.encoder import open_encoder
from rag.names.proper import are_proper, how_written
from tests.doubles import FakeEncoder, document

NAMES = ("Derivative Product", "Agreement", "Ida Holm", "Tarnby", "Brightwell Steel GmbH", "NASA")
TEXT = "# Page\n\nThe derivative product of this agreement was sold by Ida Holm and others.\n"


def test_common_words_are_no_names() -> None:
    encoder, _ = open_encoder(None)
    found = are_proper(encoder, document(TEXT, "page.md"), NAMES)
    assert dict(zip(NAMES, found.tolist(), strict=True)) == {
        **dict.fromkeys(NAMES[:2], False),
        **dict.fromkeys(NAMES[2:], True),
    }


def test_of_another_encoder_or_language_nothing_is_known() -> None:
    page = document(TEXT, "page.md")
    assert are_proper(FakeEncoder(), page, NAMES).all()
    assert are_proper(None, page, NAMES).all()
    german = document("# Seite\n\nDer Vertrag wurde gestern von den Mietern gekündigt.\n", "s.md")
    encoder, _ = open_encoder(None)
    assert german.language == "de"
    assert are_proper(encoder, german, ["Vertrag"]).all()


def test_how_a_name_is_written() -> None:
    assert how_written(TEXT, NAMES[:3]).tolist() == [[1, 1], [1, 1], [0, 0]]
    assert np.array_equal(how_written("ten thousand", ["Sand"]), [[1, 0]])
    assert how_written(TEXT, []).shape == (0, 2)
