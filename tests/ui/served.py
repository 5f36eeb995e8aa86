"""The chat page over an engine made by hand, served to a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from index.load import Failure
from index.types import Document
from rag.question import check_question
from rag.types import Answer

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
MUST_RUN = os.environ.get("CI") == "true" or bool(os.environ.get("IBID_REQUIRE_BROWSER"))


class CannedEngine:
    """Answers by heart, or raises what it was given; `asked` keeps each question's history."""

    def __init__(
        self,
        documents: Sequence[Document],
        replies: Sequence[Answer],
        errors: Mapping[str, Exception] | None = None,
        failures: Sequence[Failure] = (),
    ) -> None:
        self.documents, self.failures = tuple(documents), tuple(failures)
        self.replies = {reply.question: reply for reply in replies}
        self.errors = dict(errors or {})
        self.asked: list[tuple[str, tuple[Answer, ...]]] = []

    def ask(
        self, question: str, *, history: Sequence[Answer] = (), max_sentences: int = 4
    ) -> Answer:
        asked = check_question(question)
        self.asked.append((asked, tuple(history)))
        if asked in self.errors:
            raise self.errors[asked]
        return self.replies.get(asked, Answer(asked, (), (), 0.0))


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address at which `app` is served meanwhile."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
