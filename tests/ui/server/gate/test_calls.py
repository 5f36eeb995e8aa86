"""What is sent to the page: texts where it asks for texts; for anything else nothing happens."""

from __future__ import annotations

import json
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, strategies as st

from rag.answers import Answer
from tests.ui.page.browser import MARKS
from tests.ui.served import CannedEngine, served
from ui.server import limits, web
from ui.server.blocks import build_page
from ui.server.chat import Chat
from ui.server.gate.calls import PATH, Calls
from ui.server.gate.refusal import Refusal

pytestmark = [*MARKS[1:], pytest.mark.slow]

TOKEN = "t" * 32
ASK, ACT, OPEN, TAKE, STOP = 0, 1, 2, 3, 8
DATA: dict[Any, list[Any]] = {
    ASK: [TOKEN, "What did the lamp burn?", 1],
    OPEN: [TOKEN, ""],
    STOP: [TOKEN, 1],
}
CALLS = [{"fn_index": i, "data": DATA.get(i, [TOKEN])} for i in range(9)]
JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def page() -> Calls:
    return Calls(build_page(Chat(CannedEngine((), ()))))


class Watched:
    """A page that is served, a secret beside it, and what came of what was sent."""

    def __init__(self, client: httpx.Client, folder: Path, listener: socket.socket) -> None:
        self.client, self._folder, self._listener = client, folder, listener
        self.secret = folder / "secret.txt"
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}/x.txt"

    def post(self, call: Any) -> httpx.Response:
        """What is answered; bytes are sent as they are."""
        body = call if isinstance(call, bytes) else json.dumps(call).encode()
        return self.client.post(PATH, content=body, headers=JSON)

    def nothing_happened(self) -> bool:
        """No copy was made, and no connection came."""
        self._listener.setblocking(False)
        try:
            self._listener.accept()
        except BlockingIOError:
            return [p for p in self._folder.rglob("*") if p.is_file()] == [self.secret]
        return False


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory, page: Calls) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("temporary")
    (folder / "secret.txt").write_text("a secret", "utf-8")
    with pytest.MonkeyPatch.context() as patch, socket.create_server(("127.0.0.1", 0)) as listener:
        patch.setattr(tempfile, "tempdir", str(folder))
        patch.setenv("GRADIO_TEMP_DIR", str(folder / "gradio"))
        app = web.build_app(Chat(CannedEngine((), ())))
        with served(app) as address, httpx.Client(base_url=address, trust_env=False) as client:
            yield Watched(client, folder, listener)


def file_data(**more: Any) -> dict[str, Any]:
    return {**more, "meta": {"_type": "gradio.FileData"}}


def wrong(watched: Watched) -> list[Any]:
    """What stands in no place of a call."""
    path = str(watched.secret)
    deep: Any = "x"
    for _ in range(500):
        deep = [deep]
    return [
        file_data(path=path),
        file_data(path=watched.url, url=watched.url),
        file_data(path="/dev/zero"),
        [file_data(path=path)],
        {"value": file_data(path=path)},
        [path],
        {},
        [],
        None,
        True,
        1.5,
        -1,
        2**70,
        deep,
        "x" * (limits.TEXT_CHARS + 1),
    ]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"function {call['fn_index']}")
