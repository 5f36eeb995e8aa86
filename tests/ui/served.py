"""The chat page over an engine made by hand, served to a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from index.failures import Failure
from index.types import Document
from rag import Engine, QuestionKind
from rag.answers import Answer, Scope
from rag.kinds import CitationGroup
from rag.query import check_question
from tests.scripted import Scripted, Unasked
from tests.ui.handmade import cite
from ui.server import web
from ui.server.chat import Chat

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
MUST_RUN = os.environ.get("CI") == "true" or bool(os.environ.get("IBID_REQUIRE_BROWSER"))


class CannedEngine(Engine):
    """Answers by heart, or raises what it was given; `asked` keeps each question's history."""

    notice = ""  # a test may say something here, and below
    passed_over: tuple[Failure, ...] = ()

    def __init__(
        self,
        documents: Sequence[Document],
        replies: Sequence[Answer],
        errors: Mapping[str, Exception] | None = None,
        failures: Sequence[Failure] = (),
    ) -> None:
        super().__init__(Unasked(), Scripted({}), documents, failures)
        self.replies = {reply.question: reply for reply in replies}
        self.errors = dict(errors or {})
        self.asked: list[tuple[str, tuple[Answer, ...]]] = []
        self.everywhere: list[bool] = []
        self.kinds: list[QuestionKind | None] = []

    def within(self, documents: Collection[str]) -> CannedEngine:
        """One that holds the chosen documents and answers the same."""
        chosen = tuple(d for d in self.documents if d.id in documents)
        narrowed = CannedEngine(chosen, tuple(self.replies.values()), self.errors)
        narrowed.everywhere, narrowed.kinds = self.everywhere, self.kinds
        narrowed.asked, narrowed.left_out = self.asked, len(self.documents) - len(chosen)
        return narrowed

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Answer] = (),
        max_sentences: int = 4,
        everywhere: bool = False,
        kind: QuestionKind | None = None,
    ) -> Answer:
        asked = check_question(question)
        self.asked.append((asked, tuple(history)))
        self.kinds.append(kind)
        self.everywhere.append(everywhere)
        if asked in self.errors:
            raise self.errors[asked]
        scope = Scope(len(self.documents), self.left_out)
        return self.replies.get(asked, Answer(asked, (), (), 0.0, scope=scope))

    def guide(self, *documents: str) -> Answer:
        """The first line as the key point, the last one as the outline."""
        own = self.document(documents[0])
        assert own is not None
        lines = [line for line in own.text.splitlines() if line.strip()]
        cited = (cite(own, lines[0], 1), cite(own, lines[-1], 2))
        groups = (CitationGroup("Key points", (1,)), CitationGroup("Outline", (2,)))
        return Answer("What is this about?", cited, (), 1.0, groups=groups)


class Parrot:
    """Offers the same questions always; `meanwhile` is done while it thinks."""

    def __init__(self, engine: object) -> None:
        self.meanwhile: Callable[[], object] = lambda: None

    def openers(self, count: int = 5) -> tuple[str, ...]:
        return ("Where does it begin?",)

    def follow_ups(self, history: Sequence[Answer], count: int = 3) -> tuple[str, ...]:
        self.meanwhile()
        return ("And where does it go on?", "And then?", "What comes last?")

    def rephrasings(self, answer: Answer, count: int = 2) -> tuple[str, ...]:
        return ("What else is there?",)


def app_of(engine: CannedEngine, examples: Sequence[str] = ()) -> FastAPI:
    """The page over an engine made by hand; no questions are made from its documents."""
    return web.build_app(Chat(engine, examples))


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address at which `app` is served meanwhile."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(web.configured(app))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
