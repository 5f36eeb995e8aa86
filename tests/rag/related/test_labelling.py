"""What is related to a quotation stands under its label; what is not clear is not told."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from index import CitationError
from index.generation.build import encode_documents
from rag import Answer, Engine, QuestionKind
from rag.related import NearSentence, RelatedLabel, labelled
from rag.related.quoted import sentences_of
from tests.doubles import FakeEncoder, document
from tests.scripted import Script, Scripted

RENT = "The garden rent was raised to forty crowns from October on."
UNPAID = "Twelve members paid the garden rent of forty crowns by the end of May."
DENIED = "The garden rent was not raised to forty crowns from October on."
AGAIN = "From October on the garden rent was raised to forty crowns."
GATE = "Nobody spoke for the old gate by the road."
POND = "The pond is kept full by the new weir above the mill."
MINUTES = document(f"# Minutes\n\n{RENT} {GATE}\n", "minutes.md")
LETTERS = document(
    f"# Letters\n\n{UNPAID} {AGAIN} {DENIED}\n\n# The pond\n\n{POND}\n", "letters.md"
)
SAID: Script = {
    GATE: [],
    POND: [],
    RENT: [(UNPAID, 0.4), (AGAIN, 0.6), (POND, 0.2), (DENIED, 0.5)],
}


def engine(script: Script = SAID) -> Engine:
    own = [MINUTES, LETTERS]
    retriever = encode_documents(own, FakeEncoder()).retriever(FakeEncoder())
    return Engine(retriever, Scripted(script), own)


def told(answer: Answer) -> dict[str, list[str]]:
    own = {c.number: " ".join(c.quote.split()) for c in answer.citations}
    return {group.label: [own[n] for n in group.numbers] for group in answer.groups}


def test_each_statement_stands_under_its_label() -> None:
    asked = engine()
    answer = asked.related("garden rent was raised to forty crowns from October on")
    assert told(answer) == {
        "Says the same": [AGAIN],
        "Adds to it": [UNPAID],
        "Goes against it": [DENIED],
    }
    assert answer.kind is QuestionKind.RELATED
    assert answer.question == f"Related: “{RENT}” (minutes.md:3)"
    kept = json.loads(json.dumps(answer.to_dict()))
    assert Answer.from_dict(kept, asked.documents).to_dict() == kept


def test_nothing_is_told_where_the_reader_sees_nothing() -> None:
    answer = engine({RENT: [(POND, 0.9)]}).related(RENT)
    assert not answer
    assert answer.citations == ()


def test_a_quotation_of_no_document_is_refused() -> None:
    own = [document("The heron stood in the reeds all morning.", "other.md")]
    retriever = encode_documents(own, FakeEncoder()).retriever(FakeEncoder())
    quoted = engine().related(RENT).citations[0]
    with pytest.raises(CitationError, match=r"letters\.md"):
        Engine(retriever, Scripted({}), own).related(quoted)


def near(one: str, other: str, words: float) -> list[NearSentence]:
    own = [document(one, "one.md"), document(other, "other.md")]
    retriever = encode_documents(own, FakeEncoder()).retriever(FakeEncoder())
    a, b = (sentences_of(retriever, d, 0, len(d.text))[0] for d in own)
    return [NearSentence(b, a, 0.5, words)]


def labels(found: Sequence[tuple[RelatedLabel, NearSentence]]) -> list[RelatedLabel]:
    return [label for label, _ in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The bridge over the Ash opened in 1911.", "The tunnel under the Ash opened in 1931."),
        ("Preparing the dough takes ten minutes.", "Preparing the sauce takes forty minutes."),
    ],
)
def test_sentences_of_one_form_about_two_things_do_not_go_against_each_other(
    one: str, other: str
) -> None:
    assert RelatedLabel.AGAINST not in labels(labelled(near(one, other, 0.6)))


def test_a_form_that_is_filled_in_otherwise_is_not_told() -> None:
    one = "Present at the meeting were the members Holm, Tarn, Vale, Quist and Berg."
    other = "Present at the meeting were the members Holm, Tarn, Vale, Quist and Lund."
    assert labels(labelled(near(one, other, 0.9))) == []