def test_anything_but_what_is_asked_for_is_refused(
    watched: Watched, call: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    assert watched.post({**call, "session_hash": "abc", "trigger_id": 1}).status_code == 200
    for thing in wrong(watched):
        for place in range(len(call["data"])):
            data = [*call["data"]]
            data[place] = thing
            assert watched.post({**call, "data": data}).status_code == 422
        if thing != [str(watched.secret)] or len(call["data"]) > 1:  # which is a text
            assert watched.post({**call, "data": thing}).status_code == 422
        if thing not in (None, {}):
            assert watched.post({**call, "event_data": thing}).status_code == 422
            assert watched.post({**call, "event_data": {"do": thing}}).status_code in (200, 422)
        for name in ("session_hash", "trigger_id"):
            if thing is not None:
                assert watched.post({**call, name: thing}).status_code == 422
    for data in ([], [*call["data"], "more"]):
        assert watched.post({**call, "data": data}).status_code == 422
    assert watched.nothing_happened()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000,
        b'{"fn_index":0,"data":["tttttttttttttttttttttttttttttttt","\xff",1]}',
        b'{"fn_index":0,"data":["tttttttttttttttttttttttttttttttt","\\ud800",1]}',
        b'{"fn_index":0,"data":["tttttttttttttttttttttttttttttttt","x",NaN]}',
        b'{"fn_index":0,"data":["tttttttttttttttttttttttttttttttt","x",1e999]}',
        b'{"fn_index":0,"data":["tttttttttttttttttttttttttttttttt","x",' + b"9" * 9999 + b"]}",
        b'{"fn_index":7,"fn_index":0,"data":["tttttttttttttttttttttttttttttttt","x",1],"data":[{}]}',
        *(f'{{"fn_index":{n},"data":["{TOKEN}"]}}'.encode()
          for n in ("99", "-1", "null", '"1"', "1.5", "[1]", "{}")),
        f'{{"data":["{TOKEN}"]}}'.encode(),
        *(f'{{"fn_index":1,"data":["{TOKEN}"],{more}}}'.encode()
          for more in ('"batched":true', '"simple_format":true', '"event_id":"x"',
                       '"oauth_token":"x"', '"event_data":"x"', '"event_data":[{}]',
                       '"request":{}', '"batch_trigger_ids":[1]')),
    ],
    ids=lambda body: body[:40].decode(errors="replace") + str(len(body)),
)  # fmt: skip
def test_what_is_no_call_is_refused(
    watched: Watched, body: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    reply = watched.post(body)
    assert reply.status_code == 422
    assert reply.json() == {"error": "This is not what the page sends; reload it and try again."}
    assert watched.nothing_happened()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/plain"}, {"content-type": ""}, {},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "multipart/form-data; boundary=x"},
        {**JSON, "content-encoding": "gzip"},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_json_is_refused(watched: Watched, headers: dict[str, str]) -> None:
    """A page elsewhere can send other types than JSON without asking first."""
    body = json.dumps(CALLS[ACT]).encode()
    assert watched.client.post(PATH, content=body, headers=headers).status_code == 415


def test_the_same_name_twice_means_the_same_to_all(page: Calls) -> None:
    """What was checked is what is read: it is written anew."""
    twice = b'{"fn_index":1,"data":[{}],"data":["' + TOKEN.encode() + b'"]}'
    assert json.loads(page.checked(twice))["data"] == [TOKEN]
    assert page.checked(twice).count(b"data") == 2  # "data" and "event_data"


def test_every_route_of_gradio_is_shut_but_the_page(
    watched: Watched, answer: Answer, capfd: pytest.CaptureFixture[str]
) -> None:
    app = web.build_app(Chat(CannedEngine((), ())))
    bodies: list[Any] = [CALLS[ACT], file_data(path=str(watched.secret)), [[[[]]]], None]
    answered = set()
    for method, path in _routes(app):
        for body in bodies:
            reply = watched.client.request(method, path, json=body)
            if reply.status_code < 400:
                answered.add((method, path))
    assert answered == {
        ("GET", "/"),
        ("HEAD", "/"),
        ("GET", "/theme.css"),
        ("GET", "/favicon.ico"),
        ("GET", "/manifest.json"),
        ("GET", "/waiting"),
        ("HEAD", "/waiting"),
    }
    assert watched.nothing_happened()
    assert capfd.readouterr() == ("", "")


def _routes(app: Any) -> Iterator[tuple[str, str]]:
    """Every route with its parameters filled in, but for those that stream without an end."""
    for route in app.routes:
        if hasattr(route, "methods"):
            path = route.path
            for name in getattr(route, "param_convertors", {}):
                path = path.replace(f"{{{name}:path}}", "x").replace(f"{{{name}}}", "predict")
            if "heartbeat" not in path:
                yield from ((method, path) for method in route.methods or ())
        elif hasattr(route, "app"):
            yield from _routes(route.app)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(
    fn_index=st.integers(-1, 9) | _JSON,
    data=st.lists(st.sampled_from([TOKEN, 1]) | _JSON, max_size=3) | _JSON,
    event=_JSON,
    more=st.dictionaries(st.text(), _JSON, max_size=1),
)
def test_what_passes_is_of_the_declared_kinds(
    page: Calls, fn_index: Any, data: Any, event: Any, more: dict[str, Any]
) -> None:
    sent = {"fn_index": fn_index, "data": data, "event_data": event, **more}
    try:
        call = json.loads(page.checked(json.dumps(sent).encode()))
    except Refusal:
        return
    model = DATA.get(call["fn_index"], [TOKEN])
    assert list(map(type, call["data"])) == list(map(type, model))
    assert call["data"] == data
    assert all(type(fact) in (str, int, bool) for fact in (call["event_data"] or {}).values())
    assert "session_hash" not in call
