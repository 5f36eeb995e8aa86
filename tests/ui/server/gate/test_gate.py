"""The gate: the page's own routes under the page's own names, and nothing else of Gradio."""

from __future__ import annotations

import socket
from functools import cache
from typing import Any

import gradio as gr
import pytest
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.testclient import TestClient

from index.errors import IbidError
from ui.server import limits
from ui.server.gate.calls import Calls
from ui.server.gate.gate import Gate
from ui.server.gate.origin import Origins
from ui.server.gate.proxies import Proxies, Trusted

BASE = "http://localhost:7860"


def behind(
    origins: Origins | None = None, trusted: Trusted | None = None, **how: Any
) -> TestClient:
    """An app that answers to every path, behind the gate, with what it was told of a request."""
    gate = Middleware(Gate, origins=origins or Origins(), calls=_calls())
    proxies = Middleware(Proxies, trusted=trusted or Trusted())
    app = FastAPI(openapi_url=None, middleware=[proxies, gate])

    def told(request: Request) -> dict[str, Any]:
        client = request.client.host if request.client else ""
        return {"url": str(request.url), "client": client, "headers": dict(request.headers)}

    app.add_api_route("/{path:path}", told, methods=["GET", "HEAD", "POST"])
    return TestClient(app, base_url=BASE, **how)


@cache
def _calls() -> Calls:
    with gr.Blocks(analytics_enabled=False) as page:
        page.load(lambda: None)
    return Calls(page)


@pytest.mark.parametrize(
    "path", ["/", "/theme.css", "/assets/a.js", "/static/js/a-1.min.js", "/gradio_api/heartbeat/x1"]
)
def test_the_page_passes(path: str) -> None:
    assert behind().get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/gradio_api/info", "/docs",
        "/gradio_api/run/ask", "/gradio_api/proxy=http://example.org", "/monitoring",
        "/gradio_api/deep_link", "/assets", "/configuration", "//config", "/config",
        "/gradio_api/queue/join", "/gradio_api/queue/data", "/assets/../config", "/assets/%00",
        "/assets/.hidden", "/assets/a%2fb/..%2f..", "/gradio_api/heartbeat/a/b",
    ],
)  # fmt: skip
def test_nothing_else_does(path: str) -> None:
    client = behind()
    assert client.get(f"{BASE}{path}").status_code == 404
    assert client.post(f"{BASE}{path}").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_a_page_is_read_and_not_written(method: str) -> None:
    assert behind().request(method, "/").status_code == 405


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:7860", "localhost.evil.example", "", "192.168.1.2"]
)
def test_another_name_is_refused(host: str) -> None:
    assert behind().get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:1", "127.0.0.1:7860", "[::1]:7860", "[::1]"]
)
def test_loopback_has_several_names(host: str) -> None:
    assert behind().get("/", headers={"host": host}).status_code == 200


def test_a_server_for_others_answers_to_its_own_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "Shelf")
    origins = Origins("192.168.1.2", ["ibid.example", "fe80::1"])
    assert origins.names == ("192.168.1.2", "shelf", "shelf.local", "ibid.example", "[fe80::1]")
    client = behind(origins)
    for host, status in {
        "192.168.1.2:7860": 200,
        "shelf": 200,
        "ibid.example": 200,
        "[fe80::1]:1": 200,
        "evil.example": 400,
        "192.168.1.3": 400,
        "localhost": 400,
    }.items():
        assert client.get("/", headers={"host": host}).status_code == status, host


@pytest.mark.parametrize("listening", ["0.0.0.0", "::", "[::]"])
def test_a_server_everywhere_answers_to_the_address_that_was_reached(listening: str) -> None:
    client = behind(Origins(listening))
    reached = f"http://{'[fe80::2]' if ':' in listening else '10.1.2.3'}:7860/"
    assert client.get(reached).status_code == 200  # the test client reaches what it names
    assert client.get(reached, headers={"host": "10.9.9.9"}).status_code == 400
    assert client.get("http://evil.example/").status_code == 400
    assert client.get("http://localhost/").status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost:8000", "http://localhost", "https://localhost:7860", "null", "",
        "http://127.0.0.1:7860", "http://evil.example", "http://localhost:7860.evil.example",
    ],
)  # fmt: skip
def test_another_origin_is_refused(origin: str) -> None:
    """Another port of this machine too, and another name of it."""
    for path in ("/", "/dropped", "/waiting", "/status", "/assets/a.js"):
        method = "POST" if path == "/dropped" else "GET"
        reply = behind().request(method, path, headers={"origin": origin})
        assert reply.status_code == 403


