"""What a version of a collection keeps as objects, fetched once into the reader's cache."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from index.annotations import FOLDER
from index.encoder import CONFIG, MODEL, SHIPPED, TOKENIZER, EncoderConfig
from index.engines.address import Address
from index.engines.objects import Objects
from index.engines.state import VersionManifest
from index.errors import storage_errors
from index.storage import cache, disk


class VersionParts:
    """The parts of a version, by their names; `folder` of the cache keeps them.

    What raises DamagedIndex and StorageError here are missing and changed objects.
    """

    def __init__(self, objects: Objects, manifest: VersionManifest, folder: Path) -> None:
        self._objects, self._manifest, self._folder = objects, manifest, folder

    def get(self, name: str) -> bytes:
        """A part: from the cache, else fetched and kept there."""
        own = self._manifest.parts[name]
        file = self._folder / own
        with suppress(OSError):
            data = file.read_bytes()
            if hashlib.sha256(data).hexdigest() == own:
                return data
        data = self._objects.get(own)
        with suppress(OSError):  # a cache
            _keep(file, data)
        return data

    def encoder(self, digest: str) -> Path:
        """The folder of the encoder of this digest: the one that ships, or one in the cache."""
        if EncoderConfig.load(SHIPPED).digest == digest:
            return SHIPPED
        folder = cache.collection_folder(f"encoder-{digest}")
        with storage_errors("fetch the encoder into", folder):
            for name in (CONFIG, MODEL, TOKENIZER):
                own = self._manifest.encoder_files.get(name, "")
                file = folder / name
                if not file.is_file() or disk.sha256(file) != own:
                    _keep(file, self._objects.get(own))
        return folder

    @cached_property
    def annotations(self) -> Path:
        """A folder of the cache with what is kept of the documents, as an index keeps it."""
        own = self._manifest.annotations
        kept = self._folder / hashlib.sha256(repr(sorted(own.items())).encode()).hexdigest()
        with storage_errors("fetch annotations into", kept):
            for name, sha in own.items():
                if not (kept / FOLDER / name).is_file():
                    disk.make_folder(kept / FOLDER)
                    _keep(kept / FOLDER / name, self._objects.get(sha))
        return kept


def _keep(file: Path, data: bytes) -> None:
    """Put a file in its place, whole; others may do so at the same time. Raises OSError."""
    handle, temporary = tempfile.mkstemp(prefix="tmp-", dir=file.parent)
    os.close(handle)
    disk.write(Path(temporary), data)
    os.replace(temporary, file)


def cache_of(address: Address) -> Path:
    """The folder of the user's cache for what is fetched of a collection."""
    own = hashlib.sha256("\0".join((address.uri, address.database, address.name)).encode())
    return cache.collection_folder(f"{address.name}-{own.hexdigest()[:16]}")
