"""The teacher: a larger model that learns the same, and then teaches the one that ships.

all-mpnet-base-v2 (Song et al., "MPNet", NeurIPS 2020; 109 million parameters) has MiniLM's word
pieces, each number higher by four, so that it reads the very same rows.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import MPNetConfig, MPNetModel
from transformers.utils import logging

from training.model import ChannelDropout, head_of

TAUGHT = "teacher.safetensors"  # its weights, beside the mined groups
SHIFT = 4  # its special tokens come first
PAD, CLS, SEP = 1, 0, 2
_OWN = {101: CLS, 102: SEP}  # MiniLM's number of a special token: MPNet's


class Teacher(nn.Module):
    """A cross-encoder with the outputs of `training.model.ReadingModel`."""

    def __init__(self, mpnet: MPNetModel) -> None:
        super().__init__()
        self.mpnet: Any = mpnet
        self.head = head_of(mpnet.config.hidden_size)

    @classmethod
    def untrained(cls, folder: Path, *, dropout: float = 0.1) -> Teacher:
        """The model in `folder`, as sentence-transformers publishes it, with a new head.

        What is known of words and of distances stays as it is.
        """
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        config: Any = MPNetConfig.from_pretrained(folder)
        config.hidden_dropout_prob = dropout
        mpnet: Any = MPNetModel.from_pretrained(folder, config=config, add_pooling_layer=False)
        mpnet.embeddings.requires_grad_(False)
        mpnet.encoder.relative_attention_bias.requires_grad_(False)
        for layer in mpnet.encoder.layer:
            layer.attention.attn = _Attention(layer.attention.attn)
        ChannelDropout.replace_in(mpnet)
        return cls(mpnet)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """As `ReadingModel.forward`; the token types are not looked at."""
        ids = input_ids + SHIFT
        for theirs, own in _OWN.items():
            ids = ids.masked_fill(input_ids == theirs, own)
        ids = ids.masked_fill(attention_mask == 0, PAD)
        hidden = self.mpnet.embeddings(input_ids=ids)
        bias = self.mpnet.encoder.compute_position_bias(hidden[:1])
        bias = bias.masked_fill(attention_mask[:, None, None, :] == 0, -1e4)
        for layer in self.mpnet.encoder.layer:
            hidden = layer(hidden, None, bias)[0]
        logits: torch.Tensor = self.head(hidden)
        return logits


class _Attention(nn.Module):
    """MPNet's, with a softmax that stays in the projections' precision: autocast makes it fp32."""

    def __init__(self, own: Any) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = own.q, own.k, own.v, own.o
        self.heads: int = own.num_attention_heads

    def forward(
        self, hidden: torch.Tensor, _: None, bias: torch.Tensor, **__: Any
    ) -> tuple[torch.Tensor]:
        batch, tokens, width = hidden.shape
        q, k, v = (
            part(hidden).view(batch, tokens, self.heads, -1).transpose(1, 2)
            for part in (self.q, self.k, self.v)
        )
        with torch.autocast(hidden.device.type, enabled=False):
            scores = (q * (1 / math.sqrt(q.shape[-1]))) @ k.transpose(-1, -2) + bias.to(q.dtype)
            mixed = torch.softmax(scores, dim=-1) @ v
        return (self.o(mixed.transpose(1, 2).reshape(batch, tokens, width)),)
