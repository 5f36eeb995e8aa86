"""What became of saved quotations: as text, JSON, Markdown and HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ui.show.html import escape
from ui.show.markdown import escape_markdown
from ui.show.plain import count, one_line, shortened, visible

if TYPE_CHECKING:
    from rag import Status, Verdict
    from rag.proof import Change, DiffPart

NOTHING = "There is no quotation in this answer."
SAVED = "as it was saved:"
_LONGEST = 300  # characters of what was saved and is gone; JSON has all of it
_PLACE = ("source", "title", "line", "page", "start", "end", "quote")


class CheckedFile(NamedTuple):
    """A saved file, its questions as they are numbered, and what became of its quotations."""

    name: str
    questions: Sequence[str]
    verdicts: Sequence[Verdict]


def counted_verdicts(verdicts: Iterable[Verdict]) -> str:
    """`3 quotations: holds 2, gone 1`."""
    from rag.proof import Status

    found = Counter(verdict.status for verdict in verdicts)
    parts = ", ".join(f"{s.value} {found[s]:,}" for s in Status if found[s])
    return f"{count(found.total(), 'quotation')}{f': {parts}' if parts else ''}"


def verdicts_text(files: Sequence[CheckedFile], *, color: bool = False) -> str:
    """A line a quotation, and below it what is other words now: `[-was-]{+is+}`."""
    several = len(files) > 1
    verdicts = [verdict for file in files for verdict in file.verdicts]
    width = max((len(v.status.value) for v in verdicts), default=0)
    lines: list[str] = []
    for file in files:
        if several:
            lines.append(f"{'' if not lines else chr(10)}{visible(file.name)}")
        lines += [line for v in file.verdicts for line in _lines(v, width, color)]
        if not file.verdicts:
            lines.append(NOTHING)
    return "\n".join([*lines, *([f"\n{counted_verdicts(verdicts)}"] if several else [])])


def _lines(verdict: Verdict, width: int, color: bool) -> Iterator[str]:
    said = visible(f"{verdict.source}: {verdict.detail}")
    yield f"[{verdict.name}] {verdict.status.value:<{width}}  {said}"
    if not verdict.status.stands and (words := _unchanged(verdict)):
        lead = "" if verdict.now else f"{SAVED} "
        yield f"    {lead}{shortened(words, _LONGEST)}"
    for change in verdict.changes:
        label = "" if change.what == "words" else f"{change.what}: "
        yield f"    {label}{''.join(_marked(part, color) for part in change.parts).strip()}"


def _unchanged(verdict: Verdict) -> str:
    """The words, where no change shows them: those that stand, or as it was saved."""
    if any(change.what == "words" for change in verdict.changes):
        return ""
    return one_line(verdict.now.quote if verdict.now else verdict.quote)


def _marked(part: DiffPart, color: bool) -> str:
    if part.is_same:
        return _spaced(part.now, one_line(part.now))
    was, now = (("\x1b[31;9m", "\x1b[0m"), ("\x1b[32m", "\x1b[0m")) if color else _SIGNS
    words, (begin, end) = (part.was, was) if part.was else (part.now, now)
    return _spaced(words, f"{begin}{one_line(words)}{end}")


_SIGNS = (("[-", "-]"), ("{+", "+}"))


def _spaced(words: str, shown: str) -> str:
    """What is shown of some words, with a space on each side where they have one."""
    before = " " if words[:1].isspace() else ""
    return f"{before}{shown}{' ' if words[-1:].isspace() and words.strip() else ''}"


def verdicts_json(files: Sequence[CheckedFile]) -> dict[str, Any]:
    """JSON-ready; docs/cli.md says what each field means."""
    counts = Counter(v.status.value for file in files for v in file.verdicts)
    return {
        "format": 1,
        "counts": dict(counts),
        "answers": [
            {
                "file": file.name,
                "questions": list(file.questions),
                "quotations": [_entry(verdict) for verdict in file.verdicts],
            }
            for file in files
        ],
    }


def _entry(verdict: Verdict) -> dict[str, Any]:
    from index import text_id

    now = verdict.now.to_dict() if verdict.now else None
    return {
        "number": verdict.number,
        "question": verdict.question,
        "row": verdict.row,
        "source": verdict.source,
        "quote": verdict.quote,
        "quote_sha256": text_id(verdict.quote),
        "status": verdict.status.value,
        "detail": verdict.detail,
        "now": {name: now[name] for name in _PLACE} if now else None,
        "changes": [
            {"what": c.what, "parts": [part._asdict() for part in c.parts]} for c in verdict.changes
        ],
    }


def news(files: Sequence[CheckedFile], before: Mapping[str, Any]) -> list[CheckedFile]:
    """Only what an earlier `verdicts_json` does not say already; files without news are left out.

    Raises what is raised of JSON that is none.
    """
    told = {_key(file["file"], entry) for file in before["answers"] for entry in file["quotations"]}
    left = [
        file._replace(verdicts=[v for v in file.verdicts if _key(file.name, _entry(v)) not in told])
        for file in files
    ]
    return [file for file in left if file.verdicts]


def _key(file: str, entry: Mapping[str, Any]) -> tuple[object, ...]:
    now = entry["now"]
    place = (now["source"], now["start"], now["end"], now["quote"]) if now else ()
    names = ("row", "question", "number", "source", "quote_sha256", "status")
    return (str(file), *(str(entry[name]) for name in names), *map(str, place))


def verdicts_markdown(files: Sequence[CheckedFile]) -> str:
    """A heading a file, its questions below it, an item a quotation."""
    return "\n\n".join(["# Saved answers, checked", *map(_markdown_file, files)]) + "\n"


def _markdown_file(file: CheckedFile) -> str:
    head = f"## {escape_markdown(one_line(file.name))}\n\n{counted_verdicts(file.verdicts)}."
    asked = [f"{n}. {escape_markdown(one_line(q))}" for n, q in enumerate(file.questions, 1)]
    items = [_markdown_item(verdict) for verdict in file.verdicts]
    return "\n\n".join(["\n".join(part) for part in ([head], asked, items) if part])


def _markdown_item(verdict: Verdict) -> str:
    said = escape_markdown(visible(f"{verdict.source}: {verdict.detail}"))
    lines = [f"- \\[{verdict.name}\\] **{verdict.status.value}**: {said}"]
    for change in verdict.changes:
        label = "" if change.what == "words" else f"{change.what}: "
        lines.append(f"  > {label}{''.join(map(_markdown_part, change.parts)).strip()}\n  >")
    if words := _unchanged(verdict):
        lines.append(f"  > {'' if verdict.now else f'{SAVED} '}{escape_markdown(words)}")
    return "\n".join(lines).removesuffix("\n  >")


def _markdown_part(part: DiffPart) -> str:
    if part.is_same:
        return _spaced(part.now, escape_markdown(one_line(part.now)))
    words, mark = (part.was, "~~") if part.was else (part.now, "**")
    return _spaced(words, f"{mark}{escape_markdown(one_line(words))}{mark}")


def verdict_html(verdict: Verdict, link: str = "") -> str:
    """One quotation with its state; `link` is HTML that leads to where it stands now."""
    words = "".join(map(_change_html, verdict.changes))
    if own := _unchanged(verdict):
        label = "" if verdict.now else f'<span class="about">{SAVED}</span> '
        words += f'<blockquote dir="auto">{label}{escape(own)}</blockquote>'
    return (
        f'<li class="became {_class(verdict.status)}"><span class="state">{verdict.status.value}'
        f"</span> <span>[{verdict.name}]</span>{words}"
        f'<p class="about"><bdi>{escape(visible(verdict.source))}</bdi>: '
        f"<bdi>{escape(visible(verdict.detail))}</bdi> {link}</p></li>"
    )


def _class(status: Status) -> str:
    return status.name.lower()


def _change_html(change: Change) -> str:
    label = "" if change.what == "words" else f'<span class="about">{change.what}:</span> '
    parts = "".join(map(_part_html, change.parts))
    return f'<blockquote dir="auto">{label}{parts.strip()}</blockquote>'


def _part_html(part: DiffPart) -> str:
    if part.is_same:
        return _spaced(part.now, escape(one_line(part.now)))
    words, tag = (part.was, "del") if part.was else (part.now, "ins")
    return _spaced(words, f"<{tag}>{escape(one_line(words))}</{tag}>")


STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;"
    "color-scheme:light dark}ul{list-style:none;padding:0}li{margin:1.2rem 0}"
    "blockquote{margin:.3rem 0;padding-left:.8rem;border-left:3px solid;overflow-wrap:anywhere}"
    ".state{font-weight:600}.about{opacity:.75;margin:0;font-size:.9rem}"
    "del{background:#f003}ins{background:#0a03}"
)
# no script runs in it and nothing is loaded, wherever it is opened
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def verdicts_html(files: Sequence[CheckedFile]) -> str:
    """One page, which needs nothing else."""
    body = "".join(_html_file(file) for file in files)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="content-security-policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Saved answers, checked</title><style>{STYLE}</style></head><body>"
        f"<h1>Saved answers, checked</h1>{body}</body></html>\n"
    )


def _html_file(file: CheckedFile) -> str:
    asked = "".join(f'<li dir="auto">{escape(one_line(q))}</li>' for q in file.questions)
    shown = "".join(verdict_html(verdict) for verdict in file.verdicts)
    return (
        f"<section><h2><bdi>{escape(one_line(file.name))}</bdi></h2>"
        f"<p>{counted_verdicts(file.verdicts)}.</p><ol>{asked}</ol><ul>{shown}</ul></section>"
    )
