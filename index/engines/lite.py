"""Milvus Lite in this process, over a folder: behind a socket that only this user can open.

Left to itself pymilvus has it listen on a port of 127.0.0.1, where whoever has an account on the
machine may read and write.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path
from threading import Lock
from typing import Any

from index.errors import EngineOutOfReach, storage_errors

_GRACE = 5.0  # seconds in which calls may come to their end
_served: dict[Path, tuple[Any, Any, Path]] = {}  # server, database, folder of its socket
_lock = Lock()


def serve(folder: Path) -> str:
    """The URI of the engine over a folder, started where it is not; ended with this process.

    Raises EngineOutOfReach where another process has it, StorageError, and ImportError.
    """
    from milvus_lite import DataDirLockedError
    from milvus_lite.adapter.grpc.server import start_server_in_thread

    with _lock:
        if folder not in _served:
            if not _served:
                atexit.register(stop)
            with storage_errors("open the collection in", folder):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                own = Path(tempfile.mkdtemp(prefix="ibid-"))  # of this user alone
                try:
                    # what stands before the colon of an address is a host, or says what a path is
                    server, database, _ = start_server_in_thread(
                        str(folder / "engine.db"), host="unix", port=own / "milvus"
                    )
                except DataDirLockedError as exc:
                    shutil.rmtree(own, ignore_errors=True)
                    raise EngineOutOfReach(
                        f"another process has the collection in {folder} open, and Milvus Lite "
                        "knows one alone; end that one, or use a Milvus and milvus://"
                    ) from exc
            _served[folder] = server, database, own
        return f"unix:{_served[folder][2] / 'milvus'}"


def stop() -> None:
    """End whatever this process serves."""
    with _lock:
        for server, database, own in _served.values():
            server.stop(_GRACE).wait()
            database.close()
            shutil.rmtree(own, ignore_errors=True)
        _served.clear()
