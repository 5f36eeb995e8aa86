"""Which questions ask for names, and for whose."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from rag.named import Names
from rag.names import NameKind
from rag.query import AskedQuestion
from rag.who import asked_names
from tests.doubles import document

MINUTES = document("# Minutes\n\nIda Holm was there.\n", "minutes-2021.md")
NAMES = Names((MINUTES, document("# Lease\n\nNobody was.\n", "lease.md")))


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("List all companies mentioned", NameKind.ORGANISATION),
        ("please list every company that is named in these documents", NameKind.ORGANISATION),
        ("Which people are mentioned?", NameKind.PERSON),
        ("who is mentioned in the minutes?", NameKind.PERSON),
        ("how many cities are mentioned in my files", NameKind.PLACE),
        ("What countries do the articles mention?", NameKind.PLACE),
        ("which products are discussed in the interviews", NameKind.PRODUCT),
        ("list all names mentioned", None),
        ("Welche Personen werden in den Protokollen erwähnt?", NameKind.PERSON),
    ],
)
def test_the_kind_is_that_of_the_word(question: str, kind: NameKind | None) -> None:
    found = asked_names(AskedQuestion(question), NAMES)
    assert found is not None
    assert (found.kind, found.documents) == (kind, ())


@pytest.mark.parametrize(
    "question",
    [
        "which companies are mentioned by Mei",
        "list all people who were mentioned in connection with chips",
        "who mentioned the budget?",
        "which cities do our people work in",
        "how many people are mentioned in the list",
        "list all companies",
        "who is who",
        "name the project that is mentioned",
    ],
)
def test_what_more_is_asked_of_them_no_name_tells(question: str) -> None:
    assert asked_names(AskedQuestion(question), NAMES) is None


def test_of_a_document_that_is_named() -> None:
    found = asked_names(AskedQuestion("who is mentioned in minutes-2021.md?"), NAMES)
    assert found is not None
    assert (found.kind, found.documents) == (NameKind.PERSON, (MINUTES,))


@given(st.text(max_size=200))
def test_any_text_can_be_asked(text: str) -> None:
    found = asked_names(AskedQuestion(f"which companies are mentioned {text}"), NAMES)
    assert found is None or found.kind is NameKind.ORGANISATION
