"""The state of an index as text: what is in it, and what of its folders is not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index import as_given, counted
from ui.show.as_json import json_text
from ui.show.plain import count, size, so_far, visible
from ui.show.unread import fate_of, kept_in, report_lines

if TYPE_CHECKING:
    from index import IndexStatus, Root


def described(status: IndexStatus) -> str:
    """What `ibid status` prints."""
    summary, catalog, held = status.summary, status.catalog, status.summary.counts
    late = summary.settings.unencoded
    shares = ((status.encoder_bytes, "the encoder"), (status.originals_bytes, "your files"))
    told = [f"{size(n)} {what}" for n, what in shares if n >= 50_000]
    rows = [
        ("documents", f"{held.documents:,}, of {count(len(catalog.rows), 'file')}"),
        (
            "passages",
            f"{held.passages:,}, of {count(held.sentences, 'sentence')}",
        ),
        *([("of them", so_far(late))] if late else []),
        *(
            (f"{name}s", f"{number:,} of {count(held.documents, 'document')}")
            for name, number in status.annotated.items()
        ),
        ("size", size(status.size_bytes) + (f", of it {' and '.join(told)}" if told else "")),
        ("encoder", f"{summary.settings.model} ({summary.encoder[:12]})"),
        ("last change", summary.published.replace("T", " ").replace("+00:00", " UTC")),
        *(("made of", _root(root)) for root in catalog.roots),
        ("since then", _since(status)),
        *([("beware", summary.notice)] if summary.notice else []),
    ]
    lines = [
        visible(as_given(status.path)),
        *(f"  {name:<12} {visible(said)}" for name, said in rows),
    ]
    lines += ["", *report_lines(status.files, "--files")]
    wrong = [one for one in status.unread if not one.is_passed_over]
    for fate in dict.fromkeys(map(fate_of, wrong)):
        named = (visible(one.reason) for one in wrong if fate_of(one) == fate)
        lines += ["", f"{fate.rstrip(':')}:", *(f"  {reason}" for reason in named)]
    return "\n".join(lines)


def status_json(status: IndexStatus) -> str:
    """What `ibid status --json` prints."""
    return json_text(status_fields(status))


def status_fields(status: IndexStatus) -> dict[str, Any]:
    """The state of an index as JSON has it; docs/cli.md says what each field means."""
    summary, held = status.summary, status.summary.counts
    return {
        "path": as_given(status.path),
        "documents": held.documents,
        "passages": held.passages,
        "sentences": held.sentences,
        "unencoded": summary.settings.unencoded,
        "annotated": dict(status.annotated),
        "files": [
            {"source": row.source, "documents": len(row.documents)} for row in status.catalog.rows
        ],
        "kinds": status.catalog.kinds,
        "slowest": [
            {"source": source, "seconds": seconds} for source, seconds in status.catalog.slowest
        ],
        "bytes": status.size_bytes,
        "model": summary.settings.model,
        "encoder": summary.encoder,
        "published": summary.published,
        "roots": [str(root.path) for root in status.catalog.roots],
        "waiting": status.waiting,
        "unreachable": status.unreachable,
        "notice": summary.notice,
        "unread": counted(status.unread),
        "failures": [
            {
                "source": one.source,
                "reason": one.reason,
                "why": str(one.why),
                "partly": one.partly,
            }
            for one in status.unread
        ],
    }


def files_of(status: IndexStatus) -> str:
    """What `--files` adds: each file, and what a rule passes over with its reason."""
    rows = [f"{len(row.documents):>6}  {visible(row.source)}" for row in status.catalog.rows]
    passed = [f"  {visible(one.reason)}" for one in status.unread if one.is_passed_over]
    lines = ["", "documents, file:", *rows, *(["", "not read:", *passed] if passed else [])]
    return "\n".join(lines)


def _root(root: Root) -> str:
    rules = [
        f"{word} {', '.join(patterns)}"
        for word, patterns in (
            ("only", root.include),
            ("without", root.exclude),
            ("removed", root.removed),
        )
        if patterns
    ]
    return f"{root.path} ({'; '.join(rules)})" if rules else str(root.path)


def _since(status: IndexStatus) -> str:
    if status.waiting is None:
        return f"not known: {status.unreachable}"
    told = f"{count(status.waiting, 'file')} added, changed or removed"
    kept = kept_in(status.unread)
    return (told if status.waiting else "nothing changed") + (
        f", but for {kept:,} that cannot be opened now" if kept else ""
    )
