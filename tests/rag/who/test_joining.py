"""Who's who: names with what is said of them."""

from __future__ import annotations

from index.generation.build import encode_documents
from rag.names import NameKind, NamesAnnotator
from rag.who import CitedNames, WhoRequest, who_is_who
from tests.doubles import FakeEncoder, document

BRIDGE = document(
    "# The bridge\n\nDr Helen Marsh is the keeper of the bridge over the Tarn.\n"
    "They paid Marsh well.\n"
    "The steel came late from Brightwell Steel GmbH.\n",
    "bridge.md",
)
LOCK = document(
    "# The lock\n\nThe lock gate was painted by Dr Helen Marsh in the spring.\n", "lock.md"
)
ALL = (BRIDGE, LOCK)
RETRIEVER = encode_documents(ALL, FakeEncoder()).retriever(FakeEncoder())


def told(found: CitedNames) -> dict[str, list[str]]:
    quotes = {c.number: c.quote for c in found.cited.citations}
    return {group.label: [quotes[n] for n in group.numbers] for group in found.cited.groups}


def test_of_all_documents_what_tells_most_first() -> None:
    found = told(who_is_who(RETRIEVER, ALL, WhoRequest(kind=NameKind.PERSON)))
    assert found == {
        "People: Dr Helen Marsh (also Marsh)": [
            "Dr Helen Marsh is the keeper of the bridge over the Tarn.",
            "The lock gate was painted by Dr Helen Marsh in the spring.",
            "They paid Marsh well.",
        ]
    }


def test_by_a_name_and_some_of_them() -> None:
    by_name = who_is_who(RETRIEVER, ALL, WhoRequest("marsh", each=1))
    assert by_name.number == 1
    assert [len(own) for own in told(by_name).values()] == [1]
    every = who_is_who(RETRIEVER, ALL, WhoRequest(most=1))
    assert every.number > 1
    assert len(every.cited.groups) == 1
    assert not who_is_who(RETRIEVER, ALL, WhoRequest("Nobody Here")).cited.citations


def test_names_are_emphasised_where_they_stand() -> None:
    (cited,) = who_is_who(RETRIEVER, ALL, WhoRequest("Brightwell")).cited.citations
    assert [cited.document.cut(span) for span in cited.emphasis] == ["Brightwell Steel GmbH"]


def test_what_is_kept_gives_the_same() -> None:
    kept = [NamesAnnotator().annotate(RETRIEVER, one) for one in ALL]
    request = WhoRequest()
    assert who_is_who(RETRIEVER, ALL, request, kept) == who_is_who(RETRIEVER, ALL, request)
