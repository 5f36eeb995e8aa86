"""The compiled encoder of a model, opened: ours from the package, another's from the cache."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from index.encoder.encode import EncoderConfig, OnnxEncoder
from index.encoder.models import DEFAULT, SHIPPED, shipped_digest
from index.errors import EncoderError, storage_errors
from index.installed import reinstall
from index.storage import DAMAGE, Checked, cache, disk, entries_from, entry_of, seal, unseal
from index.types import Progress, silent

_SUMS = "sums.json"  # of the files of a compiled encoder in the cache


def open_encoder(model: str | None, tell: Progress | None = None) -> tuple[OnnxEncoder, Path]:
    """The compiled encoder of a model, None for ours, and its folder.

    Another's than ours is in the cache, compiled when it is new. Raises EncoderError or
    StorageError.
    """
    if model in (None, DEFAULT):
        return _shipped(), SHIPPED
    from index.encoder.compile import compile_model, model_digest, model_folder

    folder = model_folder(model)
    compiled = cache.encoder_folder(model_digest(folder))
    if compiled.is_dir():
        try:
            _check(compiled)
            return OnnxEncoder(compiled), compiled
        except (*DAMAGE, EncoderError):
            shutil.rmtree(compiled, ignore_errors=True)  # a cache: made again
    (tell or silent)("compiling the encoder", 0, 0)
    with storage_errors("write the compiled encoder to", compiled):
        temporary = Path(tempfile.mkdtemp(prefix="tmp-", dir=compiled.parent))
        try:
            compile_model(folder, temporary)
            entries = {p.name: entry_of(p.read_bytes()) for p in sorted(temporary.iterdir())}
            disk.write(temporary / _SUMS, seal(json.dumps(entries)))
            temporary.rename(compiled)
        except OSError:
            if not compiled.is_dir():  # else another process was first, with the same encoder
                raise
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    return OnnxEncoder(compiled), compiled


def _shipped() -> OnnxEncoder:
    with suppress(EncoderError):
        if EncoderConfig.load(SHIPPED).digest == shipped_digest(SHIPPED):
            return OnnxEncoder(SHIPPED)
    raise EncoderError(f"the default encoder in {SHIPPED} is missing or has changed; {reinstall()}")


def _check(compiled: Path) -> None:
    """Raise one of `DAMAGE` when a file is other than it was compiled: an index would copy it."""
    entries = entries_from(json.loads(unseal((compiled / _SUMS).read_bytes())))
    Checked(compiled, entries).check()
