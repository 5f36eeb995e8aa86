"""Limits: what is too slow, too large or too many is answered, and stops nobody else."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Semaphore
from typing import Any, Protocol

import httpx
import pytest
from uvicorn.server import ServerState

from index.load.loading import Loaded, load_file
from rag.answers import Answer
from tests.ui.page.browser import MARKS
from tests.ui.served import CannedEngine, served
from ui.server import dropped, limits, web
from ui.server.chat import Chat
from ui.server.dropped import Dropped, NoRoom
from ui.server.gate.calls import PATH
from ui.server.gate.connection import Connection
from ui.server.gate.proxies import Trusted
from ui.server.session import Session

pytestmark = [*MARKS[1:], pytest.mark.slow]

TOKEN, OTHER = "t" * 32, "o" * 32
HEAD = "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
UPLOAD = f"POST /dropped?name=a.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Ibid-Tab: {TOKEN}\r\n"
PAGE = "GET /theme.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A page whose requests say themselves from where they come, as behind a proxy."""
    chat = Chat(CannedEngine((), ()))
    with served(web.build_app(chat, trusted=Trusted(["127.0.0.1"]))) as found:
        yield found


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is little time, and nothing that comes gives more of it."""
    for name in ("HEAD_SECONDS", "GRACE_SECONDS", "READING_SECONDS"):
        monkeypatch.setattr(limits, name, 0.3)
    monkeypatch.setattr(limits, "BYTES_PER_SECOND", 2**40)


@contextmanager
def connected(address: str) -> Iterator[socket.socket]:
    url = httpx.URL(address)
    with socket.create_connection((url.host, url.port or 80), timeout=60) as connection:
        yield connection


def rest(connection: socket.socket) -> str:
    """What is said until the other end closes."""
    parts = []
    while part := connection.recv(2**16):
        parts.append(part)
    return b"".join(parts).decode("latin-1")


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    "half",
    [
        "", "GET / HT", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-More: ",
        PAGE + "GET / HTTP/1.1\r\nHo",
        HEAD.format(PATH) + "Content-Length: 90\r\n\r\n{", UPLOAD + "Content-Length: 9\r\n\r\nab",
        UPLOAD + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
    ],
    ids=["nothing", "line", "head", "second head", "call", "file", "chunks"],
)  # fmt: skip
def test_what_is_half_sent_is_answered_and_ended(
    address: str, half: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with connected(address) as connection:
        connection.sendall(half.encode())
        said = rest(connection)
    assert said.count("HTTP/1.1 408 ") == 1
    assert "This came too slowly; try again." in said
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("begun", ["GET / HTTP/1.1\r\nX-", UPLOAD + "Content-Length: 999\r\n\r\n"])
def test_a_trickle_does_not_put_off_the_end(address: str, begun: str) -> None:
    with connected(address) as connection:
        connection.sendall(begun.encode())
        connection.settimeout(0.05)
        said = b""
        while b"408" not in said:
            connection.sendall(b"x")
            try:
                said = connection.recv(2**16)
            except TimeoutError:
                continue


class Deaf(asyncio.Transport):
    """The other end of a connection, which reads nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = asyncio.Event()

    def is_closing(self) -> bool:
        return False

    def abort(self) -> None:
        self.let_go.set()


@pytest.mark.usefixtures("hurried")
def test_who_does_not_read_an_answer_is_let_go() -> None:
    async def tried() -> None:
        config = web.configured(web.build_app(Chat(CannedEngine((), ()))))
        connection, transport = Connection(config, ServerState(), {}), Deaf()
        connection.connection_made(transport)
        connection.pause_writing()
        connection.resume_writing()  # it was only slow
        connection.pause_writing()
        await asyncio.wait_for(transport.let_go.wait(), 60)
        connection.connection_lost(ConnectionResetError())

    with ThreadPoolExecutor(1) as threads:  # a browser's tests have a loop of their own here
        threads.submit(lambda: asyncio.run(tried())).result()


