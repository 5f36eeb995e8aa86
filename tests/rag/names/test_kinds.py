"""What tells the kind of a name: its vector, its words, the words around it."""

from __future__ import annotations

import numpy as np
import pytest

from index import Encoder
from rag.names import NameKind, kind_of_name
from rag.names.kinds import by_context, by_form, by_vector, may_be_of
from tests.doubles import FakeEncoder


def test_what_is_not_clear_is_another_name() -> None:
    assert kind_of_name([0, 0, 0, 0, 0]) is NameKind.OTHER
    assert kind_of_name([4, 0, 0, 0, 0]) is NameKind.PERSON


def test_what_is_not_clear_may_be_of_the_kind_that_is_likeliest() -> None:
    assert may_be_of(NameKind.PLACE, [0, 0, 0.6, 0, 1])
    assert not may_be_of(NameKind.PERSON, [0, 0, 0.6, 0, 1])
    assert not may_be_of(NameKind.PLACE, [0, 0, 0.3, 0, 3])  # it is hardly one at all


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Dr Ada Lund", NameKind.PERSON),
        ("Orre GmbH", NameKind.ORGANISATION),
        ("Brell Council", NameKind.ORGANISATION),
        ("River Tarn", NameKind.PLACE),
        ("LyraOS", NameKind.PRODUCT),
        ("Tarn", NameKind.OTHER),
    ],
)
def test_by_its_words(name: str, kind: NameKind) -> None:
    assert kind_of_name(by_form([name])) is kind


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("companies such as Orre, Lund and ", " pay more", NameKind.ORGANISATION),
        ("models like ", " or others", NameKind.PRODUCT),
        ("in the words of ", ", who left early", NameKind.PERSON),
        ("that the ", " government denies it", NameKind.PLACE),
    ],
)
def test_by_what_stands_around(before: str, after: str, kind: NameKind) -> None:
    assert kind_of_name(by_context(before, after)) is kind


def test_vectors_of_the_default_encoder_give_log_probabilities(default_encoder: Encoder) -> None:
    found = by_vector(default_encoder, ["Tom Reilly", "Leipzig"])
    assert np.allclose(np.exp(found).sum(axis=1), 1)
    assert [list(NameKind)[i] for i in found.argmax(axis=1)] == [NameKind.PERSON, NameKind.PLACE]


def test_vectors_of_another_encoder_say_nothing() -> None:
    assert not by_vector(FakeEncoder(), ["Tom Reilly"]).any()
