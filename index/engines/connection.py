"""A connection to Milvus, or to Milvus Lite in a folder: deadlines, tries, and what went wrong.

pymilvus, which is the extra `milvus`, is imported here alone, where it is first needed.
"""

from __future__ import annotations

import logging
import os
import random
import re
import time
from contextlib import suppress
from functools import lru_cache
from typing import Any

from index.engines.address import CA, CERT, DATABASE, HOSTNAME, KEY, TIMEOUT, TOKEN, Address
from index.errors import EngineOutOfReach, EngineRefused, StoreError

TRIES = 3
# left to itself it asks every ten seconds whether anybody is there, and is cut off for that
_QUIET = {"grpc.keepalive_time_ms": 600_000, "grpc.keepalive_permit_without_calls": False}
_AWAY = (
    "UNAVAILABLE", "DEADLINE_EXCEEDED", "Deadline", "Fail connecting", "Retry", "closed channel",
)  # fmt: skip


class EngineConnection:
    """A client of the engine at an address; thread-safe."""

    def __init__(self, address: Address) -> None:
        """Raises StoreError where pymilvus is not installed, and as `call` does."""
        self.address = address
        self.name, self.states = address.name, f"{address.name}_state"
        self._client: Any = None
        self.call("list_collections")

    def _connected(self) -> Any:
        if self._client is None:
            self._client = _client(self.address)
        return self._client

    def _leave(self) -> None:
        """Connect anew for the next call: a channel to who was away waits long before it tries."""
        left, self._client = self._client, None
        with suppress(Exception):  # whatever it says of a connection that is no more
            left.close()

    def call(self, method: str, *given: Any, patient: bool = False, **named: Any) -> Any:
        """What a method of pymilvus's client gives; one that finds nobody is tried `TRIES` times.

        All tries together take as long as the address allows, those of who writes and is `patient`
        each ten times as long. The waits between are random, so that many readers do not come back
        at once. Raises EngineOutOfReach, EngineRefused or StoreError.
        """
        seconds = self.address.seconds * 10 if patient else self.address.seconds / TRIES
        for tried in range(1, TRIES + 1):
            try:
                return getattr(self._connected(), method)(*given, timeout=seconds, **named)
            except StoreError:
                raise
            except Exception as exc:  # gRPC's and pymilvus's own, which share no base
                if _is_unloaded(exc):  # as after a restart
                    self._load()
                    continue
                error = _told(exc, self.address)
                if tried == TRIES or not isinstance(error, EngineOutOfReach):
                    raise error from exc
                self._leave()
            time.sleep(random.uniform(0.1, 0.5) * 2**tried)
        raise StoreError(f"Milvus does not load {self.address.given}; look at its log, try again")

    def _load(self) -> None:
        with suppress(Exception):  # the call that needs it says what is wrong
            for name in (self.states, self.name):
                self._connected().load_collection(name, timeout=self.address.seconds * 10)


@lru_cache(maxsize=8)
def connected(address: Address) -> EngineConnection:
    """The one connection of this process to an address; raises as `EngineConnection` does."""
    return EngineConnection(address)


def _client(address: Address) -> Any:
    """Connects; raises StoreError where pymilvus is not installed."""
    try:
        pymilvus = _imported()
        if address.folder is not None:
            from index.engines.lite import serve

            uri = serve(address.folder)
            seconds = address.seconds / TRIES
            return pymilvus.MilvusClient(uri, timeout=seconds, dedicated=True, grpc_options=_QUIET)
    except ImportError as exc:
        raise StoreError(
            f"to use {address.given} install Ibid with its extra: pip install 'ibid-qa[milvus]'"
        ) from exc
    given: dict[str, Any] = {}
    if address.tls is not None:
        tls = dict(address.tls)
        given["secure"] = True
        names = {CERT: "client_pem_path", KEY: "client_key_path", HOSTNAME: "server_name"}
        names[CA] = "ca_pem_path" if tls[CERT] else "server_pem_path"
        given |= {ours: tls[name] for name, ours in names.items() if tls[name]}
    return pymilvus.MilvusClient(
        address.uri,
        token=address.token,
        db_name=address.database,
        timeout=address.seconds / TRIES,
        grpc_options=_QUIET,
        dedicated=True,  # else two of one address share what the first was given
        **given,
    )


def _imported() -> Any:
    """pymilvus, which when it is imported reads a file .env and begins to log to the terminal."""
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # of the part that no logger silences
    before = os.environ.get("PYTHON_DOTENV_DISABLED")
    os.environ["PYTHON_DOTENV_DISABLED"] = "1"
    try:
        import pymilvus
    finally:
        if before is None:
            del os.environ["PYTHON_DOTENV_DISABLED"]
        else:
            os.environ["PYTHON_DOTENV_DISABLED"] = before
    for name in ("pymilvus", "pymilvus.milvus_client", "milvus_lite", "grpc"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what goes wrong is raised
    return pymilvus


def _is_unloaded(exc: Exception) -> bool:
    said = str(exc)
    return "is in state 'released'" in said or "collection not loaded" in said


def _told(exc: Exception, address: Address) -> StoreError:
    """What went wrong, in our terms."""
    # what pymilvus says of a connection that is refused is in what it was made of
    causes = (exc, exc.__cause__, exc.__context__)
    said, where = " ".join(" ".join(str(one) for one in causes if one).split()), address.given
    refused = ("UNAUTHENTICATED", "PERMISSION_DENIED", "auth check failure", "permission deny")
    if any(one in said for one in refused):
        return EngineRefused(
            f"Milvus refuses {where}: the credentials are wrong or lack the right; set {TOKEN} to "
            "USER:PASSWORD or to a token that may read (and to index, write) the collection"
        )
    if re.search(r"database (?:not found|\S+ does not exist)", said):
        return EngineRefused(f"{where} has no such database; set {DATABASE} to one that there is")
    if any(one in said for one in _AWAY):
        return EngineOutOfReach(
            f"Milvus does not answer at {where} within {address.seconds:g} s; check that it runs "
            f"and is reachable (its host, port and TLS), or set {TIMEOUT} higher, and try again"
        )
    return StoreError(f"Milvus cannot do what {where} needs: {said[:300]}")