def test_a_body_is_counted_while_it_comes(
    address: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 2 * 2**20)
    call, file = {"content-type": "application/json"}, {"x-ibid-tab": TOKEN}
    with httpx.Client(base_url=address, trust_env=False) as client:
        for path, headers, most in (
            (PATH, call, limits.CALL_BYTES), ("/dropped?name=a.txt", file, limits.FILE_BYTES),
        ):  # fmt: skip
            for body in (b"x" * (most + 1), iter([b"x" * 2**16] * (most // 2**16) + [b"x"])):
                reply = client.post(path, content=body, headers=headers)
                assert reply.status_code == 413
                assert "This is over 2" in reply.text
        assert client.post(PATH, content=b"x" * limits.CALL_BYTES, headers=call).status_code == 422
        allowed = client.post("/dropped?name=a.txt", content=b"x " * 2**20, headers=file)
        assert allowed.status_code == 200
    assert capfd.readouterr() == ("", "")


def test_a_file_that_is_not_sent_to_its_end_is_forgotten(
    address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with connected(address) as connection:
        connection.sendall((UPLOAD + "Content-Length: 99\r\n\r\nwords").encode())
    assert httpx.get(address, trust_env=False).status_code == 200
    assert not Dropped(TOKEN)
    assert capfd.readouterr() == ("", "")


def test_a_head_that_is_too_large_is_refused(address: str) -> None:
    with connected(address) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * limits.HEAD_BYTES * 2)
        assert "HTTP/1.1 431 " in rest(connection)


def test_there_is_an_end_to_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CONNECTIONS_EACH", 2)
    with (
        served(web.build_app(Chat(CannedEngine((), ())))) as address,
        connected(address) as one,
        connected(address) as two,
        connected(address) as three,
    ):
        said = rest(three)
        assert "HTTP/1.1 429 " in said
        assert "close some pages" in said
        for open_one in (one, two):
            open_one.sendall(PAGE.encode())
            assert b"HTTP/1.1 200 " in open_one.recv(2**16)


class Slow:
    """Reads a file that says "slow" only when it may."""

    def __init__(self) -> None:
        self.may, self.reading = Event(), 0

    def load(self, data: bytes, source: str) -> Loaded:
        if b"slow" in data:
            self.reading += 1
            self.may.wait(60)
        return load_file(data, source)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    parsers = Slow()
    monkeypatch.setattr(dropped, "_PARSERS", parsers)
    yield parsers
    parsers.may.set()


class Send(Protocol):
    """Sends a file: of a tab, with its words, and from an address."""

    def __call__(
        self, tab: str, words: bytes, client_address: str = "192.0.2.1", /
    ) -> httpx.Response: ...


@pytest.fixture
def send(address: str) -> Iterator[Send]:
    with httpx.Client(
        base_url=address, trust_env=False, timeout=60, limits=httpx.Limits()
    ) as client:

        def sent(tab: str, words: bytes, client_address: str = "192.0.2.1") -> httpx.Response:
            headers = {"x-ibid-tab": tab.ljust(32, "t"), "x-forwarded-for": client_address}
            return client.post("/dropped?name=a.txt", content=words, headers=headers)

        yield sent


def until(happened: Callable[[], bool]) -> None:
    for _ in range(6000):
        if happened():
            return
        time.sleep(0.01)
    pytest.fail("it did not happen")


def test_one_person_s_slow_file_does_not_stop_another_s_small_one(slow: Slow, send: Send) -> None:
    with ThreadPoolExecutor(9) as threads:
        held = [threads.submit(send, "mine", b"slow") for _ in range(limits.UPLOADS_EACH - 1)]
        until(lambda: slow.reading > 0)
        assert send("yours", b"quick").status_code == 200  # from the same address
        assert slow.reading == 1
        slow.may.set()
        assert {one.result().status_code for one in held} == {200}


def test_one_address_does_not_take_all_places(slow: Slow, send: Send) -> None:
    with ThreadPoolExecutor(9) as threads:
        held = [threads.submit(send, f"tab-{i}", b"slow") for i in range(limits.UPLOADS_EACH)]
        until(lambda: slow.reading == limits.PARSERS - 1)
        assert send("mine", b"quick", "192.0.2.2").status_code == 200
        refused = send("one-more", b"quick")
        assert refused.status_code == 429
        assert "try again" in refused.text
        slow.may.set()
        assert {one.result().status_code for one in held} == {200}


def test_the_page_opens_while_files_are_read(slow: Slow, send: Send, address: str) -> None:
    count = 45
    with ThreadPoolExecutor(count) as threads:
        held = [threads.submit(send, f"tab-{i}", b"slow", f"192.0.2.{i}") for i in range(count)]
        until(lambda: slow.reading == limits.PARSERS)
        time.sleep(0.5)  # for the others to come
        assert httpx.get(address, trust_env=False, timeout=30).status_code == 200
        call = {"fn_index": 1, "data": [TOKEN], "event_data": {"do": "new"}}
        assert httpx.post(address + PATH, json=call, trust_env=False).status_code == 200
        assert not any(one.done() for one in held)
        slow.may.set()
        assert {one.result().status_code for one in held} == {200}


def test_the_status_is_told_once_at_a_time_to_an_address_and_twice_in_all(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    may, looking = Event(), Semaphore(0)

    def slow(chat: Chat, token: str) -> dict[str, object]:
        looking.release()
        may.wait(60)
        return {}

    monkeypatch.setattr(Chat, "status", slow)

    def get(client_address: str) -> httpx.Response:
        headers = {"x-forwarded-for": client_address}
        return httpx.get(f"{address}/status", headers=headers, trust_env=False, timeout=60)

    with ThreadPoolExecutor(2) as threads:
        held = []
        for at in range(limits.STATUSES):
            held.append(threads.submit(get, f"192.0.2.{at}"))
            assert looking.acquire(timeout=60)
            if not at:
                assert get("192.0.2.0").status_code == 429
        assert get("192.0.2.9").status_code == 429
        may.set()
        assert {one.result().status_code for one in held} == {200}
    assert get("192.0.2.0").status_code == 200


def test_there_is_an_end_to_the_files_of_a_tab(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BATCH_BYTES", 2 * 2**20)
    files, words = Dropped(TOKEN), b"words " * 2**18
    files.add("a.txt", words)
    with pytest.raises(NoRoom, match="would be over 2 MB; remove one first"):
        files.add("b.txt", words)
    monkeypatch.setattr(limits, "BATCH_BYTES", 10)
    refused = send("mine", b"more than ten bytes")
    assert refused.status_code == 413
    assert "remove one first" in refused.text


def test_the_oldest_files_are_deleted_for_room(monkeypatch: pytest.MonkeyPatch) -> None:
    tabs = [Dropped(f"{i}" * 32) for i in range(4)]
    for age, files in zip((3, 1, 2, 0), tabs, strict=True):
        files.add("a.txt", b"word " * 200)
        used = time.time() - 3600 * age
        os.utime(files.folder, (used, used))
    monkeypatch.setattr(limits, "DISK_BYTES", 4500)
    new = Dropped(TOKEN)
    new.add("a.txt", b"word " * 200)
    assert [bool(files) for files in tabs] == [False, True, True, True]
    monkeypatch.setattr(limits, "DISK_BYTES", 100)
    with pytest.raises(NoRoom, match="try again in ten minutes"):
        new.add("b.txt", b"words")
    assert [bool(files) for files in tabs] == [False, False, False, True]  # it is in use


def test_a_tab_whose_files_had_to_go_asks_what_is_served(index_path: Path) -> None:
    from rag.engine import Engine

    served_engine = Engine.open(index_path)
    chat = Chat(served_engine)
    session = chat.sessions.of(TOKEN)
    session.files.add("a.txt", b"The pie is baked for forty minutes.")
    session.take()
    assert session.dropped
    shutil.rmtree(session.files.folder)
    assert not chat.sessions.of(TOKEN).dropped


def is_shown(chat: Chat, tab: str) -> bool:
    return "masthead" in chat.take(tab)


def test_one_person_s_index_does_not_stop_another_s(monkeypatch: pytest.MonkeyPatch) -> None:
    chat, may = Chat(CannedEngine((), ())), Event()
    done: list[str] = []

    def take(session: Session, progress: object) -> None:
        if session.token != OTHER:
            may.wait(60)
        done.append(session.token)

    monkeypatch.setattr(Session, "take", take)
    tabs = [f"{i}" * 32 for i in range(limits.BUILDS)]
    shown = [chat.take(tab, "192.0.2.1")["library"] for tab in tabs]
    assert "Busy: you are number 1." in shown[-1]  # one address does not take all places
    until(lambda: "masthead" in chat.take(OTHER, "192.0.2.2"))
    assert done == [OTHER]
    may.set()
    for tab in tabs:
        until(partial(is_shown, chat, tab))
    assert sorted(done) == sorted([OTHER, *tabs])


class Thinking(CannedEngine):
    """Answers when it may."""

    def __init__(self) -> None:
        super().__init__((), ())
        self.may = Event()

    def ask(self, question: str, **how: Any) -> Answer:
        self.may.wait(60)
        return super().ask(question)


def test_who_waits_for_an_answer_is_told_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "QUESTIONS", 1)
    monkeypatch.setattr(limits, "QUESTIONS_WAITING", 1)
    engine = Thinking()
    chat = Chat(engine)
    with ThreadPoolExecutor(2) as threads, ExitStack() as stack:
        stack.callback(engine.may.set)
        for token in (TOKEN, OTHER):
            threads.submit(chat.ask, token, "When?", 1)
            until(lambda: chat._answering.line._taken != [])
        until(lambda: chat.waiting(OTHER) == "Busy: you are number 1.")
        assert chat.waiting(TOKEN) == ""
        refused = chat.ask("z" * 32, "When?", 1)["notice"]
        assert "Busy: 1 wait already; try again in a minute" in refused


def test_a_page_can_ask_for_its_number(address: str) -> None:
    reply = httpx.get(f"{address}/waiting", headers={"x-ibid-tab": TOKEN}, trust_env=False)
    assert (reply.status_code, reply.text) == (200, "")
