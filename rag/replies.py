"""What is said beside questions gets a reply: a greeting, thanks, what Ibid is, what is asked of.

A reply is made of fixed phrases and of what the documents say of themselves, and quotes nothing. It
is given for what is wholly such a phrase: a question that only begins with one is a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath

from index import Document, Passage

LISTED = 20  # documents, authors or headings
_PLURAL = r"(?:documents|docs|files|articles|texts|sources|papers)"
_DOCUMENTS = rf"(?:{_PLURAL}|document|file|article|text|source|paper)"


class ReplyKind(Enum):
    """What was said."""

    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    DOCUMENTS = "documents"
    AUTHORS = "authors"
    CONTENTS = "contents"
    ASSENT = "assent"


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply, in lines; further lines of a list begin with "- "."""

    kind: ReplyKind
    lines: tuple[str, ...]


_SAID = {
    kind: re.compile(pattern, re.VERBOSE)
    for kind, pattern in {
        ReplyKind.GREETING: r"""(?:hi|hello|hey|hiya|howdy|good\ (?:morning|afternoon|evening|day)
            |hallo|moin|servus|guten\ (?:tag|morgen|abend)|bonjour|salut|hola)
            (?:\ (?:there|ibid|again|all|everyone|everybody))*""",
        ReplyKind.THANKS: r"""(?:ok(?:ay)?\ |great\ |perfect\ |many\ )*
            (?:thanks|thank\ you|thx|cheers|danke|merci|gracias)
            (?:\ (?:a\ lot|so\ much|very\ much|again|ibid|that\ helps|that\ helped))*
            |(?:good)?bye|bye\ bye|see\ you""",
        ReplyKind.ASSENT: r"""(?:(?:yes|yep|yeah|no|nope|ok|okay|sure|right|good|great|fine
            |please|ja|nein|oui|non|s[ií]|i\ see|got\ it|go\ on|continue|all\ right)\ ?)+""",
        ReplyKind.HELP: r"""help(?:\ me)?|(?:so\ )?what\ (?:can|do)\ you\ do(?:\ for\ me)?
            |what\ can\ (?:i|we)\ (?:ask|do)(?:\ (?:you|here))?|who\ are\ you|what\ are\ you
            |what\ is\ (?:this|ibid)|how\ (?:do\ you|does\ (?:this|it|ibid))\ work
            |how\ (?:do|can)\ i\ use\ (?:you|this|ibid)""",
        ReplyKind.DOCUMENTS: rf"""(?:how\ many|which|what)\ {_DOCUMENTS}
            (?:\ (?:are\ there|do\ you\ (?:have|know)|have\ you\ (?:got|read)
                |are\ (?:here|loaded|indexed)|can\ i\ ask))?
            (?:\ and\ (?:what|how)\ are\ they\ (?:called|named))?
            |what\ are\ (?:the|these|your)\ {_DOCUMENTS}(?:\ called)?
            |(?:list|show)(?:\ me)?(?:\ all)?(?:\ the|\ your|\ my)?\ {_DOCUMENTS}""",
        ReplyKind.AUTHORS: rf"""who\ (?:wrote|is\ the\ author\ of|are\ the\ authors\ of)
            \ (?:these|them|all\ of\ (?:these|them)|(?:the|these|your)\ {_PLURAL})
            |who\ are\ the\ authors""",
    }.items()
}
_CONTENTS = re.compile(
    rf"(?:what is|what's|whats|what stands) in (?:the )?(?:{_DOCUMENTS} )?(.+)|contents of (.+)"
)

_PAGES = ("p. ", "slide ")  # what is called so; a row or a value is none
_WRITER = re.compile(rf"who (?:wrote|is the author of) (?:the )?(?:{_DOCUMENTS} )?(.+)")


