"""`ibid chat --terminal`: a conversation line by line; a number shows a quotation in its place."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from index import QuestionError
from ui import show, terminal
from ui.commands.options import KINDS, kind_named

if TYPE_CHECKING:
    from rag import Answer, Engine, QuestionKind

PROMPT = "\nyour question> "
COMMANDS = """\
Ask a question. It is completed from the conversation where it leans on it.
  3         quotation 3 of the last answer, with the words around it
  :alone …  ask as it stands, whatever was said before
  :as KIND  the last question again, as one for a fact, list, count, overview,
            comparison or viewpoints
  :new      forget the conversation
  :help     this
  :quit     end (so does Ctrl-D)"""


def converse(engine: Engine, listing: str = "") -> None:
    """Ask and answer until the input ends; `listing` is as in `show.to_text`."""
    with suppress(ImportError):  # Windows has none
        import readline  # noqa: F401 - gives `input` line editing and the lines asked before

    terminal.tell("type a question, :help, or Ctrl-D to end")
    history: list[Answer] = []
    while (line := _line()) is not None:
        command, _, rest = line.partition(" ")
        if command == ":quit":
            return
        if command == ":new":
            history.clear()
            terminal.tell("a new conversation")
        elif command == ":help":
            terminal.result(COMMANDS)
        elif command == ":as":
            _ask_again(engine, history, rest, listing)
        elif line.isdecimal():
            _expand(history, int(line))
        elif command.startswith(":") and command != ":alone":
            terminal.tell(f"there is no {command}; :help says what there is")
        elif line:
            alone = command == ":alone"
            _ask(engine, history, rest if alone else line, alone, listing)


def _line() -> str | None:
    """What was typed; "" after Ctrl-C, None at the end."""
    try:
        return input(PROMPT).strip()
    except KeyboardInterrupt:
        return ""
    except EOFError:
        return None


def _ask_again(engine: Engine, history: list[Answer], kind: str, listing: str) -> None:
    """The last question again, read as one of a kind; its answer takes the last one's place."""
    if kind not in KINDS:
        terminal.tell(f"choose one of: {', '.join(KINDS)}")
    elif not history:
        terminal.tell("nothing was asked yet")
    else:
        question = history.pop().question
        _ask(engine, history, question, False, listing, kind_named(kind))


def _ask(
    engine: Engine,
    history: list[Answer],
    question: str,
    alone: bool,
    listing: str,
    kind: QuestionKind | None = None,
) -> None:
    try:
        answer = engine.ask(question, history=() if alone else history, kind=kind)
    except QuestionError as error:
        terminal.tell(str(error))
    except KeyboardInterrupt:
        terminal.tell("stopped")
    else:
        history.append(answer)
        terminal.answer(answer, as_json=False, listing=listing, switch=":as fact")


def _expand(history: list[Answer], number: int) -> None:
    last = history[-1] if history else None
    cited = (*last.citations, *last.closest) if last is not None else ()
    chosen = [c for c in cited if c.number == number]
    if last is None or not chosen:
        terminal.tell(f"the last answer has no quotation {number}")
        return
    terminal.result(show.in_place(last, chosen[0], width=terminal.width()))
