"""Tiny random sentence-transformers models of the shapes that people use, saved to a folder."""

from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LETTERS = [*string.ascii_lowercase, *string.digits, *".,?!-:'\""]
WORDS = ["the", "harbour", "was", "dredged", "query", "passage", "eel", "##s", "##ing"]
LONGEST = 64  # two fewer than positions: RoBERTa and MPNet count from the padding's number
SIZES: dict[str, Any] = {
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 24,
}
SIZES |= {"max_position_embeddings": 66, "initializer_range": 0.1}
DISTIL: dict[str, Any] = {
    "dim": 16,
    "n_layers": 2,
    "n_heads": 2,
    "hidden_dim": 24,
    "max_position_embeddings": 66,
}


def word_pieces() -> Any:
    """A BERT tokenizer that knows letters and a few words."""
    from transformers import BertTokenizer

    pieces = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *LETTERS,
        *(f"##{c}" for c in LETTERS),
        *WORDS,
    ]
    vocab = {p: i for i, p in enumerate(pieces)}
    return BertTokenizer(vocab=vocab, model_max_length=LONGEST)


def byte_pairs() -> Any:
    """A RoBERTa-like tokenizer: bytes, no merges, padding that is not number 0."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocab = {p: i for i, p in enumerate(["<s>", "<pad>", "</s>", "<unk>", "<mask>", *alphabet])}
    inner = Tokenizer(models.BPE(vocab, []))
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.post_processor = processors.RobertaProcessing(
        ("</s>", 2), ("<s>", 0), add_prefix_space=False
    )
    return _as_of_roberta(inner)


def sentence_pieces() -> Any:
    """A tokenizer like XLM-RoBERTa's: a unigram model over characters of many scripts."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    scripts = ((0x20, 0x180), (0x400, 0x460), (0x5D0, 0x5EB), (0x621, 0x64B), (0x4E00, 0xA000))
    letters = (chr(code) for start, end in scripts for code in range(start, end))
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "▁", *letters]
    inner = Tokenizer(models.Unigram([(piece, -2.0) for piece in pieces], unk_id=3))
    inner.normalizer = normalizers.NFKC()
    inner.pre_tokenizer = pre_tokenizers.Metaspace()
    inner.post_processor = processors.TemplateProcessing(
        "<s> $A </s>", "<s> $A </s> </s> $B </s>", [("<s>", 0), ("</s>", 2)]
    )
    return _as_of_roberta(inner)


def _as_of_roberta(inner: Tokenizer) -> Any:
    """A tokenizer with the names that RoBERTa gives to its special tokens."""
    import transformers

    make: Any = transformers.PreTrainedTokenizerFast  # which is not typed
    return make(
        tokenizer_object=inner,
        model_max_length=LONGEST,
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        mask_token="<mask>",
        cls_token="<s>",
        sep_token="</s>",
        model_input_names=["input_ids", "attention_mask"],
    )


TOKENIZERS = {"roberta": byte_pairs, "xlm-roberta": sentence_pieces}


def transformer(kind: str, folder: Path) -> Path:
    """A random transformer of a kind with its tokenizer, saved."""
    import torch
    import transformers as hf

    tokenizer = TOKENIZERS.get(kind, word_pieces)()
    size: dict[str, Any] = {"vocab_size": len(tokenizer), "pad_token_id": tokenizer.pad_token_id}
    make: dict[str, Callable[[], Any]] = {
        "bert": lambda: hf.BertModel(hf.BertConfig(**SIZES, **size)),
        "roberta": lambda: hf.RobertaModel(hf.RobertaConfig(**SIZES, **size)),
        "xlm-roberta": lambda: hf.XLMRobertaModel(hf.XLMRobertaConfig(**SIZES, **size)),
        "mpnet": lambda: hf.MPNetModel(hf.MPNetConfig(**SIZES, **size)),
        "distilbert": lambda: hf.DistilBertModel(hf.DistilBertConfig(**DISTIL, **size)),
    }
    torch.manual_seed(11)
    make[kind]().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def sentence_model(folder: Path, kind: str, pooling: str, *more: str, **settings: Any) -> Path:
    """Transformer + Pooling + `more` ("dense", "lstm" …), saved; returns its folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules

    longest = settings.pop("max_seq_length", None)
    include_prompt = settings.pop("include_prompt", True)
    core = modules.Transformer(str(transformer(kind, folder / "plain")), max_seq_length=longest)
    torch.manual_seed(12)
    inner: dict[str, Callable[[], Any]] = {
        "lstm": lambda: modules.LSTM(16, 8),
        "cnn": lambda: modules.CNN(16, 16, kernel_sizes=[1]),
    }
    after: dict[str, Callable[[], Any]] = {
        "dense": lambda: modules.Dense(16, 12, activation_function=torch.nn.Tanh()),
        "normalize": modules.Normalize,
        "dropout": lambda: modules.Dropout(0.1),
        "layer_norm": lambda: modules.LayerNorm(16),
    }
    parts = [
        core,
        *(inner[name]() for name in more if name in inner),
        modules.Pooling(16, pooling, include_prompt),
        *(after[name]() for name in more if name in after),
    ]
    SentenceTransformer(modules=parts, device="cpu", **settings).save(
        str(folder / "model"), create_model_card=False
    )
    return folder / "model"
