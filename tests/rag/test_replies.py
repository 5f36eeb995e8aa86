"""What is no question gets a reply of its own, and nothing that is one does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.generation import store
from index.passages.chunking import split
from index.types import Document, Page
from rag.answers import Answer
from rag.engine import Engine
from rag.reader.first import FirstReader
from rag.replies import LISTED, Reply, ReplyKind, reply_to
from tests.doubles import FakeEncoder, document
from ui.show.as_json import to_json
from ui.show.html import to_html
from ui.show.markdown import to_markdown
from ui.show.text import to_text

LEASE = replace(
    document(
        "# Lease\n\n## Rent\n\nThe rent is due in May.\n\n## Keys\n\nThere are two.\n",
        "in/lease.md",
    ),
    meta={"author": "Ada Holm", "date": "2024-05-01", "language": "en"},
)
PIER = replace(document("The pier of Tarn was closed in May.\n"), source="pier.pdf")
DOCUMENTS = (LEASE, replace(PIER, pages=(Page(0, "p. 1"),)))
SAID = {
    "hi": ReplyKind.GREETING, "Hello!": ReplyKind.GREETING, "hey there": ReplyKind.GREETING,
    "Good morning, Ibid": ReplyKind.GREETING, "guten Tag": ReplyKind.GREETING,
    "thanks!": ReplyKind.THANKS, "ok, thank you very much.": ReplyKind.THANKS,
    "great thanks": ReplyKind.THANKS, "bye": ReplyKind.THANKS,
    "help": ReplyKind.HELP, "what can you do?": ReplyKind.HELP, "Who are you?": ReplyKind.HELP,
    "how does this work": ReplyKind.HELP,
    "how many documents are there and what are they called?": ReplyKind.DOCUMENTS,
    "which files do you have": ReplyKind.DOCUMENTS, "list the documents": ReplyKind.DOCUMENTS,
    "who wrote these?": ReplyKind.AUTHORS, "who is the author of these articles": ReplyKind.AUTHORS,
    "who wrote lease.md?": ReplyKind.AUTHORS,
    "who is the author of the file in/lease.md": ReplyKind.AUTHORS,
    "what is in lease.md?": ReplyKind.CONTENTS, "What’s in in/lease.md": ReplyKind.CONTENTS,
    "what is in the file pier.pdf?": ReplyKind.CONTENTS,
}  # fmt: skip
# near what is said above, and questions all the same
ASKED = (
    "hi, when is the rent due?", "who is Ada Holm?", "thanks to whom was the pier built?",
    "who helped the keeper?", "what can you do against damp?", "what documents do I need to apply?",
    "how many documents must be signed?", "which files does the printer take?",
    "who wrote the lease?", "who wrote pier.pdf?", "who wrote lease",
    "who wrote these letters to the king?", "what is in the harbour?",
    "what is in other.pdf?", "what is in lease", "good morning stories", "help desk hours",
    "list the documents that a tenant must bring", "summarise lease.md", "who wrote this?",
    "how does this work in winter?", "bye laws", "hello world program", "?", "what are the rules?",
)  # fmt: skip


def passages_of(made: Document) -> list:  # type: ignore[type-arg]
    return split(made, FakeEncoder().count_tokens)


@pytest.mark.parametrize("said", SAID)
def test_it_is_told_by_its_words(said: str) -> None:
    reply = reply_to(said, DOCUMENTS, passages_of)
    assert reply is not None
    assert reply.kind is SAID[said]
    assert all(line.strip() for line in reply.lines)


@pytest.mark.parametrize("asked", ASKED)
def test_a_question_gets_none(asked: str) -> None:
    assert reply_to(asked, DOCUMENTS, passages_of) is None


def test_documents_are_counted_and_named() -> None:
    reply = reply_to("which documents are there?", DOCUMENTS)
    assert reply == Reply(
        ReplyKind.DOCUMENTS, ("2 documents:", "- Lease (in/lease.md)", f"- {PIER.title} (pier.pdf)")
    )
    many = [document(f"The pier {n} of Tarn.\n", f"pier-{n}.txt") for n in range(LISTED + 5)]
    listed = reply_to("list the files", many)
    assert listed is not None
    assert listed.lines[0] == f"{LISTED + 5} documents:"
    assert listed.lines[-1] == "and 5 more"
    assert len(listed.lines) == LISTED + 2
    nothing = reply_to("list the files", ())
    assert nothing is not None
    assert nothing.lines == ("There is no document.",)


def test_authors_are_those_that_the_documents_name() -> None:
    reply = reply_to("who wrote these?", DOCUMENTS)
    assert reply is not None
    assert reply.lines[1:] == (
        "- Ada Holm: Lease (in/lease.md)",
        "1 document does not say it.",
    )
    none = reply_to("who wrote these?", DOCUMENTS[1:])
    assert none is not None
    assert none.lines == ("No document says who wrote it.",)


def test_what_is_in_a_file_is_told_by_what_it_says_of_itself() -> None:
    reply = reply_to("what is in lease.md?", DOCUMENTS, passages_of)
    assert reply is not None
    assert set(reply.lines) >= {"- author: Ada Holm", "- date: 2024-05-01", "- Rent", "- Keys"}
    paged = reply_to("what is in pier.pdf?", DOCUMENTS, passages_of)
    assert paged is not None
    assert "- 1 page" in paged.lines


def test_two_files_of_one_name_are_told_apart_by_their_folder() -> None:
    others = [*DOCUMENTS, replace(document("There is a lamp.\n", "out/lease.md"))]
    assert reply_to("what is in lease.md?", others) is None
    assert reply_to("what is in out/lease.md?", others) is not None


@pytest.fixture
def engine(index_path: object) -> Engine:
    opened = store.open_index(index_path)  # type: ignore[arg-type]
    return Engine(opened.retriever, FirstReader.shipped(), opened.documents, abstain=-1.0)


def test_an_engine_replies_and_looks_for_nothing(engine: Engine) -> None:
    answer = engine.ask("thanks!")
    assert not answer
    assert answer.reply == Reply(ReplyKind.THANKS, ("You are welcome.",))
    assert (answer.citations, answer.closest, answer.hits) == ((), (), ())
    assert answer.scope is not None
    assert answer.scope.asked == len(engine.documents)
    assert Answer.from_dict(answer.to_dict(), engine.documents) == answer


def test_a_reply_is_no_turn_that_a_question_leans_on(engine: Engine) -> None:
    first = engine.ask("How tall is the lighthouse?")
    alone = engine.ask("And why?", history=[first])
    between = engine.ask("And why?", history=[first, engine.ask("thanks!")])
    assert between == alone


def test_it_is_shown_in_every_format() -> None:
    hostile = replace(PIER, title="<b>*x*</b>\x1b[31m", source="a.md")
    reply = reply_to("which documents are there?", [hostile, LEASE])
    answer = Answer("which documents are there?", (), (), 0.0, reply=reply)
    text = to_text(answer, width=40, color=True)
    assert text.startswith("2 documents:\n- <b>*x*</b>")
    assert "\x1b" not in text
    assert "do not answer" not in text
    assert r"- &lt;b&gt;\*x\*&lt;/b&gt;" in to_markdown(answer)
    page = to_html(answer)
    assert "<li" in page
    assert "<b>" not in page
    assert '"kind": "documents"' in to_json(answer)


def test_what_is_in_a_file_of_several_documents_is_their_titles() -> None:
    mails = [
        replace(document(f"{words}.\n", f"council.mbox#{n}"), title=words)
        for n, words in enumerate(("The new fees", "The old fees"), 1)
    ]
    reply = reply_to("What is in council.mbox?", [*DOCUMENTS, *mails])
    assert reply is not None
    assert reply.lines[0] == "2 documents:"
    assert "- The old fees (council.mbox#2)" in reply.lines


def test_a_value_is_no_page() -> None:
    made = document('{"port": 8443, "host": "quay"}', "app.json")
    assert made.pages
    reply = reply_to("What is in app.json?", [made])
    assert reply is not None
    assert not any("page" in line for line in reply.lines)
