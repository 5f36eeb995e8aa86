"""What is offered was asked of what is in use now, or nothing is offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answers import Answer, Scope
from rag.engine import Engine
from rag.suggestions.suggest import Suggester
from tests.ui.handmade import cite
from tests.ui.served import CannedEngine
from tests.ui.server.test_session import (
    OTHER,
    TOKEN,
    Event,
    own_home,
)
from ui.page.turns import ShownTurn, conversation
from ui.server import web
from ui.server.chat import Chat
from ui.show.markdown import to_markdown
from ui.show.text import to_text

__all__ = ["own_home"]  # a fixture


class OfDocuments:
    """Offers what names the documents it was made for."""

    def __init__(self, engine: Engine) -> None:
        self.names = "+".join(d.source for d in engine.documents)

    def openers(self, count: int = 5) -> tuple[str, ...]:
        return (f"open {self.names}?",)

    def follow_ups(self, history: Sequence[Answer], count: int = 3) -> tuple[str, ...]:
        return (f"after {len(history)} of {self.names}?",)

    def rephrasings(self, answer: Answer, count: int = 2) -> tuple[str, ...]:
        return (f"instead in {self.names}?",)


BOTH, ONE = "notes/lighthouse.txt+harbour.txt", "harbour.txt"


@pytest.fixture
def engine(answer: Answer, abstained: Answer) -> CannedEngine:
    documents = dict.fromkeys(c.document for c in answer.citations)
    return CannedEngine(tuple(documents), [answer, abstained])


@pytest.fixture
def chat(engine: CannedEngine) -> Chat:
    return Chat(engine, suggests=OfDocuments)


def tick(chat: Chat, engine: CannedEngine, checked: bool, document: int = 0) -> dict[str, str]:
    event = Event(do="tick", document=engine.documents[document].id, checked=checked)
    return chat.act(TOKEN, event)


def test_a_tick_withdraws_what_was_offered_and_asks_what_is_in_use(
    chat: Chat, engine: CannedEngine, answer: Answer
) -> None:
    assert f"open {BOTH}?" in chat.suggest(TOKEN)["offers"]
    assert tick(chat, engine, False)["offers"] == ""
    assert chat.open(TOKEN, "")["offers"] == ""
    assert f"open {ONE}?" in chat.suggest(TOKEN)["offers"]
    assert f"open {ONE}?" in chat.open(TOKEN, "")["offers"]
    chat.ask(TOKEN, answer.question)
    assert f"after 1 of {ONE}?" in chat.suggest(TOKEN)["offers"]
    tick(chat, engine, True)
    assert f"after 1 of {BOTH}?" in chat.suggest(TOKEN)["offers"]
    assert chat.suggest(TOKEN) == {}


def test_rephrasings_in_any_answer_are_of_what_is_in_use(
    chat: Chat, engine: CannedEngine, answer: Answer, abstained: Answer
) -> None:
    for question in (abstained.question, answer.question, abstained.question):
        chat.ask(TOKEN, question)
        chat.suggest(TOKEN)
    assert chat.open(TOKEN, "")["talk"].count(f"instead in {BOTH}?") == 4  # as data and as words
    assert "instead" not in tick(chat, engine, False)["talk"]
    assert chat.suggest(TOKEN)["talk"].count(f"instead in {ONE}?") == 2
    assert chat.open(TOKEN, "")["talk"].count("instead in") == 2


def test_what_was_offered_of_an_index_is_not_offered_of_its_newer_state(
    chat: Chat, engine: CannedEngine, answer: Answer
) -> None:
    chat.ask(TOKEN, answer.question)
    assert f"after 1 of {BOTH}?" in chat.suggest(TOKEN)["offers"]
    newer = engine.within({engine.documents[1].id})
    chat.sessions._served._engine = newer
    assert chat.open(TOKEN, "")["offers"] == ""
    assert f"after 1 of {ONE}?" in chat.suggest(TOKEN)["offers"]


def test_what_was_tried_for_other_documents_meanwhile_is_not_offered(
    engine: CannedEngine, answer: Answer
) -> None:
    class Slow(OfDocuments):
        def follow_ups(self, history: Sequence[Answer], count: int = 3) -> tuple[str, ...]:
            if self.names == BOTH:
                tick(mine, engine, False)
            return super().follow_ups(history, count)

    mine = Chat(engine, suggests=Slow)
    mine.ask(TOKEN, answer.question)
    assert mine.suggest(TOKEN) == {}
    assert f"after 1 of {ONE}?" in mine.suggest(TOKEN)["offers"]


def test_an_example_is_offered_while_its_own_document_answers_it(
    engine: CannedEngine, answer: Answer
) -> None:
    lighthouse, harbour = engine.documents
    brig = cite(harbour, "Coal ships paid nothing <1870.", 1)
    engine.replies = {"What burns?": replace(answer, question="What burns?"),
                      "Who pays?": Answer("Who pays?", (brig,), (), 0.9)}  # fmt: skip

    def of(chosen: CannedEngine, question: str) -> Answer:
        found = canned(chosen, question)
        kept = tuple(c for c in found.citations if c.document in chosen.documents)
        return replace(found, citations=kept)

    canned = CannedEngine.ask
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CannedEngine, "ask", of)
        chat = Chat(engine, ("What burns?", "Who pays?", "What is nowhere?"))
        views = [chat.suggest(TOKEN)]
        for ticked, document in ((False, lighthouse), (True, lighthouse), (False, harbour)):
            chat.act(TOKEN, Event(do="tick", document=document.id, checked=ticked))
            views.append(chat.suggest(TOKEN))
        asked = len(engine.asked)
        assert chat.suggest(OTHER) == views[0]
    offered = [[q for q in ("burns", "pays", "nowhere") if q in v["offers"]] for v in views]
    assert offered == [["burns", "pays"], ["pays"], ["burns", "pays"], ["burns"]]
    assert len(engine.asked) == asked  # what was tried of an engine is kept


def test_the_question_of_a_link_is_asked_in_a_conversation_too(
    chat: Chat, engine: CannedEngine, answer: Answer, abstained: Answer
) -> None:
    chat.ask(TOKEN, answer.question)
    views = chat.open(TOKEN, abstained.question)
    assert [t.answer for t in chat.sessions.of(TOKEN).turns] == [answer, abstained]
    assert engine.asked[-1] == (abstained.question, (answer,))
    assert 'data-at="1"' in views["talk"]
    assert chat.open(TOKEN, "???")["box"] == "???"
    assert len(chat.sessions.of(TOKEN).turns) == 2


def test_an_abstention_says_how_many_documents_were_not_asked(
    chat: Chat, engine: CannedEngine
) -> None:
    tick(chat, engine, False)
    talk = chat.ask(TOKEN, "Who asked?")["talk"]
    assert "I found no sentence that answers this." in talk
    assert "1 document was left out." in talk
    tick(chat, engine, False, document=1)
    talk = chat.ask(TOKEN, "Who asked?")["talk"]
    assert "No document was asked." in talk
    assert "2 documents were left out." in talk
    views = chat.act(TOKEN, Event(do="include", turn="1"))
    assert "No document was asked." not in views["talk"]
    assert "1 document was left out." in views["talk"]  # as it was for the first answer
    assert "2 documents" in views["masthead"]
    assert views["library"].count(" checked") == 2
    assert "Undo" in views["notice"]
    assert chat.act(TOKEN, Event(do="include", turn="7")) == {}


def test_text_and_markdown_say_it_too(abstained: Answer) -> None:
    some = replace(abstained, scope=Scope(1, 1_200))
    none = replace(abstained, scope=Scope(0, 1), closest=(), unknown=(), unquoted=(), not_read=())
    for shown in (to_text, to_markdown):
        assert "1,200 documents were left out." in shown(some)
        assert "Nowhere in the documents that were asked: zebras" in shown(some)
        lines = [line for line in shown(none).splitlines() if line]
        assert lines == ["No document was asked.", "1 document was left out."]
    assert 'data-do="include"' in conversation([ShownTurn(some)])
    assert 'data-do="include"' not in conversation([ShownTurn(abstained)])


def test_a_document_that_was_asked_alone_leads_back_to_all(
    chat: Chat, engine: CannedEngine, answer: Answer
) -> None:
    named = replace(answer, asked_of=("harbour.txt",))
    assert 'data-do="include"' in conversation([ShownTurn(named)])
    assert 'data-do="include"' not in conversation([ShownTurn(answer)])
    chat.ask(TOKEN, answer.question)
    chat.act(TOKEN, Event(do="include", turn="0"))
    assert engine.everywhere == [False, True]


def test_an_answer_knows_how_many_documents_were_asked(index_path: Path) -> None:
    engine = Engine.open(index_path)
    first, *others = (d.id for d in engine.documents)
    assert engine.ask("eels?").scope == Scope(3, 0)
    assert engine.within(others).ask("eels?").scope == Scope(2, 1)
    assert engine.within(others).within(others[:1]).ask("eels?").scope == Scope(1, 2)
    none = engine.within(()).ask("Do zebras play?")
    assert none.scope == Scope(0, 3)
    assert none.unknown == ()
    again = Answer.from_dict(none.to_dict(), engine.documents)
    assert again.scope == none.scope
    assert first


@pytest.mark.slow
def test_of_the_bundled_articles_each_example_goes_with_its_article() -> None:
    engine = Engine.open()
    chat = Chat(engine, web.EXAMPLES, suggests=Suggester)
    shown = chat.suggest(TOKEN)["offers"]
    assert shown.count("<li>") == len(web.EXAMPLES)
    for question in web.EXAMPLES[:2]:
        best = engine.ask(question).best
        assert best is not None
        chat.act(TOKEN, Event(do="tick", document=best.document.id, checked=False))
        assert f">{question}<".replace("'", "&#39;") not in chat.suggest(TOKEN)["offers"]
        chat.act(TOKEN, Event(do="tick", document=best.document.id, checked=True))
    assert chat.suggest(TOKEN)["offers"] == shown
