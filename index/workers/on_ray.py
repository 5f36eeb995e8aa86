"""Workers in a cluster of Ray, or in one on this machine that ends with the update.

Ray, which is the extra `ray`, is imported here alone, where it is first needed.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import socket
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ParserError, QuestionError, StoreError
from index.isolation import Expected
from index.types import Progress
from index.workers.worker import Assignment, Worker

WORK = "IBID_WORK"
EXTRA = "to index with workers install Ibid with its extra: pip install 'ibid-qa[ray]'"
_LOOPBACK = "127.0.0.2"  # what Ray takes for an address; 127.0.0.1 it would replace
_STORE = 100 * 2**20  # bytes: what goes through it is names
_SOCKETS = 32  # characters of a folder, so that the paths of sockets in it are not too long
_KNOCK = 10.0  # seconds until a cluster has to answer
_BLOCKS = 12  # calls to each worker, so that all have work to the end; and
_MOST = 1_000  # files of one call at most
_TOGETHER = 24  # files that are encoded together
_OWN = {  # nobody else may give work to a cluster of ours
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": secrets.token_hex(32),
}


class RayWorkers:
    """So many workers on this machine, or as many as the cluster at an address has processors."""

    def __init__(self, named: str) -> None:
        """`named` is a number, or the address of a cluster; raises QuestionError."""
        self.count = int(named) if named.isdecimal() else 0
        self.address = "" if named.isdecimal() else named
        self.store = os.environ.get(WORK, "")
        if named.isdecimal() and not self.count:
            raise QuestionError("give --workers a number from 1 on, or the address of a cluster")
        if self.address and not self.store:
            raise QuestionError(
                f"where the workers at {self.address} leave their work is not known; set {WORK} to "
                "a folder that all machines see, or to s3://BUCKET/FOLDER"
            )

    def prepare(self, files: Sequence[Expected], assigned: Assignment, tell: Progress) -> None:
        """As `Workers.prepare`; a worker that dies is replaced, and its file done again."""
        try:
            with warnings.catch_warnings(action="ignore"), self._cluster() as ray:
                for done, _ in enumerate(self._prepared(ray, files, assigned), 1):
                    tell("preparing files", done, len(files))
        except (ParserError, StoreError):
            raise
        except Exception as exc:  # Ray's own, which share no base with those of its workers
            where = f"at {self.address}" if self.address else "on this machine"
            raise ParserError(
                f"the workers {where} cannot be used ({_said(exc)}); what they did is kept: try "
                "again, or leave out --workers"
            ) from exc

    def _prepared(
        self, ray: Any, files: Sequence[Expected], assigned: Assignment
    ) -> Iterator[Mapping[str, bool]]:
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        count = self.count or max(1, int(ray.cluster_resources().get("CPU", 1)))
        rows = [{"file": file} for file in files]
        pool = ray.data.ActorPoolStrategy(size=min(count, len(rows)))
        blocks = min(len(rows), max(_BLOCKS * count, len(rows) // _MOST))
        prepared = ray.data.from_items(rows, override_num_blocks=blocks).map_batches(
            RayWorker,
            fn_constructor_args=(assigned,),
            compute=pool,
            batch_size=_TOGETHER,
            batch_format="numpy",
            zero_copy_batch=False,
        )
        with _hushed():
            found: Iterator[Mapping[str, bool]] = iter(prepared.iter_rows())
            first = next(found, None)
        if first is not None:
            yield first
        yield from found

    @contextmanager
    def _cluster(self) -> Iterator[Any]:
        """Ray, connected; what was started for this is ended."""
        if not self.address and "ray" not in sys.modules:  # when it is imported they are read
            for name, value in _OWN.items():
                os.environ.setdefault(name, value)
        ray = _imported()
        folder = "" if self.address else tempfile.mkdtemp(prefix="ibid-", dir=_short())
        try:
            if self.address:
                _knock(self.address)
                ray.init(self.address, log_to_driver=False, logging_level="ERROR")
            else:
                _init_here(ray, self.count, folder)
            yield ray
        finally:
            ray.shutdown()
            shutil.rmtree(folder, ignore_errors=True)


class RayWorker:
    """A `Worker` as Ray Data calls it: rows in, rows out."""

    def __init__(self, assigned: Assignment) -> None:
        self._worker = Worker(assigned)

    def __call__(self, rows: Mapping[str, Sequence[Expected]]) -> Mapping[str, NDArray[np.bool_]]:
        """Whether there is a result of each file now."""
        return {"done": np.array(self._worker.prepare(list(rows["file"])), bool)}


@contextmanager
def _hushed() -> Iterator[None]:
    """What Ray's own threads print of how they begin goes nowhere: what goes wrong is raised."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _knock(address: str) -> None:
    """Raise OSError where nobody listens at HOST:PORT; Ray itself would wait for ever."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), _KNOCK).close()


def _init_here(ray: Any, count: int, folder: str) -> None:
    """Start a cluster that only this process uses, behind a token and on the loopback interface."""
    import ray._private.node as private

    # it would look for the cloud it is in by name and address, whatever it was told of reporting
    node: Any = private.Node
    start, node.start_api_server = node.start_api_server, _no_server
    try:
        ray.init(
            num_cpus=count,
            num_gpus=0,
            include_dashboard=False,
            log_to_driver=False,
            logging_level="ERROR",
            object_store_memory=_STORE,
            _node_ip_address=_LOOPBACK,
            _temp_dir=folder,
        )
    finally:
        node.start_api_server = start


def _no_server(*_: object, **__: object) -> None:
    """Nobody looks at a dashboard."""


def _imported() -> Any:
    try:
        import ray
        import ray.data
    except ImportError as exc:
        raise StoreError(EXTRA) from exc
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what goes wrong is raised
    return ray


def _short() -> str | None:
    """A temporary folder whose path is short; None: the usual one is."""
    return None if len(tempfile.gettempdir()) <= _SOCKETS else "/tmp"


def _said(exc: BaseException) -> str:
    """The last line of what Ray says: what went wrong, after where."""
    with suppress(AttributeError):
        exc = exc.cause or exc  # type: ignore[attr-defined]
    return (str(exc).strip().splitlines() or [type(exc).__name__])[-1][:300]
