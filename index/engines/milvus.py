"""The only module that speaks to Milvus: rows in, rows out, one row that says which are current.

A row is there from the version `since` on, and until the version `until`, the latter excluded.
Every call has a deadline; what may be tried again is, a few times. pymilvus is the extra `milvus`.
"""

from __future__ import annotations

import json
import logging
import os
import random
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np

from index.engines.address import CA, CERT, HOSTNAME, KEY, TIMEOUT, TOKEN, Address
from index.engines.rows import KEY as _KEY, FetchedRow, PackedRow, document_number, says_of, unpack
from index.engines.state import FOREVER, CollectionState
from index.errors import DamagedIndex, EngineOutOfReach, EngineRefused, StoreError
from index.types import Stored, Vectors

TRIES = 3
MOST = 16_384  # rows of an answer, by Milvus's own limit
NAMED = 500  # rows or documents that are named in one filter
BATCH_BYTES = 4 * 2**20  # of what is written at once
_T = TypeVar("_T")
_STATE = "state"
_NOTHING = {2**31 - 1: 1e-6}  # the stems of a passage without any: an engine wants one
_ROW = ("document", "row")


class Milvus:
    """A collection in Milvus, or in Milvus Lite in a folder; thread-safe."""

    def __init__(self, address: Address) -> None:
        """Raises StoreError where pymilvus is not installed, and as every call does.

        EngineOutOfReach where Milvus does not answer in time, EngineRefused where it refuses.
        """
        self.address = address
        self._name, self._states = address.name, f"{address.name}_state"
        self._client = self._tried(lambda: _client(address))

    def state(self) -> CollectionState | None:
        """Which version is current; None where there is no such collection."""
        found = self._tried(self._read_state)
        if found is None:
            return None
        try:
            return CollectionState.from_json(found)
        except (ValueError, KeyError, TypeError) as exc:
            raise DamagedIndex(
                f"the state of {self.address.given} cannot be read; index its folders again"
            ) from exc

    def _read_state(self) -> str | None:
        if not self._client.has_collection(self._states, timeout=self._seconds):
            return None
        found = self._client.get(
            self._states, [_STATE], output_fields=["state"], timeout=self._seconds
        )
        return str(found[0]["state"]) if found else None

    def set_state(self, state: CollectionState) -> None:
        """Make a version the current one, at once for all who read."""
        row = {"key": _STATE, "vector": [1.0, 0.0], "state": state.to_json()}
        self._tried(lambda: self._client.upsert(self._states, [row], timeout=self._seconds))

    def create(self, dim: int) -> None:
        """Make the collection, whose vectors have `dim` numbers, as far as it is not there."""
        from pymilvus import DataType

        client = self._client
        if not self._tried(lambda: client.has_collection(self._name, timeout=self._seconds)):
            schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field("key", DataType.VARCHAR, max_length=64, is_primary=True)
            schema.add_field("document", DataType.INT64)
            schema.add_field("since", DataType.INT64)
            schema.add_field("until", DataType.INT64)
            schema.add_field("alone", DataType.BOOL)
            schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dim)
            schema.add_field("terms", DataType.SPARSE_FLOAT_VECTOR)
            schema.add_field(
                "says", DataType.ARRAY, element_type=DataType.INT64, max_capacity=4096
            )
            schema.add_field(
                "row",
                DataType.ARRAY,
                element_type=DataType.VARCHAR,
                max_length=65_535,
                max_capacity=64,
            )
            self._make(self._name, schema, {"vector": self._dense, "terms": "SPARSE_INVERTED_INDEX"})
        if not self._tried(lambda: client.has_collection(self._states, timeout=self._seconds)):
            schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field("key", DataType.VARCHAR, max_length=16, is_primary=True)
            schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)  # Milvus wants one
            schema.add_field("state", DataType.VARCHAR, max_length=4096)
            self._make(self._states, schema, {"vector": "FLAT"})

    @property
    def _dense(self) -> str:
        return "FLAT" if self.address.folder is not None else "AUTOINDEX"

    def _make(self, name: str, schema: Any, indexes: Mapping[str, str]) -> None:
        params = self._client.prepare_index_params()
        for field, kind in indexes.items():
            params.add_index(field, index_type=kind, metric_type="IP")
        self._tried(
            lambda: self._client.create_collection(
                name,
                schema=schema,
                index_params=params,
                consistency_level="Strong",  # who sees a version sees its rows
                timeout=self._patient,
            )
        )

    def drop(self) -> None:
        """Delete the collection, its state last."""
        for name in (self._name, self._states):
            self._tried(lambda name=name: self._client.drop_collection(name, timeout=self._patient))

    def candidates(
        self,
        vector: Vectors,
        terms: Mapping[int, float],
        version: int,
        limits: tuple[int, int],
        documents: Collection[str] | None = None,
    ) -> dict[str, FetchedRow]:
        """The rows nearest to a vector and those that score highest for weighted stems, by name.

        At most `limits` of each, of these documents or of all; fetched in one round trip.
        """
        found: dict[str, FetchedRow] = {}
        wheres = [""] if documents is None else _among("document", map(document_number, documents))
        for where in wheres:
            also = where or "alone == true"
            found |= self._hybrid(vector, terms, f"{_current(version)} and {also}", limits)
        return found

    def _hybrid(
        self, vector: Vectors, terms: Mapping[int, float], where: str, limits: tuple[int, int]
    ) -> dict[str, FetchedRow]:
        from pymilvus import AnnSearchRequest, RRFRanker

        dense = AnnSearchRequest(
            [vector.tolist()], "vector", {"metric_type": "IP"}, limits[0], expr=where
        )
        sparse = AnnSearchRequest([dict(terms)], "terms", {"metric_type": "IP"}, limits[1], expr=where)
        wanted = [dense, sparse] if terms else [dense]
        hits = self._tried(
            lambda: self._client.hybrid_search(
                self._name,
                wanted,
                RRFRanker(),
                limit=sum(limits),
                output_fields=["row"],
                timeout=self._seconds,
            )
        )
        return self._rows((hit["key"], hit["entity"]["row"]) for hit in hits[0])

    def with_stem(
        self, number: int, version: int, most: int, documents: Collection[str] | None = None
    ) -> dict[str, FetchedRow]:
        """Rows that have a stem of this number, at most `most`; those where it weighs most."""
        found: dict[str, FetchedRow] = {}
        wheres = [""] if documents is None else _among("document", map(document_number, documents))
        for where in wheres:
            expr = f"{_current(version)}{' and ' if where else ''}{where}"
            hits = self._tried(
                lambda expr=expr: self._client.search(
                    self._name,
                    data=[{number: 1.0}],
                    anns_field="terms",
                    search_params={"metric_type": "IP"},
                    limit=min(most, MOST),
                    filter=expr,
                    output_fields=["row"],
                    timeout=self._seconds,
                )
            )
            found |= self._rows((hit["key"], hit["entity"]["row"]) for hit in hits[0])
        return found

    def fetch(self, keys: Iterable[str]) -> dict[str, FetchedRow]:
        """The rows of these names, whichever version they are of."""
        found: dict[str, FetchedRow] = {}
        for part in _parts(list(dict.fromkeys(keys)), NAMED):
            got = self._tried(
                lambda part=part: self._client.get(
                    self._name, part, output_fields=["key", "row"], timeout=self._seconds
                )
            )
            found |= self._rows((one["key"], one["row"]) for one in got)
        return found

    def of_documents(self, documents: Iterable[str], version: int) -> dict[str, FetchedRow]:
        """All rows of these documents in a version."""
        found: dict[str, FetchedRow] = {}
        for where in _among("document", map(document_number, documents)):
            got = self._query(f"{_current(version)} and {where}", ["key", "row"])
            found |= self._rows((one["key"], one["row"]) for one in got)
        return found

    def saying(self, digests: Iterable[bytes], version: int) -> list[tuple[int, set[int]]]:
        """The numbers of documents that say one of these sentences; with each which ones."""
        wanted = {says_of(digest) for digest in digests}
        where = f"array_contains_any(says, [{', '.join(map(str, sorted(wanted)))}])"
        found = self._query(f"{_current(version)} and {where}", ["document", "says"])
        return [(int(one["document"]), wanted.intersection(one["says"])) for one in found]

    def _query(self, where: str, fields: Sequence[str]) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = self._tried(
            lambda: self._client.query(
                self._name,
                filter=where,
                output_fields=list(fields),
                limit=MOST,
                timeout=self._seconds,
            )
        )
        return found

    def _rows(self, found: Iterable[tuple[str, Sequence[str]]]) -> dict[str, FetchedRow]:
        try:
            return {str(key): unpack(pieces) for key, pieces in found}
        except Exception as exc:  # whatever is wrong with it
            raise DamagedIndex(
                f"a row of {self.address.given} cannot be read; index its folders again with --check"
            ) from exc

    def add(self, rows: Sequence[PackedRow], since: int) -> None:
        """Write rows that are there from a version on; one that is there is written again."""
        from index.engines.dictionary import number_of

        batch: list[dict[str, Any]] = []
        size = 0
        for row in rows:
            terms = {number_of(stem): weight for stem, weight in row.weights.items()}
            batch.append(
                {
                    "key": row.key.hex(),
                    "document": document_number(row.document),
                    "since": since,
                    "until": FOREVER,
                    "alone": row.alone,
                    "vector": _floats(row.vector),
                    "terms": terms or _NOTHING,
                    "says": list(row.says),
                    "row": row.pieces,
                }
            )
            size += len(row.content) + 8 * len(row.vector)
            if size > BATCH_BYTES:
                self._upsert(batch)
                batch, size = [], 0
        self._upsert(batch)

    def end(self, keys: Iterable[str], until: int) -> None:
        """Note that rows are no more from a version on."""
        for part in _parts(list(keys), NAMED):
            self._upsert([{"key": key, "until": until} for key in part], partial_update=True)

    def revive(self, keys: Iterable[str]) -> None:
        """Note that rows which were to end have not."""
        self.end(keys, FOREVER)

    def names(self, where: str) -> set[str]:
        """What all rows are called of which this is true."""
        found: set[str] = set()
        for digit in "0123456789abcdef":  # a sixteenth each: an answer holds `MOST`
            for more in "0123456789abcdef":
                expr = f'key like "{digit}{more}%" and {where}'
                found |= {str(one["key"]) for one in self._query(expr, ["key"])}
        return found

    def begun(self, version: int) -> set[str]:
        """The rows that were written for a later version, which was not come to."""
        return {str(one["key"]) for one in self._all(f"since > {version}")}

    def ended(self, version: int) -> set[str]:
        """The rows that were ended in a later version, which was not come to."""
        where = f"until > {version} and until < {FOREVER}"
        return {str(one["key"]) for one in self._all(where)}

    def _all(self, where: str) -> list[Mapping[str, Any]]:
        found = self._query(where, ["key"])
        return found if len(found) < MOST else [{"key": key} for key in self.names(where)]

    def delete(self, keys: Iterable[str]) -> None:
        """Delete rows."""
        for part in _parts(list(keys), NAMED):
            self._tried(
                lambda part=part: self._client.delete(self._name, ids=part, timeout=self._patient)
            )

    def purge(self, oldest: int) -> None:
        """Delete the rows that have ended by a version."""
        self._tried(
            lambda: self._client.delete(
                self._name, filter=f"until <= {oldest}", timeout=self._patient
            )
        )

    def flush(self) -> None:
        """Have what was written kept for good."""
        self._tried(lambda: self._client.flush(self._name, timeout=self._patient))

    def _upsert(self, rows: Sequence[Mapping[str, Any]], **more: Any) -> None:
        if rows:
            self._tried(
                lambda: self._client.upsert(self._name, list(rows), timeout=self._patient, **more)
            )

    @property
    def _seconds(self) -> float:
        """Of each try: a call that finds nobody takes no longer than the address allows."""
        return self.address.seconds / TRIES

    @property
    def _patient(self) -> float:
        """Of each try of who writes."""
        return 10 * self.address.seconds

    def _tried(self, call: Callable[[], _T]) -> _T:
        """What a call gives; one that finds nobody is made `TRIES` times.

        The waits are random, so that many readers do not come back at once. Raises
        EngineOutOfReach, EngineRefused or StoreError.
        """
        for tried in range(1, TRIES + 1):
            try:
                return call()
            except StoreError:
                raise
            except Exception as exc:  # gRPC's and pymilvus's own, which share no base
                if _is_unloaded(exc):  # as after a restart
                    self._load()
                    continue
                error = _told(exc, self.address)
                if tried == TRIES or not isinstance(error, EngineOutOfReach):
                    raise error from exc
            time.sleep(random.uniform(0.1, 0.5) * 2**tried)  # noqa: S311  (no secret)
        raise StoreError(f"Milvus does not load {self.address.given}; look at its log, try again")

    def _load(self) -> None:
        with suppress(Exception):  # the call that needs it says what is wrong
            for name in (self._states, self._name):
                self._client.load_collection(name, timeout=self._patient)


