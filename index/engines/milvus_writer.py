"""What is written into a collection in Milvus; one writer at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from index.engines.connection import EngineConnection
from index.engines.dictionary import number_of
from index.engines.milvus import MOST, NAMED, STATE, Milvus, parts_of
from index.engines.rows import PackedRow, document_number
from index.engines.state import FOREVER, CollectionState
from index.types import Stored

BATCH_BYTES = 4 * 2**20  # of what is written at once
_NOTHING = {2**31 - 1: 1e-6}  # the stems of a passage without any: an engine wants one


class MilvusWriter:
    """A collection, written; each call raises what `EngineConnection.call` raises.

    `require` is called before each change, with the seconds that it may take, and raises LeaseLost
    where another may be the writer by now.
    """

    def __init__(self, connection: EngineConnection, require: Callable[[float], None]) -> None:
        self._connection, self.address = connection, connection.address
        self._require = require
        self._reader = Milvus(connection)

    def set_state(self, state: CollectionState) -> None:
        """Make a version the current one, at once for all who read."""
        row = {"key": STATE, "vector": [1.0, 0.0], "state": state.to_json()}
        self._require(self.address.seconds)
        self._connection.call("upsert", self._connection.states, [row])

    def create(self, dim: int) -> None:
        """Make the collection, whose vectors have `dim` numbers, as far as it is not there."""
        from pymilvus import DataType, MilvusClient

        own = self._connection
        if not own.call("has_collection", own.name):
            schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field("key", DataType.VARCHAR, max_length=64, is_primary=True)
            schema.add_field("document", DataType.INT64)
            schema.add_field("since", DataType.INT64)
            schema.add_field("until", DataType.INT64)
            schema.add_field("alone", DataType.BOOL)
            schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dim)
            schema.add_field("terms", DataType.SPARSE_FLOAT_VECTOR)
            schema.add_field("says", DataType.ARRAY, element_type=DataType.INT64, max_capacity=4096)
            schema.add_field(
                "row",
                DataType.ARRAY,
                element_type=DataType.VARCHAR,
                max_length=65_535,
                max_capacity=64,
            )
            indexes = {"vector": self._dense, "terms": "SPARSE_INVERTED_INDEX"}
            self._make(own.name, schema, indexes)

    def create_states(self) -> None:
        """Make the collection of the state, as far as it is not there."""
        from pymilvus import DataType, MilvusClient

        own = self._connection
        if not own.call("has_collection", own.states):
            schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field("key", DataType.VARCHAR, max_length=16, is_primary=True)
            schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)  # Milvus wants one
            schema.add_field("state", DataType.VARCHAR, max_length=4096)
            self._make(own.states, schema, {"vector": "FLAT"})

    @property
    def _dense(self) -> str:
        return "FLAT" if self.address.folder is not None else "AUTOINDEX"

    def _make(self, name: str, schema: Any, indexes: Mapping[str, str]) -> None:
        from pymilvus import MilvusClient

        params = MilvusClient.prepare_index_params()
        for field, kind in indexes.items():
            params.add_index(field, index_type=kind, metric_type="IP")
        self._connection.call(
            "create_collection",
            name,
            patient=True,
            schema=schema,
            index_params=params,
            consistency_level="Strong",  # who sees a version sees its rows
        )

    def drop(self) -> None:
        """Delete the collection, its state last; whose it is to write stays."""
        own = self._connection
        self._require(0.0)
        own.call("drop_collection", own.name, patient=True)
        self._require(0.0)
        own.call("delete", own.states, patient=True, ids=[STATE])

    def add(self, rows: Sequence[PackedRow], since: int) -> None:
        """Write rows that are there from a version on; one that is there is written again."""
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
        for part in parts_of(list(keys), NAMED):
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
                found |= {str(one["key"]) for one in self._reader.query(expr, ["key"])}
        return found

    def begun(self, version: int) -> set[str]:
        """The rows that were written for a later version, which was not come to."""
        return {str(one["key"]) for one in self._all(f"since > {version}")}

    def ended(self, version: int) -> set[str]:
        """The rows that were ended in a later version, which was not come to."""
        where = f"until > {version} and until < {FOREVER}"
        return {str(one["key"]) for one in self._all(where)}

    def _all(self, where: str) -> Sequence[Mapping[str, Any]]:
        found = self._reader.query(where, ["key"])
        return found if len(found) < MOST else [{"key": key} for key in self.names(where)]

    def delete(self, keys: Iterable[str]) -> None:
        """Delete rows."""
        for part in parts_of(list(keys), NAMED):
            self._require(0.0)
            self._connection.call("delete", self._connection.name, patient=True, ids=part)

    def purge(self, oldest: int) -> None:
        """Delete the rows that have ended by a version."""
        self._require(0.0)
        where = f"until <= {oldest}"
        self._connection.call("delete", self._connection.name, patient=True, filter=where)

    def flush(self) -> None:
        """Have what was written kept for good."""
        self._connection.call("flush", self._connection.name, patient=True)

    def _upsert(self, rows: Sequence[Mapping[str, Any]], **more: Any) -> None:
        if rows:
            self._require(0.0)
            own = self._connection
            own.call("upsert", own.name, list(rows), patient=True, **more)


def _floats(vector: Stored) -> list[float]:
    found: list[float] = np.asarray(vector, np.float32).tolist()
    return found
