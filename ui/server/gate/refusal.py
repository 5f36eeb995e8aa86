"""What is answered instead of the page."""

from __future__ import annotations

from starlette.responses import JSONResponse, PlainTextResponse, Response

TOO_LARGE, TOO_SLOW, TOO_MANY = 413, 408, 429


class Refusal(Exception):
    """A request is refused; `words` are one line that says why and what to do."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words

    def response(self, as_json: bool = False) -> Response:
        """What is sent. The rest of a body is read and thrown away for a while: with the
        connection closed at once the other end would hear nothing.
        """
        if as_json:  # as Gradio's script reads it
            return JSONResponse({"error": self.words}, self.status)
        return PlainTextResponse(self.words, self.status)


class Gone(Exception):
    """The other end closed the connection before it had sent all."""