@lru_cache(maxsize=8)
def connected(address: Address) -> Milvus:
    """The collection at an address, by one connection for all of a process; raises as `Milvus`."""
    return Milvus(address)


def _client(address: Address) -> Any:
    """Connects; raises StoreError where pymilvus is not installed."""
    try:
        pymilvus = _imported()
        if address.folder is not None:
            import milvus_lite  # noqa: F401  (pymilvus imports it, and says less where it is missing)
    except ImportError as exc:
        raise StoreError(
            f"to use {address.given} install Ibid with its extra: pip install 'ibid-qa[milvus]'"
        ) from exc
    if address.folder is not None:
        if not (address.folder / "engine.db").parent.is_dir():
            address.folder.mkdir(parents=True, mode=0o700)
        return pymilvus.MilvusClient(address.uri, timeout=address.seconds / TRIES)
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
        **given,
    )


def _imported() -> Any:
    """pymilvus, which when it is imported reads a file .env and begins to log to the terminal."""
    before = os.environ.get("PYTHON_DOTENV_DISABLED")
    os.environ["PYTHON_DOTENV_DISABLED"] = "1"
    try:
        import pymilvus
    finally:
        if before is None:
            del os.environ["PYTHON_DOTENV_DISABLED"]
        else:
            os.environ["PYTHON_DOTENV_DISABLED"] = before
    for name in ("pymilvus", "pymilvus.milvus_client", "milvus_lite"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what goes wrong is raised
    return pymilvus


def _is_unloaded(exc: Exception) -> bool:
    said = str(exc)
    return "is in state 'released'" in said or "collection not loaded" in said


def _told(exc: Exception, address: Address) -> StoreError:
    """What went wrong, in our terms."""
    said, where = " ".join(str(exc).split()), address.given
    status = str(getattr(exc, "code", "") if not callable(getattr(exc, "code", "")) else exc.code())
    refused = ("UNAUTHENTICATED", "PERMISSION_DENIED", "auth check failure", "permission deny")
    if any(one in said or one in status for one in refused):
        return EngineRefused(
            f"Milvus refuses {where}: the credentials are wrong or lack the right; set {TOKEN} to "
            "USER:PASSWORD or to a token that may read (and to index, write) the collection"
        )
    if "database not found" in said:
        return EngineRefused(f"Milvus has no such database for {where}: {said[:200]}")
    if "Open local milvus failed" in said:
        return EngineOutOfReach(
            f"{where} is open in another process, and Milvus Lite knows one alone; end that, or "
            "serve the folder with a Milvus and use milvus://"
        )
    away = ("UNAVAILABLE", "DEADLINE_EXCEEDED", "Deadline", "Fail connecting", "Retry", "timeout")
    if any(one in said or one in status for one in away):
        return EngineOutOfReach(
            f"Milvus does not answer at {where} within {address.seconds:g} s; check that it runs "
            f"and is reachable (its host, port and TLS), or set {TIMEOUT} higher, and try again"
        )
    return StoreError(f"Milvus cannot do what {where} needs: {said[:300]}")


def _current(version: int) -> str:
    return f"since <= {version} and until > {version}"


def _among(field: str, numbers: Iterable[int]) -> list[str]:
    """Filters that are true of rows of which the field has one of these numbers."""
    return [
        f"{field} in {json.dumps(part)}" for part in _parts(sorted(set(numbers)), NAMED)
    ]


def _parts(given: Sequence[_T], size: int) -> list[list[_T]]:
    return [list(given[at : at + size]) for at in range(0, len(given), size)]


def _floats(vector: Stored) -> list[float]:
    found: list[float] = np.asarray(vector, np.float32).tolist()
    return found
