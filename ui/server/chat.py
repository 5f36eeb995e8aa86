"""What the page asks of the server. What a tab has is in its `Session`; `Actions` are clicks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, Any
from weakref import ref

from index import MissingPath
from rag.following import Following
from ui.page import conversation, frame
from ui.server import limits
from ui.server.actions import Actions
from ui.server.answering import Answering
from ui.server.building import Builds
from ui.server.dropped import stop_reading
from ui.server.guiding import GuideMaker
from ui.server.offers import Offer, OfferMaker, Suggests
from ui.server.sessions import Sessions, is_token
from ui.server.status import status_of
from ui.server.views import Drawn, Views, offers
from ui.server.waiting_line import WaitingLine, busy

if TYPE_CHECKING:
    from rag import Engine


class Chat:
    """The page's answers to its events; thread-safe.

    Each method takes the tab's token and gives the parts of the page that change.
    """

    def __init__(
        self,
        engine: Engine,
        examples: Sequence[str] = (),
        home: str = "the bundled articles",
        suggests: Callable[[Engine], Suggests] | None = None,
    ) -> None:
        """`examples` are offered until something is asked, those that are answered; `home` names
        the engine's documents. Dropped files are read in the line `reading`.

        Without `suggests` no questions are made from the documents.
        """
        self._following = Following(engine)
        self.sessions = Sessions(self._following)
        self._offers = OfferMaker(self._following, self.sessions, examples, suggests)
        self._views = Drawn(home)
        self._answering, self._builds = Answering(self._views), Builds(self._views)
        self._guides = GuideMaker(self._answering.line)
        self._actions = Actions(self._answering, self._builds, self._views)
        self.reading = WaitingLine(limits.PARSERS, limits.UPLOADS)

    def make_guides(self) -> None:
        """Make what is not kept yet of the documents that are served, in a thread of its own."""
        self._guides.look(self._following.engine.generation)

    def open(self, token: str, question: str) -> Views:
        """The page as it was in this tab; the `question` of a link is asked next in it."""
        session = self.sessions.of(token)
        session.editing = None  # the box is empty
        if not question.strip():
            return self._views.everything(session)
        before = session.turns
        asked = self._answering.ask(session, question)
        kept = {} if session.turns is not before else {"box": question}  # it was refused
        return {**self._views.everything(session), **asked, **kept}

    def ask(self, token: str, question: str, count: float = inf) -> Views:
        """Answer what was typed; of what is refused a line says why.

        `count` numbers what the tab sends, so that `stop` knows which question it is about even
        where it overtakes it.
        """
        return self._answering.ask(self.sessions.of(token), question, count=count)

    def stop(self, token: str, count: int) -> Views:
        """Throw away the answers to what the tab asked up to number `count`."""
        self.sessions.of(token).stop(count)
        return {"notice": frame.note("Stopped.")}

    def suggest(self, token: str) -> Views:
        """What to ask next; after an abstention, what would have been answered.

        All of it was asked of what the tab asks now. Called after every event, since trying
        questions takes longer than answering one; of several at once the last one counts.
        """
        session = self.sessions.of(token)
        if self._guides.begun:
            self.make_guides()  # of what came since
        with session.suggesting:
            withdrawn = session.withdraw()
            turns, engine = session.turns, session.asking()
            last = turns[-1] if turns else None
            if session.offer.is_after(last):
                return {"talk": conversation(turns)} if withdrawn else {}
            questions = self._offers.after(session, engine)
            rephrasings = self._offers.instead(session, engine)
            with session.lock:
                if session.turns is not turns or session.asking() is not engine:
                    return {}  # something else was asked meanwhile, or of other documents
                if last is not None and rephrasings:
                    last = replace(last, rephrasings=rephrasings)
                    session.turns = [*turns[:-1], last]
                session.offer = Offer(ref(engine), last, questions)
        talk = {"talk": conversation(session.turns)} if rephrasings or withdrawn else {}
        return {"offers": offers(session), **talk}

    def take(self, token: str, address: str = "") -> Views:
        """Build the index of the dropped files; says how far it is, and is asked again until it
        is done. `address` is whose they are.
        """
        return self._builds.take(self.sessions.of(token), address)

    def close(self) -> None:
        """What waits is given up, and files are no longer read."""
        for line in (self._answering.line, self._builds.line, self.reading):
            line.close()
        self._guides.join()
        stop_reading()

    def waiting(self, token: str) -> str:
        """What is said to a tab whose question waits for its turn; "" where none does."""
        return busy(self._answering.line.number(token))

    def status(self, token: str) -> dict[str, Any]:
        """The state of the index that a tab asks, as `status_of` tells it.

        Of what is no tab's token, the documents that are served. Raises IbidError, MissingPath
        where they are no index.
        """
        session = self.sessions.of(token) if is_token(token) else None
        engine = session.engine if session is not None else self._following.engine
        if engine.generation is None:
            raise MissingPath("there is no index; serve a folder: ibid chat --documents DIR")
        return status_of(engine.generation.path, session.refused if session is not None else ())

    def act(self, token: str, event: Any) -> Views:
        """What was clicked or changed; see `Actions`."""
        return self._actions.act(self.sessions.of(token), event)