def test_its_own_origin_passes() -> None:
    headers = {"origin": BASE, "sec-fetch-site": "same-origin"}
    assert behind().post("/dropped", headers=headers).status_code == 200
    assert behind().post("/dropped").status_code == 200  # what is no browser sends neither


@pytest.mark.parametrize("site", ["cross-site", "same-site", "unknown"])
def test_from_elsewhere_only_a_link_to_the_page_is_followed(site: str) -> None:
    followed = {
        "sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document",
    }  # fmt: skip
    client = behind()
    assert client.get("/?q=When", headers=followed).status_code == 200
    paths = ("/dropped", "/waiting", "/status", "/assets/a.js", "/gradio_api/heartbeat/x")
    for path in paths:
        method = "POST" if path == "/dropped" else "GET"
        assert client.request(method, path, headers=followed).status_code == 403
    for other in ({"sec-fetch-dest": "iframe"}, {"sec-fetch-mode": "no-cors"}):
        assert client.get("/", headers={**followed, **other}).status_code == 403


def test_every_reply_forbids_what_is_outside_and_allows_nobody() -> None:
    client = behind()
    for path in ("/", "/docs"):
        reply = client.get(path, headers={"origin": BASE})
        policy = reply.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "script-src-attr 'none'" in policy
        assert "http" not in policy
        assert reply.headers["cross-origin-resource-policy"] == "same-origin"
        assert not [name for name in reply.headers if name.startswith("access-control")]


def test_too_many_header_fields_are_refused() -> None:
    headers = {f"x-{i}": "" for i in range(limits.HEADERS)}
    assert behind().get("/", headers=headers).status_code == 431


FORWARDED = {
    "x-forwarded-host": "ibid.example", "x-forwarded-proto": "https",
    "x-forwarded-for": "203.0.113.7", "x-gradio-server": "http://evil.example",
    "forwarded": "for=1.2.3.4", "x-real-ip": "1.2.3.4",
}  # fmt: skip


def test_what_a_proxy_says_does_not_count_from_anybody() -> None:
    told = behind(trusted=Trusted(["10.0.0.0/8"])).get("/theme.css", headers=FORWARDED).json()
    assert told["url"] == f"{BASE}/theme.css"
    assert told["client"] == "testclient"
    assert not FORWARDED.keys() & told["headers"].keys()


@pytest.mark.parametrize("proxy", ["10.0.0.5", "10.0.0.0/8"])
def test_what_a_named_proxy_says_counts(proxy: str) -> None:
    origins = Origins(allowed=["ibid.example"])
    client = behind(origins, Trusted([proxy]), client=("10.0.0.5", 1234))
    headers = {**FORWARDED, "origin": "https://ibid.example"}
    told = client.get("/theme.css", headers=headers).json()
    assert told["url"] == "https://ibid.example/theme.css"
    assert told["client"] == "203.0.113.7"
    assert not FORWARDED.keys() & told["headers"].keys()
    evil = {**FORWARDED, "x-forwarded-host": "evil.example"}
    assert client.get("/theme.css", headers=evil).status_code == 400


def test_a_proxy_that_is_no_address_is_an_error_that_says_so() -> None:
    with pytest.raises(IbidError, match=r"--trusted-proxy nginx is no address"):
        Trusted(["nginx"])


def test_what_is_too_many_of_one_address_is_not_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UPLOADS_EACH", 0)
    reply = behind().post("/dropped")
    assert reply.status_code == 429
    assert "try again" in reply.text
