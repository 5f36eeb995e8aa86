"""Where a request comes from: the page itself, or one that somebody else wrote."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Sequence

from starlette.datastructures import Headers
from starlette.types import Scope

from ui.server.gate.refusal import Refusal

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_EVERYWHERE = ("0.0.0.0", "[::]")


class Origins:
    """The names that the page answers to, and what of it may be asked for from elsewhere.

    A page elsewhere can point a name of its own at this machine and read what it answers (DNS
    rebinding); it cannot choose the Host that the browser then sends, nor leave out or forge the
    Origin of what it posts, nor Sec-Fetch-Site.
    """

    def __init__(self, host: str = LOOPBACK[0], allowed: Sequence[str] = ()) -> None:
        """`host` is where the server listens; `allowed` are further names of it."""
        host = bracketed(host)
        own = LOOPBACK if host in LOOPBACK else (*_own(host), *_names())
        self.names = tuple(dict.fromkeys(bracketed(name).lower() for name in (*own, *allowed)))
        self.everywhere = host in _EVERYWHERE

    def check(self, scope: Scope) -> None:
        """Raises Refusal: 400 for another host, 403 for another origin."""
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if len(headers.getlist("host")) != 1 or not self._is_ours(_name(host), scope):
            raise Refusal(400, "This page is not served under that name; see --allow-host.")
        origins = headers.getlist("origin")
        if any(origin.lower() != f"{scope['scheme']}://{host}" for origin in origins):
            raise Refusal(403, "Not from this page.")
        sites = headers.getlist("sec-fetch-site")
        ours = all(site in ("same-origin", "none") for site in sites)
        if not ours and not _is_followed(scope, headers):
            raise Refusal(403, "Not from this page.")

    def _is_ours(self, name: str, scope: Scope) -> bool:
        return name in self.names or (self.everywhere and name == _reached(scope))


def bracketed(host: str) -> str:
    """The host as an address writes it: an IPv6 one in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _own(host: str) -> Iterable[str]:
    return LOOPBACK if host in _EVERYWHERE else (host,)


def _names() -> Iterable[str]:
    """What this machine is called, with .local as on many networks; nothing is looked up."""
    name = socket.gethostname()
    return (name,) if "." in name else (name, f"{name}.local")


def _name(host: str) -> str:
    """The host without its port: "[::1]:7860" gives "[::1]"."""
    name, _, port = host.rpartition(":")
    return name if port.isdecimal() else host


def _reached(scope: Scope) -> str | None:
    """The address of this machine that a connection came to; no page can choose that."""
    server = scope.get("server")
    try:
        return bracketed(str(ipaddress.ip_address(server[0]))) if server else None
    except ValueError:
        return None


def _is_followed(scope: Scope, headers: Headers) -> bool:
    """Whether a person followed a link to the page: it opens as a page of its own."""
    return (
        scope["path"] == "/"
        and scope["method"] in ("GET", "HEAD")
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
    )
