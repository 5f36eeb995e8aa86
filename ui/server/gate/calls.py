"""What the page may send about an event: texts where it asks for texts, and nothing else.

Gradio takes any JSON and hands it to its components, some of which take an object for a file: one
on this machine or behind an address, which is then copied. So what a call may be is declared here,
from the page itself, and nothing that was not checked is passed on: what Gradio reads is written
anew from what was found.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union

import gradio as gr
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    create_model as declared,
)

from ui.server import limits
from ui.server.gate.refusal import Refusal

PATH = "/gradio_api/run/predict"
NOT_OF_THE_PAGE = "This is not what the page sends; reload it and try again."
_WORD = 64  # characters of a name

Text = Annotated[str, StringConstraints(max_length=limits.TEXT_CHARS)]
Whole = Annotated[int, Field(ge=0, lt=2**53)]  # as a browser counts
Name = Annotated[str, StringConstraints(max_length=_WORD)]
SessionHash = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Facts = Annotated[dict[Name, bool | Whole | Text], Field(max_length=limits.FACTS)]

_KINDS: dict[type, Any] = {gr.Textbox: Text, gr.Number: Whole}


class _Call(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, validate_default=True)

    session_hash: SessionHash | None = Field(default=None, exclude=True)  # so none is kept
    trigger_id: Whole | None = None
    event_data: Annotated[Facts | None, AfterValidator(lambda facts: facts or {})] = None


class Calls:
    """The calls that a page can make."""

    def __init__(self, blocks: gr.Blocks) -> None:
        """Raises TypeError for a page that takes what is not declared here."""
        calls = [_declared(number, function.inputs) for number, function in blocks.fns.items()]
        union: Any = Union[tuple(calls)]  # noqa: UP007
        kinds: Any = Annotated[union, Field(discriminator="fn_index")]
        self._adapter: TypeAdapter[BaseModel] = TypeAdapter(kinds)

    def checked(self, body: bytes) -> bytes:
        """A call written anew, in UTF-8; raises Refusal (422) for what is none."""
        try:
            return self._adapter.validate_json(body).model_dump_json().encode()
        except (ValidationError, ValueError, RecursionError):
            raise Refusal(422, NOT_OF_THE_PAGE) from None


def _declared(number: int, inputs: Any) -> type[BaseModel]:
    unknown = [type(component).__name__ for component in inputs if type(component) not in _KINDS]
    if unknown:
        raise TypeError(f"nothing is declared for {', '.join(unknown)}; add it to _KINDS")
    kinds = tuple(_KINDS[type(component)] for component in inputs)
    fields: dict[str, Any] = {
        "fn_index": (Literal[number], ...),
        "data": (tuple[kinds] if kinds else tuple[()], ...),  # type: ignore[valid-type]
    }
    return declared(f"Call{number}", __base__=_Call, **fields)
