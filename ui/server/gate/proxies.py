"""What a proxy before the page says of a request counts only where that proxy was named."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from index import IbidError

_PREFIX, _OTHERS = b"x-forwarded-", frozenset({b"forwarded", b"x-gradio-server", b"x-real-ip"})


class Trusted:
    """The proxies that are believed."""

    def __init__(self, named: Sequence[str] = ()) -> None:
        """`named` are addresses or networks ("10.0.0.0/8"); raises IbidError for another."""
        self.named = list(named)
        for one in named:
            try:
                ipaddress.ip_network(one)
            except ValueError:
                raise IbidError(
                    f"--trusted-proxy {one} is no address and no network; write 10.0.0.5, say"
                ) from None
        self._networks = [ipaddress.ip_network(one) for one in named]

    def __contains__(self, address: str) -> bool:
        try:
            known = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(known in network for network in self._networks)


class Proxies:
    """ASGI middleware, outermost: nobody behind it sees the headers that proxies add.

    Of a trusted one `X-Forwarded-For` becomes the client, `-Proto` the scheme and `-Host` the
    Host. `X-Gradio-Server` is for a server that the page has not got.
    """

    def __init__(self, app: ASGIApp, trusted: Trusted) -> None:
        self._bare, self._trusted = app, trusted
        self._believing = ProxyHeadersMiddleware(self._host, trusted.named)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with what is known of where it came from."""
        client = scope.get("client")
        if client and client[0] in self._trusted:
            await self._believing(scope, receive, send)  # type: ignore[arg-type]
        else:
            await self._bare(_without(scope), receive, send)

    async def _host(self, scope: Scope, receive: Receive, send: Send) -> None:
        named = [value for name, value in scope["headers"] if name == b"x-forwarded-host"]
        scope = _without(scope)
        if named:
            others = [pair for pair in scope["headers"] if pair[0] != b"host"]
            scope["headers"] = [*others, *((b"host", value.strip()) for value in named)]
        await self._bare(scope, receive, send)


def _without(scope: Scope) -> Scope:
    """The request without what proxies add."""
    if "headers" not in scope:
        return scope
    kept = [
        (name, value)
        for name, value in scope["headers"]
        if not name.startswith(_PREFIX) and name not in _OTHERS
    ]
    return {**scope, "headers": kept}
