"""The reading model: MiniLM reads question and passage together and says four things a token."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from transformers import BertConfig, BertModel
from transformers.masking_utils import ALL_MASK_ATTENTION_FUNCTIONS, eager_mask
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS
from transformers.utils import logging

from index.encoder import find_model

WEIGHTS = "reader.safetensors"  # beside the mined groups


class ReadingModel(nn.Module):
    """A BERT cross-encoder (Nogueira and Cho 2019) with four outputs a token.

    START and END: the answer's first and last token; their sum at [CLS] is the null answer of
    Devlin et al. (NAACL 2019). EVIDENCE: its mean over a sentence's tokens is the log odds that
    the sentence answers, and at [CLS] that the passage does. RANK at [CLS] orders passages.
    """

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert
        self.head = head_of(bert.config.hidden_size)

    @classmethod
    def untrained(cls, *, layers: int = 6, dropout: float = 0.15) -> ReadingModel:
        """The pinned MiniLM with a head that knows nothing yet."""
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        config: Any = BertConfig.from_pretrained(find_model(None))
        config.attention_probs_dropout_prob = 0.0  # twice as fast on a CPU
        config.hidden_dropout_prob = dropout
        config.num_hidden_layers = layers
        bert = BertModel.from_pretrained(
            find_model(None), config=config, add_pooling_layer=False, attn_implementation="half"
        )
        ChannelDropout.replace_in(bert)
        return cls(bert)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Token ids, shape (batch, tokens), to logits, shape (batch, tokens, 4)."""
        hidden = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        logits: torch.Tensor = self.head(hidden)
        return logits


def head_of(width: int) -> nn.Linear:
    """Four outputs a token that know nothing yet."""
    head = nn.Linear(width, 4)
    nn.init.normal_(head.weight, std=0.02)
    nn.init.zeros_(head.bias)
    return head


class ChannelDropout(nn.Module):
    """Dropout with one mask for all tokens of a row (Gal and Ghahramani, NeurIPS 2016).

    A mask for each token takes a seventh of a training step on a CPU.
    """

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    @classmethod
    def replace_in(cls, model: nn.Module) -> None:
        """Put it in the place of every other dropout of a model."""
        for parent in list(model.modules()):
            for name, child in list(parent.named_children()):
                if isinstance(child, nn.Dropout):
                    setattr(parent, name, cls(child.p))

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        if not self.training or self.p == 0 or hidden.dim() != 3:
            return hidden
        keep = torch.rand(hidden.shape[0], 1, hidden.shape[2], device=hidden.device) >= self.p
        return hidden * (keep / (1 - self.p)).to(hidden.dtype)


def _half_attention(
    module: nn.Module, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor,
    attention_mask: torch.Tensor | None, scaling: float | None = None, **_: Any,
) -> tuple[torch.Tensor, None]:  # fmt: skip
    """Attention whose softmax stays in the projections' precision: autocast makes it fp32."""
    with torch.autocast(query.device.type, enabled=False):
        scores = (query * (query.shape[-1] ** -0.5)) @ key.transpose(-1, -2)
        if attention_mask is not None:
            scores = scores + attention_mask.to(scores.dtype)
        mixed = torch.softmax(scores, dim=-1) @ value
    return mixed.transpose(1, 2).contiguous(), None


ALL_ATTENTION_FUNCTIONS.register("half", _half_attention)
ALL_MASK_ATTENTION_FUNCTIONS.register("half", eager_mask)
