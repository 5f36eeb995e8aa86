"""A Milvus on a port, for tests: Milvus Lite behind credentials, TLS and delays of their own."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import grpc
from milvus_lite import MilvusLite
from milvus_lite.adapter.grpc.servicer import MilvusServicer
from pymilvus.grpc_gen import milvus_pb2_grpc

TLS = Path(__file__).parent / "tls"  # a certificate of localhost, signed by itself, and its key


@dataclass
class Gate(grpc.ServerInterceptor):  # type: ignore[misc]
    """What stands before each call: who is let in, and how long it takes. It notes databases."""

    token: str = ""
    delay: float = 0.0
    refusing: int = 0  # so many calls are not answered
    databases: set[str] = field(default_factory=set)
    let_through: Event = field(default_factory=Event)  # who waits then waits no longer

    def intercept_service(
        self, continuation: Callable[[Any], Any], handler_call_details: Any
    ) -> Any:
        """The call, or what refuses it."""
        given = dict(handler_call_details.invocation_metadata)
        self.databases.add(str(given.get("dbname", "")))
        self.let_through.wait(self.delay)
        if self.refusing:
            self.refusing -= 1
            return _refusal(grpc.StatusCode.UNAVAILABLE, "restarting")
        wanted = base64.b64encode(self.token.encode()).decode()
        if self.token and given.get("authorization") != wanted:
            said = "auth check failure, please check username and password are correct"
            return _refusal(grpc.StatusCode.UNAUTHENTICATED, said)
        return continuation(handler_call_details)


def _refusal(code: grpc.StatusCode, said: str) -> Any:
    def refuse(_: Any, context: Any) -> None:
        context.abort(code, said)

    return grpc.unary_unary_rpc_method_handler(refuse)


@contextmanager
def served(
    folder: Path, gate: Gate | None = None, *, tls: bool = False, port: int = 0
) -> Iterator[int]:
    """The port of a Milvus over a folder."""
    database = MilvusLite(str(folder))
    server = grpc.server(ThreadPoolExecutor(4), interceptors=[gate or Gate()])
    milvus_pb2_grpc.add_MilvusServiceServicer_to_server(MilvusServicer(database), server)
    if tls:
        pair = (TLS / "key.pem").read_bytes(), (TLS / "cert.pem").read_bytes()
        bound = server.add_secure_port(f"127.0.0.1:{port}", grpc.ssl_server_credentials([pair]))
    else:
        bound = server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    try:
        yield bound
    finally:
        server.stop(0).wait()
        database.close()
