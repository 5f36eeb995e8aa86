"""What is asked of a collection in Milvus: which version is current, and rows of it.

A row is there from the version `since` on, and until the version `until`, the latter excluded.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from index.engines.connection import EngineConnection
from index.engines.rows import FetchedRow, document_number, says_of, unpack
from index.engines.state import CollectionState
from index.types import Vectors

MOST = 16_384  # rows of an answer, by Milvus's own limit
NAMED = 500  # rows or documents that are named in one filter
STATE = "state"
_T = TypeVar("_T")


class Milvus:
    """A collection, read; thread-safe. Each call raises what `EngineConnection.call` raises.

    EngineOutOfReach where Milvus does not answer in time, EngineRefused where it refuses.
    """

    def __init__(self, connection: EngineConnection) -> None:
        self._connection, self.address = connection, connection.address

    def state(self) -> CollectionState | None:
        """Which version is current; None where there is no such collection."""
        states = self._connection.states
        if not self._connection.call("has_collection", states):
            return None
        found = self._connection.call("get", states, [STATE], output_fields=["state"])
        if not found:
            return None
        try:
            return CollectionState.from_json(found[0]["state"])
        except (ValueError, KeyError, TypeError) as exc:
            raise self.address.damaged("its state cannot be read") from exc

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
        wheres = [""] if documents is None else among("document", map(document_number, documents))
        for where in wheres:
            also = where or "alone == true"
            found |= self._hybrid(vector, terms, f"{current(version)} and {also}", limits)
        return found

    def _hybrid(
        self, vector: Vectors, terms: Mapping[int, float], where: str, limits: tuple[int, int]
    ) -> dict[str, FetchedRow]:
        from pymilvus import AnnSearchRequest, RRFRanker

        dense = AnnSearchRequest(
            [vector.tolist()], "vector", {"metric_type": "IP"}, limits[0], expr=where
        )
        sparse = AnnSearchRequest(
            [dict(terms)], "terms", {"metric_type": "IP"}, limits[1], expr=where
        )
        wanted = [dense, sparse] if terms else [dense]
        hits = self._connection.call(
            "hybrid_search",
            self._connection.name,
            wanted,
            RRFRanker(),
            limit=sum(limits),
            output_fields=["row"],
        )
        return self._rows((hit["key"], hit["entity"]["row"]) for hit in hits[0])

    def with_stem(
        self, number: int, version: int, most: int, documents: Collection[str] | None = None
    ) -> dict[str, FetchedRow]:
        """Rows that have a stem of this number, at most `most`; those where it weighs most."""
        found: dict[str, FetchedRow] = {}
        wheres = [""] if documents is None else among("document", map(document_number, documents))
        for where in wheres:
            expr = f"{current(version)}{' and ' if where else ''}{where}"
            hits = self._with_stem(number, expr, min(most, MOST), "row")
            found |= self._rows((hit["key"], hit["entity"]["row"]) for hit in hits)
        return found

    def documents_with(self, numbers: Iterable[int], version: int) -> set[int]:
        """The numbers of documents that have a stem of one of these numbers."""
        found: set[int] = set()
        for number in numbers:
            hits = self._with_stem(number, current(version), MOST, "document")
            found |= {int(hit["entity"]["document"]) for hit in hits}
        return found

    def _with_stem(
        self, number: int, where: str, most: int, field: str
    ) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Sequence[Mapping[str, Any]]] = self._connection.call(
            "search",
            self._connection.name,
            data=[{number: 1.0}],
            anns_field="terms",
            search_params={"metric_type": "IP"},
            limit=most,
            filter=where,
            output_fields=[field],
        )
        return found[0]

    def fetch(self, keys: Iterable[str]) -> dict[str, FetchedRow]:
        """The rows of these names, whichever version they are of."""
        found: dict[str, FetchedRow] = {}
        for part in parts_of(list(dict.fromkeys(keys)), NAMED):
            name, fields = self._connection.name, ["key", "row"]
            got = self._connection.call("get", name, part, output_fields=fields)
            found |= self._rows((one["key"], one["row"]) for one in got)
        return found

    def saying(self, digests: Iterable[bytes], version: int) -> list[tuple[int, set[int]]]:
        """The numbers of documents that say one of these sentences; with each which ones."""
        wanted = {says_of(digest) for digest in digests}
        where = f"array_contains_any(says, [{', '.join(map(str, sorted(wanted)))}])"
        found = self.query(f"{current(version)} and {where}", ["document", "says"])
        return [(int(one["document"]), wanted.intersection(one["says"])) for one in found]

    def query(self, where: str, fields: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        """These fields of the rows that a filter is true of, at most `MOST` of them."""
        found: Sequence[Mapping[str, Any]] = self._connection.call(
            "query", self._connection.name, filter=where, output_fields=list(fields), limit=MOST
        )
        return found

    def _rows(self, found: Iterable[tuple[str, Sequence[str]]]) -> dict[str, FetchedRow]:
        try:
            return {str(key): unpack(pieces) for key, pieces in found}
        except Exception as exc:  # whatever is wrong with it
            raise self.address.damaged("a row cannot be read") from exc


def current(version: int) -> str:
    """The filter that is true of the rows of a version."""
    return f"since <= {version} and until > {version}"


def among(field: str, numbers: Iterable[int]) -> list[str]:
    """Filters that are true of rows of which the field has one of these numbers."""
    return [f"{field} in {json.dumps(part)}" for part in parts_of(sorted(set(numbers)), NAMED)]


def parts_of(given: Sequence[_T], size: int) -> list[list[_T]]:
    """What is given in parts of at most that size."""
    return [list(given[at : at + size]) for at in range(0, len(given), size)]
