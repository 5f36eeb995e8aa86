"""A sentence-transformers model compiled to ONNX, once; the only module that loads torch."""

from __future__ import annotations

import hashlib
import inspect
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.encoder.encode import EncoderConfig, OnnxEncoder
from index.encoder.models import COMPILERS, MODEL, TOKENIZER, file_sha256, find_model, to_install
from index.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_VERSION = 2  # raise when the same model would compile to another encoder
_POOLING = {"mean", "cls", "max"}
_WEIGHTS = "*.safetensors"


def model_folder(name: str | None) -> Path:
    """The local folder of a model given as None (the default), a folder or a hub name.

    A hub name is fetched by huggingface_hub, or found in its cache. Raises EncoderError, before
    anything is fetched where nothing could compile it.
    """
    place = find_model(name)
    if Path(place).is_dir():
        return Path(place)
    if os.sep in place and place.count("/") != 1:
        raise EncoderError(f"there is no model folder at {place}; check the path")
    _require_compilers()
    from huggingface_hub import snapshot_download

    try:
        return Path(
            snapshot_download(place, allow_patterns=["*.json", "*.txt", "*.model", _WEIGHTS])
        )
    except Exception as exc:  # the hub's client raises many kinds, all meaning: not to be had
        raise EncoderError(
            f"the model {place} is neither a folder nor to be had from the hub "
            f"({type(exc).__name__}); download it elsewhere and give its folder"
        ) from exc


def model_digest(folder: Path) -> str:
    """The sha256 of every file of a model that bears on its vectors, and of how it is compiled."""
    digest = hashlib.sha256(f"ibid encoder {_VERSION}".encode())
    files = sorted(
        p for p in folder.rglob("*") if p.suffix in {".json", ".safetensors", ".txt", ".model"}
    )
    if not any(p.suffix == ".safetensors" for p in files):
        raise EncoderError(
            f"no safetensors weights in {folder}; convert the model (pickles are not read)"
        )
    for path in files:
        digest.update(f"{path.relative_to(folder).as_posix()} {file_sha256(path)}\n".encode())
    return digest.hexdigest()


def compile_model(folder: Path, into: Path) -> OnnxEncoder:
    """Compile the model in `folder` into the folder `into` and open it.

    Transformer, Pooling (mean, cls or max), any Dense and Normalize, with a fast tokenizer;
    prompts and max_seq_length are kept. Raises EncoderError for anything else, and where what
    compiles is not installed.
    """
    _require_compilers()
    with _quiet():
        model = _load(folder)
        _check(model)
        into.mkdir(parents=True, exist_ok=True)
        inputs = _export(model, into / MODEL)
    tokenizer: Any = model.tokenizer
    (into / TOKENIZER).write_text(tokenizer.backend_tokenizer.to_str(), "utf-8")
    EncoderConfig(
        name=folder.name,
        digest=model_digest(folder),
        dim=int(model.get_embedding_dimension() or 0),
        max_tokens=int(model.max_seq_length or 512),
        inputs=inputs,
        query_prompt=_prompt(model, "query"),
        passage_prompt=_prompt(model, "document", "passage", "corpus"),
    ).save(into)
    return OnnxEncoder(into)


def _require_compilers() -> None:
    if missing := to_install(*COMPILERS):
        raise EncoderError(missing)


def _load(folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"attn_implementation": "eager", "use_safetensors": True},
        ).eval()
    except Exception as exc:  # whatever a broken folder provokes in three libraries
        raise EncoderError(
            f"{folder} is not a sentence-transformers model that can be loaded: {_line(exc)}"
        ) from exc


def _check(model: SentenceTransformer) -> None:
    """Refuse, by name, what the compiled form would get wrong."""
    names = [type(m).__name__ for m in model]
    inner = [n for n in names[2:] if n not in ("Dense", "Normalize")]
    if names[:2] != ["Transformer", "Pooling"] or inner:
        raise EncoderError(
            f"this model is made of {' + '.join(names)}; Ibid compiles Transformer + Pooling + "
            "Dense + Normalize. Choose another model"
        )
    pooling: Any = model[1]
    if pooling.pooling_mode not in _POOLING or not pooling.include_prompt:
        raise EncoderError(
            f"this model pools by {pooling.pooling_mode}"
            f"{'' if pooling.include_prompt else ' without its prompt'}; "
            "Ibid compiles mean, cls and max. Choose another model"
        )
    if not getattr(model.tokenizer, "is_fast", False):
        raise EncoderError(
            "this model has no fast tokenizer (tokenizer.json); choose another model"
        )


def _prompt(model: SentenceTransformer, *names: str) -> str:
    """The prompt of the first name that is there, as encode_query and encode_document choose.

    An empty one counts: it is how a model says that its default prompt is not meant here.
    """
    name = next((n for n in names if n in model.prompts), model.default_prompt_name)
    return model.prompts.get(name or "") or ""


def _export(model: SentenceTransformer, path: Path) -> tuple[str, ...]:
    """Write the ONNX file; returns the names of its inputs."""
    import torch

    core: Any = model[0]
    rest = list(model)[1:]
    accepted = inspect.signature(core.model.forward).parameters
    tokenizer: Any = model.tokenizer
    inputs = tuple(
        name
        for name in ("input_ids", "attention_mask", "token_type_ids")
        if name != "token_type_ids" or (name in accepted and name in tokenizer.model_input_names)
    )

    class Pipeline(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.core = core.model
            self.rest = torch.nn.ModuleList(rest)

        def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
            feed = dict(zip(inputs, tensors, strict=True))
            hidden = self.core(**feed, return_dict=True).last_hidden_state
            features: dict[str, Any] = {
                "token_embeddings": hidden, "attention_mask": feed["attention_mask"],
            }  # fmt: skip
            for module in self.rest:
                features = module(features)
            vector: torch.Tensor = features["sentence_embedding"]
            return vector

    ids = torch.tensor([[5, 6, 7, 8, 9], [5, 6, 7, 0, 0]])
    sample = {
        "input_ids": ids, "attention_mask": (ids > 0).long(), "token_type_ids": ids * 0,
    }  # fmt: skip
    axes = {name: {0: "batch", 1: "tokens"} for name in inputs}
    torch.onnx.export(
        Pipeline().eval(),
        tuple(sample[n] for n in inputs),
        str(path),
        input_names=list(inputs),
        output_names=["embedding"],
        dynamic_axes={**axes, "embedding": {0: "batch"}},
        dynamo=False,
    )
    return inputs


@contextmanager
def _quiet() -> Iterator[None]:
    """Tracing warns about every shape it fixes; the tests compare the outcome instead."""
    from transformers.utils import logging as transformers_logging

    logging: Any = transformers_logging
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            if shown:
                logging.enable_progress_bar()


def _line(exc: Exception) -> str:
    return (str(exc).strip().splitlines() or [type(exc).__name__])[0][:200]
