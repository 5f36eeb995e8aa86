"""The model that tells stances, under training: MiniLM reads two texts and says seven things."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn
from torch.nn import functional as F

from rag.reader import EncodedPair, Pairs
from training.model import ReadingModel
from training.stances.rows import LABELS, STANCES, StanceRow

WEIGHTS = "stances.safetensors"  # in the workplace
STANCE, RELATION = slice(0, len(STANCES)), slice(len(STANCES), len(LABELS))


class StanceNet(nn.Module):
    """A BERT cross-encoder (Nogueira and Cho 2019) with seven outputs at [CLS].

    The first four are the log odds of what a text says to a question, the others of how it stands
    to a statement; each row trains those of its kind.
    """

    def __init__(self, reader: ReadingModel) -> None:
        """Begins with what the reader knows."""
        super().__init__()
        self.bert = reader.bert
        self.head = nn.Linear(reader.bert.config.hidden_size, len(LABELS))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Token ids, shape (batch, tokens), to logits, shape (batch, 1, 7)."""
        hidden = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        logits: torch.Tensor = self.head(hidden[:, :1])
        return logits


def encoded(pairs: Pairs, texts: Sequence[tuple[str, str]]) -> list[EncodedPair]:
    """[CLS] one [SEP] other [SEP] of each pair; what is too long loses its end."""
    ones, others = (pairs.tokens([pair[i] for pair in texts]) for i in (0, 1))
    return [next(pairs.rows(a, [], [b])) for a, b in zip(ones, others, strict=True)]


def loss_of(logits: Sequence[torch.Tensor], rows: Sequence[StanceRow]) -> torch.Tensor:
    """The mean cross-entropy of the rows, each over the outputs of its kind."""
    losses = []
    for output, row in zip(logits, rows, strict=True):
        part = RELATION if row.is_relation else STANCE
        target = LABELS.index(row.label) - part.start
        losses.append(F.cross_entropy(output[0, part], torch.tensor(target)))
    return torch.stack(losses).mean()
