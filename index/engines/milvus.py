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
from index.errors import DamagedIndex
from index.types import Vectors

MOST = 16_384  # rows of an answer, by Milvus's own limit
NAMED = 500  # rows or documents that are named in one filter
STATE = "state"
_T = TypeVar("_T")


class Milvus:
    """A collection, read; thread-safe. Each call raises what `EngineConnection.tried` raises.

    EngineOutOfReach where Milvus does not answer in time, EngineRefused where it refuses.
    """

    def __init__(self, connection: EngineConnection) -> None:
        self._connection, self.address = connection, connection.address

    def state(self) -> CollectionState | None:
        """Which version is current; None where there is no such collection."""
        found = self._connection.tried(self._read_state)
        if found is None:
            return None
        try:
            return CollectionState.from_json(found)
        except (ValueError, KeyError, TypeError) as exc:
            raise DamagedIndex(
                f"the state of {self.address.given} cannot be read; index its folders again"
            ) from exc

    def _read_state(self) -> str | None:
        if not self._connection.client.has_collection(
            self._connection.states, timeout=self._connection.seconds
        ):
            return None
        found = self._connection.client.get(
            self._connection.states,
            [STATE],
            output_fields=["state"],
            timeout=self._connection.seconds,
        )
        return str(found[0]["state"]) if found else None

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
        hits = self._connection.tried(
            lambda: self._connection.client.hybrid_search(
                self._connection.name,
                wanted,
                RRFRanker(),
                limit=sum(limits),
                output_fields=["row"],
                timeout=self._connection.seconds,
            )
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
            hits = self._connection.tried(
                lambda expr=expr: self._connection.client.search(
                    self._connection.name,
                    data=[{number: 1.0}],
                    anns_field="terms",
                    search_params={"metric_type": "IP"},
                    limit=min(most, MOST),
                    filter=expr,
                    output_fields=["row"],
                    timeout=self._connection.seconds,
                )
            )
            found |= self._rows((hit["key"], hit["entity"]["row"]) for hit in hits[0])
        return found

    def documents_with(self, numbers: Iterable[int], version: int) -> set[int]:
        """The numbers of documents that have a stem of one of these numbers."""
        found: set[int] = set()
        for number in numbers:
            hits = self._connection.tried(
                lambda number=number: self._connection.client.search(
                    self._connection.name,
                    data=[{number: 1.0}],
                    anns_field="terms",
                    search_params={"metric_type": "IP"},
                    limit=MOST,
                    filter=current(version),
                    output_fields=["document"],
                    timeout=self._connection.seconds,
                )
            )
            found |= {int(hit["entity"]["document"]) for hit in hits[0]}
        return found

    def fetch(self, keys: Iterable[str]) -> dict[str, FetchedRow]:
        """The rows of these names, whichever version they are of."""
        found: dict[str, FetchedRow] = {}
        for part in parts_of(list(dict.fromkeys(keys)), NAMED):
            got = self._connection.tried(
                lambda part=part: self._connection.client.get(
                    self._connection.name,
                    part,
                    output_fields=["key", "row"],
                    timeout=self._connection.seconds,
                )
            )
            found |= self._rows((one["key"], one["row"]) for one in got)
        return found

    def saying(self, digests: Iterable[bytes], version: int) -> list[tuple[int, set[int]]]:
        """The numbers of documents that say one of these sentences; with each which ones."""
        wanted = {says_of(digest) for digest in digests}
        where = f"array_contains_any(says, [{', '.join(map(str, sorted(wanted)))}])"
        found = self.query(f"{current(version)} and {where}", ["document", "says"])
        return [(int(one["document"]), wanted.intersection(one["says"])) for one in found]

    def query(self, where: str, fields: Sequence[str]) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = self._connection.tried(
            lambda: self._connection.client.query(
                self._connection.name,
                filter=where,
                output_fields=list(fields),
                limit=MOST,
                timeout=self._connection.seconds,
            )
        )
        return found

    def _rows(self, found: Iterable[tuple[str, Sequence[str]]]) -> dict[str, FetchedRow]:
        try:
            return {str(key): unpack(pieces) for key, pieces in found}
        except Exception as exc:  # whatever is wrong with it
            raise DamagedIndex(
                f"a row of {self.address.given} cannot be read; index its folders again: "
                f"ibid index PATH --into {self.address.given} --check"
            ) from exc


def current(version: int) -> str:
    """The filter that is true of the rows of a version."""
    return f"since <= {version} and until > {version}"


def among(field: str, numbers: Iterable[int]) -> list[str]:
    """Filters that are true of rows of which the field has one of these numbers."""
    return [f"{field} in {json.dumps(part)}" for part in parts_of(sorted(set(numbers)), NAMED)]


def parts_of(given: Sequence[_T], size: int) -> list[list[_T]]:
    """What is given in parts of at most that size."""
    return [list(given[at : at + size]) for at in range(0, len(given), size)]
