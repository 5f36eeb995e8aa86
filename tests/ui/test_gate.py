"""The gate: the page's own routes under the page's own names, and nothing else of Gradio."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from ui.gate import Gate


def behind(hosts: frozenset[str] | None) -> TestClient:
    """An app that answers to every path, behind the gate."""
    app = FastAPI(openapi_url=None, middleware=[Middleware(Gate, hosts=hosts)])
    app.add_api_route("/{path:path}", lambda path: path, methods=["GET", "POST"])
    return TestClient(app, base_url="http://localhost:7860")


@pytest.mark.parametrize(
    "path", ["/", "/config", "/theme.css", "/assets/a.js", "/gradio_api/queue/join"]
)
def test_the_page_passes(path: str) -> None:
    assert behind(frozenset({"localhost"})).get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/gradio_api/info", "/docs",
        "/gradio_api/run/ask", "/gradio_api/proxy=http://example.org", "/monitoring",
        "/gradio_api/deep_link", "/assets", "/configuration", "//config",
    ],
)  # fmt: skip
def test_nothing_else_does(path: str) -> None:
    client = behind(None)
    assert client.get(f"http://localhost:7860{path}").status_code == 404
    assert client.post(f"http://localhost:7860{path}").status_code == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:7860", "localhost.evil.example", ""]
)
def test_another_name_is_refused(host: str) -> None:
    reply = behind(frozenset({"localhost"})).get("/", headers={"host": host})
    assert reply.status_code == 400


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:1", "127.0.0.1:7860", "[::1]:7860", "[::1]"]
)
def test_loopback_has_several_names(host: str) -> None:
    client = behind(frozenset({"localhost", "127.0.0.1", "[::1]"}))
    assert client.get("/", headers={"host": host}).status_code == 200


def test_every_reply_forbids_what_is_outside() -> None:
    client = behind(None)
    for path in ("/", "/docs"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "script-src-attr 'none'" in policy
        assert "http" not in policy
