"""What is known of a collection: the row that says which version is current, and its manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from index.failures import Failure, failures_from
from index.storage import Counts, Settings

FORMAT = 2
FOREVER = 2**62  # the version in which a row ends that has not ended


class CollectionState(NamedTuple):
    """The one row of which a change is a change of the collection.

    `encoder` is the digest of what made its vectors, 0 the `version` of a collection that holds
    nothing yet. What was there in the versions from `oldest` on is still there. `manifest` is the
    sha256 of the current version's.
    """

    format: int
    encoder: str
    version: int
    oldest: int
    manifest: str

    @property
    def revision(self) -> bytes:
        """What is another after each change."""
        return hashlib.sha256(f"{self.version} {self.manifest}".encode()).digest()

    def to_json(self) -> str:
        """As one line."""
        return json.dumps(self._asdict(), sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> CollectionState:
        """What `to_json` gave; raises ValueError, KeyError or TypeError."""
        given: Mapping[str, Any] = json.loads(line)
        return cls(
            int(given["format"]),
            str(given["encoder"]),
            int(given["version"]),
            int(given["oldest"]),
            str(given["manifest"]),
        )


@dataclass(frozen=True)
class VersionManifest:
    """What a version holds. Each of its `parts` is the sha256 of an object, by its name.

    `encoder_files` and `annotations` are objects by the names of files; with `originals` the files
    that it was made of are objects, too. `passed_over` is what rules pass over, by the path of the
    root. `passage_length` and `sentence_length` are means, in stems.
    """

    settings: Settings
    counts: Counts
    passage_length: float
    sentence_length: float
    languages: tuple[str, ...]
    published: str
    failures: tuple[Failure, ...]
    passed_over: Mapping[str, tuple[Failure, ...]]
    parts: Mapping[str, str]
    encoder_files: Mapping[str, str]
    annotations: Mapping[str, str] = field(default_factory=dict)
    originals: bool = False

    @property
    def objects(self) -> set[str]:
        """All objects of which it says what they are called; those of its lists are others."""
        every = (self.parts, self.encoder_files, self.annotations)
        return {sha for own in every for sha in own.values()}

    @property
    def all_passed_over(self) -> tuple[Failure, ...]:
        """What rules pass over in all roots."""
        return tuple(one for given in self.passed_over.values() for one in given)

    def to_bytes(self) -> bytes:
        """As JSON."""
        content = {**asdict(self), "settings": self.settings._asdict()}
        return json.dumps(content, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> VersionManifest:
        """What `to_bytes` gave; raises ValueError, KeyError or TypeError."""
        given: dict[str, Any] = json.loads(data)
        return cls(
            **{
                **given,
                "settings": Settings.from_dict(given["settings"]),
                "counts": Counts(*given["counts"]),
                "languages": tuple(given["languages"]),
                "failures": failures_from(given["failures"]),
                "passed_over": {
                    root: failures_from(own) for root, own in given["passed_over"].items()
                },
            }
        )
