"""The server: what it serves, at which address, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest

from benchmarks.page_load import slow_pdf
from index.errors import IbidError
from index.library.index import Index
from rag.answers import Answer
from rag.engine import Engine
from tests.ui.handmade import LIGHTHOUSE
from tests.ui.page.browser import MARKS
from tests.ui.served import CannedEngine, app_of, served
from ui.server import limits, web
from ui.server.chat import Chat
from ui.server.gate.origin import Origins
from ui.show.status import status_fields

pytestmark = MARKS[1:]


@pytest.fixture
def engine(answer: Answer) -> CannedEngine:
    return CannedEngine(tuple({c.document: None for c in answer.citations}), [answer])


@pytest.mark.slow
def test_the_page_is_served_and_no_more_of_gradio(engine: CannedEngine) -> None:
    with (
        served(app_of(engine)) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        assert "gradio-app" in client.get("/").text
        assert client.get("/favicon.ico").headers["content-type"].startswith("image/svg")
        for path in ("/gradio_api/info", "/gradio_api/file=pyproject.toml", "/docs", "/monitoring"):
            assert client.get(path).status_code == 404
        upload = client.post("/gradio_api/upload", files={"files": b"x"})
        assert upload.status_code == 404
        assert client.get("/", headers={"host": "rebound.example"}).status_code == 400


def test_a_busy_port_gives_way_to_the_next() -> None:
    with web._listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with web._listen("127.0.0.1", port) as second:
            assert second.getsockname()[1] > port


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_an_address_that_is_not_ours_is_an_error_that_says_so(host: str) -> None:
    with pytest.raises(IbidError, match=r"cannot listen on .*choose another --host"):
        web._listen(host, 0)


def test_no_port_left_is_an_error_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "PORTS_TRIED", 1)
    with (
        web._listen("127.0.0.1", 0) as taken,
        pytest.raises(IbidError, match=r"no free port .*--port"),
    ):
        web._listen("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("platform", "environment", "has"),
    [
        ("linux", {}, False), ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True), ("darwin", {}, True),
    ],
)  # fmt: skip
def test_a_browser_is_opened_only_with_a_display(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], has: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert web._has_display() == has


@pytest.mark.parametrize(
    ("host", "names"),
    [
        ("192.168.1.20", "192.168.1.20, shelf, shelf.local, ibid.example; --allow-host"),
        ("0.0.0.0", "shelf.local, ibid.example, and any address of this machine; --allow-host"),
    ],
)
def test_who_serves_others_is_told_how_to_do_it(
    host: str, names: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "shelf")
    told = web._warning(Origins(host, ["ibid.example"]))
    assert names in told
    assert "a proxy with a password and TLS" in told
    assert (Path(__file__).parents[3] / "docs" / "serving.md").is_file()
    assert "docs/serving.md" in told


@pytest.mark.slow
def test_python_m_ui_serves_the_page_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text(LIGHTHOUSE, "utf-8")
    environment = {k: v for k, v in os.environ.items() if "DISPLAY" not in k}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = ["-m", "ui", "--documents", str(tmp_path), "--port", str(port)]
        with subprocess.Popen(
            [sys.executable, *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=Path(__file__).parents[3],
        ) as process:
            assert process.stdout is not None
            line = process.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:(\d+)", line)
            if address is None:
                pytest.fail(f"no address in {line!r}: {process.communicate()[1]}")
            assert int(address[1]) > port
            page = httpx.get(address[0], trust_env=False)
            assert page.status_code == 200
            # an open page keeps a connection: it must not keep the program from ending
            heartbeat = f"{address[0]}/gradio_api/heartbeat/abc"
            with (
                httpx.stream("GET", heartbeat, trust_env=False) as open_stream,
                _slow_files(address[0]),  # nor must what is read, and what waits for that
            ):
                assert open_stream.status_code == 200
                process.send_signal(signal.SIGINT)
                _, complaints = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in complaints


@contextmanager
def _slow_files(address: str) -> Iterator[None]:
    """Files that take half a minute each are sent, and answers to them waited for."""
    url, data = httpx.URL(address), slow_pdf()
    with ExitStack() as stack:
        for tab in range(limits.UPLOADS_EACH):
            connection = HTTPConnection(url.host, url.port)
            stack.callback(connection.close)
            headers = {"x-ibid-tab": f"{tab:032d}"}
            connection.request("POST", "/dropped?name=a.pdf", data, headers)
        yield


def test_the_status_over_http_is_that_of_the_terminal_but_for_places(index_path: Path) -> None:
    told = status_fields(Index(index_path).status())
    with served(web.build_app(Chat(Engine.open(index_path)))) as address:
        for headers in ({}, {"x-ibid-tab": "t" * 32}):
            reply = httpx.get(f"{address}/status", headers=headers, trust_env=False)
            assert reply.status_code == 200
            said = reply.json()
            assert said.keys() == told.keys()
            placed = {"path", "roots", "unreachable"}
            assert {k: v for k, v in said.items() if k not in placed} == {
                k: v for k, v in told.items() if k not in placed
            }
            assert said["path"] == index_path.name
            assert str(index_path.parent) not in reply.text
        assert httpx.post(f"{address}/status", trust_env=False).status_code == 405


def test_the_status_of_what_is_no_index_says_what_to_do(engine: CannedEngine) -> None:
    with served(app_of(engine)) as address:
        reply = httpx.get(f"{address}/status", trust_env=False)
    assert reply.status_code == 404
    assert "ibid chat --documents" in reply.json()["error"]