def reply_to(
    said: str,
    documents: Sequence[Document],
    passages: Callable[[Document], Sequence[Passage]] = lambda _: (),
) -> Reply | None:
    """The reply to what is no question of the documents' contents; None for any other.

    `passages` gives those of a document, whose headings say what is in it.
    """
    plain = " ".join(said.casefold().replace("’", "'").strip(" \t\n?!.…,;:)(").split())
    words = re.sub(r"[,!.]+(?=\s|\Z)", "", plain)
    kind = next((kind for kind, pattern in _SAID.items() if pattern.fullmatch(words)), None)
    if kind is not None:
        return Reply(kind, tuple(_LINES[kind](documents)))
    written = _WRITER.fullmatch(plain)
    signed = _named(written[1], documents) if written else ()
    if any(document.meta.get("author") for document in signed):
        return Reply(ReplyKind.AUTHORS, tuple(_authors(signed)))
    asked = _CONTENTS.fullmatch(plain)
    held = _named(asked[1] or asked[2], documents) if asked else ()
    if not held:
        return None
    lines = _contents(held[0], passages(held[0])) if len(held) == 1 else _documents(held)
    return Reply(ReplyKind.CONTENTS, tuple(lines))


def _named(name: str, documents: Sequence[Document]) -> Sequence[Document]:
    """The documents of the one file that has this name, with its suffix; none for several files."""
    name = name.strip("\"'“”‘’ ")
    files = [(d, PurePosixPath(d.source.partition("#")[0].casefold())) for d in documents]
    found = [(d, path) for d, path in files if name in (path.name, path.as_posix()) and path.suffix]
    return [d for d, _ in found] if len({path for _, path in found}) == 1 else ()


def _number(count: int, noun: str = "document") -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _greeting(documents: Sequence[Document]) -> Iterator[str]:
    yield f"Hello. Ask what {_number(len(documents))} can answer; “help” says how."


def _thanks(_: Sequence[Document]) -> Iterator[str]:
    yield "You are welcome."


def _assent(_: Sequence[Document]) -> Iterator[str]:
    yield "Ask a question, or one that goes on from the last: “Why?”, “And in 2024?”"


def _help(documents: Sequence[Document]) -> Iterator[str]:
    yield f"Ibid answers questions from {_number(len(documents))}, in their own words."
    yield "- Each sentence of an answer is a quotation, and its number leads to where it stands."
    yield "- Where no sentence answers, it says so. It writes nothing itself."
    yield "- A follow-up (“Why?”, “And in 2024?”) is completed from the conversation."
    yield "- “Which documents are there?” and “What is in report.pdf?” say what can be asked."


def _documents(documents: Sequence[Document]) -> Iterator[str]:
    yield f"{_number(len(documents))}:" if documents else "There is no document."
    yield from _listed([_titled(document) for document in documents])


def _authors(documents: Sequence[Document]) -> Iterator[str]:
    named = [d for d in documents if d.meta.get("author")]
    says = "These say who wrote them:" if len(documents) > 1 else "It says who wrote it:"
    yield says if named else "No document says who wrote it."
    yield from _listed([f"{d.meta['author']}: {_titled(d)}" for d in named])
    if named and len(named) < len(documents):
        others = len(documents) - len(named)
        yield f"{_number(others)} {'does' if others == 1 else 'do'} not say it."


def _contents(document: Document, passages: Sequence[Passage]) -> Iterator[str]:
    yield f"{_titled(document)}:"
    known = ("author", "publisher", "date")
    yield from (f"- {name}: {document.meta[name]}" for name in known if document.meta.get(name))
    pages = [page for page in document.pages if page.name.startswith(_PAGES)]
    if pages:
        yield f"- {_number(len(pages), 'page')}"
    headings = dict.fromkeys(p.headings[0] for p in passages if p.headings)
    yield from _listed([h for h in headings if h != document.title])
    yield f"Ask about it by its name: “In {PurePosixPath(document.source).name}, what …?”"


def _titled(document: Document) -> str:
    return f"{document.title} ({document.source})" if document.title else document.source


def _listed(names: Sequence[str]) -> Iterator[str]:
    yield from (f"- {name}" for name in names[:LISTED])
    if len(names) > LISTED:
        yield f"and {len(names) - LISTED:,} more"


_LINES: dict[ReplyKind, Callable[[Sequence[Document]], Iterator[str]]] = {
    ReplyKind.GREETING: _greeting,
    ReplyKind.THANKS: _thanks,
    ReplyKind.ASSENT: _assent,
    ReplyKind.HELP: _help,
    ReplyKind.DOCUMENTS: _documents,
    ReplyKind.AUTHORS: _authors,
}
