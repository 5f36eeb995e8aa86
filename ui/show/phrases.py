"""What is said of an answer and its quotations, in the same words in every format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from index import Span
from rag.kinds import VIEWS, Counted, PairKind, QuestionKind
from ui.show.plain import count, one_line, visible

if TYPE_CHECKING:
    from index import Document
    from rag.answers import Answer
    from rag.citations import Citation
    from rag.kinds import Tally

PERHAPS = "Perhaps. This comes nearest to an answer, and may be none:"
CLOSEST = "Closest passages, not an answer:"
ASKED_AS = "Asked as:"
ASKED_OF = "Asked of:"
NOT_IN = "Not answered in"
ALSO_IN = "also in:"
READ_AS = "Read as:"
NOTHING_HERE = "Nothing was found here."
NOTHING_CLEAR = "Nothing was found that clearly says so."
NEW = "new"  # of a quotation in a brief
NO_PAIRS = "No two of these clearly agree or differ."
SHOWN = 3  # of the other sources
MEMBERS = 10  # of a list; the others can be opened


class QuotedLine(NamedTuple):
    """A line of a quotation, in pieces: plain words and emphasised ones by turns.

    `mark` is what stands before a member of a list; "" before other lines.
    """

    mark: str
    pieces: list[str]


def lines_of(citation: Citation) -> list[QuotedLine]:
    """The quotation: on one line or, of a list, what leads to it and each member on its own."""
    if not citation.members:
        return [QuotedLine("", _pieces(citation, citation.start, citation.end))]
    first = citation.members[0].start
    leads = [Span(citation.start, p.end) for p in citation.parts if p.end <= first][-1:]
    return [
        *(QuotedLine("", _pieces(citation, *lead)) for lead in leads),
        *(QuotedLine(_mark(citation.document, m), _pieces(citation, *m)) for m in citation.members),
    ]


def _mark(document: Document, member: Span) -> str:
    """What stands before a member on its line: "2." or "(b)", else a dash."""
    line = document.text.rfind("\n", 0, member.start) + 1
    mark = document.text[line : member.start].strip() if member.start - line < 20 else ""
    return visible(mark) if re.fullmatch(r"\(?\w{1,4}[.)]", mark) else "-"


def _pieces(citation: Citation, start: int, end: int) -> list[str]:
    quote = citation.document.text[start:end]
    line = " ".join(quote.split())
    inner = [span for span in citation.emphasis if start <= span.start and span.end <= end]
    edges = [edge - start for span in inner for edge in span]
    # a letter put at the edge keeps the space before it
    ats = [min(len(" ".join(f"{quote[:e]}x".split())) - 1, len(line)) for e in edges]
    return [visible(line[a:b]) for a, b in pairwise([0, *ats, len(line)])]


def members_left(citation: Citation) -> int:
    """How many members of a list are not shown before somebody asks for them."""
    return max(0, len(citation.members) - MEMBERS)


def trail_of(citation: Citation) -> list[str]:
    """Title and heading path; a heading that repeats the title is left out."""
    title = one_line(citation.document.title)
    return [title, *(h for h in map(one_line, citation.headings) if h != title)]


def context_of(citation: Citation) -> str:
    return one_line(citation.document.cut(citation.context)) if citation.context else ""


def also_of(citation: Citation) -> tuple[list[str], str]:
    """The first of the other sources that say the same, and how many more there are."""
    shown, rest = citation.also[:SHOWN], len(citation.also[SHOWN:])
    return [visible(source) for source in shown], f" and {rest:,} more" if rest else ""


def older_of(citation: Citation) -> str:
    """That another quotation is of a newer edition, where one is."""
    older = citation.older
    return f"older: {older.own}; {visible(older.source)} is of {older.newer}" if older else ""


def noted_of(citation: Citation) -> str:
    """What is noted of a quotation: what it says, that it is new, that another one is newer."""
    says = citation.stance.value if citation.stance else ""
    new = NEW if citation.is_new else ""
    return "; ".join(filter(None, (says, new, older_of(citation))))


def asked_as_of(answer: Answer) -> str:
    return f"{ASKED_AS} {one_line(answer.asked_as)}" if answer.asked_as else ""


def named_of(answer: Answer) -> str:
    """Which documents alone were asked, or first and in vain, since the question names them."""
    if not (answer.asked_of or answer.not_in):
        return ""
    names = [one_line(name) for name in answer.asked_of or answer.not_in]
    rest = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    named = f"{', '.join(names[:SHOWN])}{rest}"
    return f"{ASKED_OF} {named}" if answer.asked_of else f"{NOT_IN} {named}; all were asked."


def related_to_of(answer: Answer) -> str:
    """To which quotation its statements are related; "" where it is no matter of that."""
    return one_line(answer.question) if answer.kind is QuestionKind.RELATED else ""


def read_as_of(answer: Answer) -> str:
    """As what kind of question it was read; "" for a fact, which most are, and for a view."""
    kind = answer.kind
    is_view = not kind.is_asked or answer.question.partition(": ")[0] == VIEWS.get(kind)
    return "" if is_view or kind is QuestionKind.FACT else f"{READ_AS} {kind.value}"


def tally_of(answer: Answer) -> str:
    """How many were found, and whether that is all; "" for what is no list and no count."""
    tally = answer.tally
    if tally is None:
        return ""
    if tally.of is Counted.STATEMENTS:
        return f"The strongest {len(answer.citations):,} of {count(tally.number, 'statement')}."
    within = tally.of in (Counted.ITEMS, Counted.PARAGRAPHS)
    shown = sum(len(c.members) if within else 1 for c in answer.citations)
    first = "" if tally.of in (Counted.DATED, Counted.NAMES) else "the first "
    shown = len(answer.groups) if tally.of is Counted.NAMES else shown
    rest = f"; {first}{shown:,} are shown" if shown < tally.number else ""
    return f"{_found(tally, answer.complete)}{rest}."


def _found(tally: Tally, complete: bool) -> str:
    one = tally.number == 1
    what = count(tally.number, tally.of.value[:-1])
    what += f" of “{one_line(tally.label)}”" if tally.label else ""
    if tally.source:
        what += f" {'in' if tally.label else 'of'} {one_line(tally.source)}"
    said = [" or ".join(f"“{one_line(w)}”" for w in own) for own in tally.words]
    met = [f"“{one_line(asked)}” by “{one_line(by)}”" for by, asked in tally.conditions]
    by_sentence = tally.of is Counted.DOCUMENTS
    ends = "s" if by_sentence or (one and not tally.label) else ""
    verbs = ((f"hold{ends}", said), (f"match{ends and 'es'}", met))
    clauses = [f"{verb} {' and '.join(own)}" for verb, own in verbs if own]
    if clauses:
        whose = "with a sentence that" if by_sentence else "that"
        what += f" {'in rows that' if tally.label else whose} {' and '.join(clauses)}"
    if complete:
        return f"The only {what.removeprefix('1 ')}" if one else f"All {what}"
    return f"Found {what}; there may be more"


def groups_of_answer(answer: Answer) -> list[tuple[str, list[Citation]]]:
    """The quotations under their labels, in shown order; all under "" where there are none."""
    numbered = {citation.number: citation for citation in answer.citations}
    groups = [(g.label, [numbered[n] for n in g.numbers]) for g in answer.groups]
    return [(one_line(label), own) for label, own in groups] or [("", list(answer.citations))]


def nothing_of(answer: Answer) -> str:
    """What is said under a label where nothing was found."""
    return NOTHING_CLEAR if answer.kind is QuestionKind.VIEWPOINTS else NOTHING_HERE


def pairs_of(answer: Answer) -> str:
    """Which quotations of a comparison agree, and which differ; "" for what is none."""
    if answer.kind is not QuestionKind.COMPARISON:
        return ""
    found = [
        f"{word}: {', '.join(f'[{p.one}] and [{p.other}]' for p in own)}."
        for kind, word in ((PairKind.DIFFER, "They differ"), (PairKind.AGREE, "They agree"))
        if (own := [p for p in answer.pairs if p.kind is kind])
    ]
    apart = all(label in _called(own) for label, own in groups_of_answer(answer) if own)
    return " ".join(found) or (NO_PAIRS if apart else "")


def _called(citations: Sequence[Citation]) -> tuple[str, ...]:
    """What the one document is called that they are of; nothing where they are of several."""
    first, *others = {c.document.id: c.document for c in citations}.values()
    return () if others else (one_line(first.title), one_line(first.source))


def beside_of(answer: Answer, number: int) -> list[tuple[str, list[int]]]:
    """How a quotation stands to others, and to which: "differs from" [3]."""
    others = [(p.kind, sum(p.numbers) - number) for p in answer.pairs if number in p.numbers]
    kinds = dict.fromkeys(kind for kind, _ in others)
    return [(kind.value, [other for k, other in others if k is kind]) for kind in kinds]


def beside_line(answer: Answer, number: int) -> str:
    """The same as a line of text."""
    told = beside_of(answer, number)
    return "; ".join(f"{word} {', '.join(f'[{n}]' for n in own)}" for word, own in told)
