"""What the index of all files holds: what stays of the old one, and what is counted now.

It is what an index built afresh would hold, in the same order, but for vectors that are to be made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from index.encoder import Remembering
from index.generation import Contents, count_documents, encode_known
from index.library.reading import PlanReader, names_of
from index.passages import PassageTable, passage_text, sentence_texts
from index.types import Progress


def assemble(
    reading: PlanReader, old: Contents | None, encoder: Remembering, tell: Progress
) -> Contents | None:
    """What the index of all files holds: what stays of `old`, and what is counted now.

    It has the vectors that `old` or `encoder` knows. It is `old` itself when nothing in it changes,
    and None when there is no document.
    """
    named = names_of(reading.rows)
    base = old if reading.valid else None
    stay = {(d.id, d.source): i for i, d in enumerate(base.documents)} if base else {}
    missing = {
        id_: source
        for id_, source in named.owner.items()
        if (id_, source) not in stay and (id_, source) not in reading.fresh
    }
    if missing:
        reading.again(missing)
    new = [reading.fresh[name] for name in named.owner.items() if name in reading.fresh]
    number = {(d.id, d.source): len(stay) + i for i, d in enumerate(new)}
    places = {**stay, **number}
    # a file that changed since it was looked at has lost its text; it is seen next time
    order = [places[name] for name in named.owner.items() if name in places]
    if not order:
        return None
    if old is not None and new:
        staying = set(order) if base else set()
        _teach(encoder, old, [i for i in range(len(old.documents)) if i not in staying])
    parts = [base] if base is not None else []
    if new:
        parts.append(count_documents(new, encoder, tell))
    whole = parts[0] if len(parts) == 1 else Contents.join(parts)
    if order != list(range(len(whole.documents))):
        whole = whole.take(order)
    return encode_known(_with_copies(whole, named.copies), encoder)


def _teach(encoder: Remembering, old: Contents, leaving: Sequence[int]) -> None:
    """What changed is mostly what it was: its vectors are found again by their texts."""
    gone = old.take(leaving)
    lacking = set(gone.unencoded.tolist())
    passages = [p for row, p in enumerate(gone.passages) if row not in lacking]
    encoder.learn([passage_text(p) for p in passages], gone.vectors)
    sentences = list(chain.from_iterable(map(sentence_texts, passages)))
    encoder.learn(sentences, gone.sentence_vectors)


def _with_copies(contents: Contents, copies: Mapping[str, Sequence[str]]) -> Contents:
    told = [tuple(copies.get(d.id, ())) for d in contents.documents]
    if told == [d.copies for d in contents.documents]:
        return contents
    documents = [replace(d, copies=c) for d, c in zip(contents.documents, told, strict=True)]
    table = contents.passages
    named = PassageTable(documents, table.rows, table.sentences, table.headings)
    return replace(contents, passages=named)
