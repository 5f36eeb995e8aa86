"""Rows through a model, in batches of about one length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch

from rag.reader import EncodedPair, Logits

CHUNK_TOKENS = 2600  # padded, a forward pass: what the caches of two cores hold
WIDTH = 16  # tokens; a batch's width is a multiple


def logits_of(
    model: torch.nn.Module, rows: Sequence[EncodedPair], device: torch.device
) -> list[torch.Tensor]:
    """The logits of each row, shape (tokens, 4), in float32; computed in batches by length."""
    results: dict[int, torch.Tensor] = {}
    # around all batches: autocast keeps the weights that it has narrowed until it ends
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=_narrows(device)):
        for chunk in _chunks([len(r.ids) for r in rows]):
            output = model(*(part.to(device) for part in _padded([rows[r] for r in chunk])))
            results |= {r: output[i, : len(rows[r].ids)].float() for i, r in enumerate(chunk)}
    return [results[r] for r in range(len(rows))]


def told(model: torch.nn.Module, rows: Sequence[EncodedPair], device: torch.device) -> list[Logits]:
    """The same of a model that is not trained now, as arrays."""
    model.eval()
    with torch.no_grad():
        return [o.cpu().numpy() for o in logits_of(model, rows, device)]


def _narrows(device: torch.device) -> bool:
    """Whether bfloat16 is quicker: on a GPU, and on a CPU that multiplies it (AMX, AVX-512).

    On one that does not, it took half as long again as float32.
    """
    can = torch.cpu.get_capabilities()
    return device.type != "cpu" or bool(can.get("amx_bf16") or can.get("avx512_bf16"))


def _padded(rows: Sequence[EncodedPair]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Ids, mask and token types, shape (rows, width)."""
    # few widths, few shapes: kernels are made anew for each shape that is not in the cache
    width = -(-max(len(r.ids) for r in rows) // WIDTH) * WIDTH
    ids = torch.zeros((len(rows), width), dtype=torch.long)
    mask, types = torch.zeros_like(ids), torch.zeros_like(ids)
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)] = torch.tensor(row.ids)
        mask[i, : len(row.ids)] = 1
        types[i, row.second : len(row.ids)] = 1
    return ids, mask, types


def _chunks(lengths: Sequence[int]) -> Iterator[list[int]]:
    chunk: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda r: -lengths[r]):
        if chunk and (len(chunk) + 1) * lengths[chunk[0]] > CHUNK_TOKENS:
            yield chunk
            chunk = []
        chunk.append(row)
    yield chunk
