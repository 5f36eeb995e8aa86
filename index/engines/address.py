"""Where an index is: a folder, or the address of a collection in an engine."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from index.errors import DamagedIndex, MissingPath, StoreError

LITE = "milvus+lite:"
_SERVER = re.compile(r"milvus://(?P<host>[^/:]+|\[[^]]+\])(?::(?P<port>\d+))?/(?P<name>[^/]+)/?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,200}")
PORT, SECONDS = 19530, 15.0
SECONDS_HERE = 120.0  # of an engine in this process, which compares every passage in Python
DATABASE, TOKEN, TLS, CA, CERT, KEY, HOSTNAME, TIMEOUT, OBJECTS = (
    f"IBID_MILVUS_{name}"
    for name in ("DATABASE", "TOKEN", "TLS", "CA", "CERT", "KEY", "HOSTNAME", "TIMEOUT", "OBJECTS")
)


class Address(NamedTuple):
    """A collection: the engine's URI, what the collection is called, and where its objects are.

    `database`, `token` and the files of `tls` are those of the environment; `seconds` is how long
    one call may take. `folder` is that of an engine in a folder, None for a server.
    """

    given: str
    uri: str
    name: str
    objects: str
    folder: Path | None = None
    database: str = ""
    token: str = ""
    tls: tuple[tuple[str, str], ...] | None = None
    seconds: float = SECONDS

    def damaged(self, what: str) -> DamagedIndex:
        """The error that says what of the collection is wrong, and what to do."""
        return DamagedIndex(
            f"{self.given}: {what}; index its folders again: ibid index PATH --into {self.given} "
            "--check"
        )

    def missing(self) -> MissingPath:
        """The error that says that there is no collection, and what to do."""
        return MissingPath(
            f"there is no collection at {self.given}; make one with: "
            f"ibid index PATH --into {self.given}"
        )


def is_address(path: Path) -> bool:
    """Whether that is no path but the address of a collection."""
    return str(path).startswith(("milvus:", LITE))


def as_given(path: Path) -> str:
    """A path or an address as a person gives it: a `Path` has lost one of two slashes."""
    return re.sub(r"^milvus:/+", "milvus://", str(path))


def address_of(path: Path) -> Address:
    """The address that was given, with what the environment says of it; StoreError for none."""
    given = as_given(path)
    if given.startswith(LITE):
        if not given.removeprefix(LITE).strip():
            raise StoreError(f"{given} names no folder; give it as {LITE}PATH")
        folder = Path(os.path.abspath(Path(given.removeprefix(LITE)).expanduser()))
        objects = os.environ.get(OBJECTS) or str(folder / "objects")
        return Address(given, str(folder), "ibid", objects, folder, seconds=_seconds(SECONDS_HERE))
    match = _SERVER.fullmatch(given)
    if match is None or not _NAME.fullmatch(match["name"]):
        raise StoreError(
            f"{given} is no address of a collection; give it as milvus://HOST:{PORT}/NAME "
            "(letters, digits and _ in NAME)"
        )
    objects = os.environ.get(OBJECTS, "")
    if not objects:
        raise StoreError(
            f"where the texts of {given} are kept is not known; set {OBJECTS} to a folder that all "
            "machines see, or to s3://BUCKET/FOLDER"
        )
    secure = os.environ.get(TLS, "") not in ("", "0")
    tls = tuple((name, os.environ.get(name, "")) for name in (CA, CERT, KEY, HOSTNAME))
    scheme = "https" if secure else "http"
    return Address(
        f"milvus://{match['host']}:{match['port'] or PORT}/{match['name']}",
        f"{scheme}://{match['host']}:{match['port'] or PORT}",
        match["name"],
        "/".join(filter(None, (objects.rstrip("/"), os.environ.get(DATABASE, ""), match["name"]))),
        None,
        os.environ.get(DATABASE, ""),
        os.environ.get(TOKEN, ""),
        tls if secure else None,
        _seconds(SECONDS),
    )


def _seconds(usual: float) -> float:
    given = os.environ.get(TIMEOUT, "")
    try:
        seconds = float(given or usual)
    except ValueError:
        seconds = 0.0
    if seconds <= 0:
        raise StoreError(f"{TIMEOUT} is {given!r}; set it to seconds, such as {usual:g}")
    return seconds
