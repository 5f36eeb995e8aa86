"""Calls of pdfium's C functions."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import CFUNCTYPE, c_void_p, cast, create_string_buffer
from typing import Any


def plain(function: Any, gives: Any, *takes: Any) -> Any:
    """A C function with addresses as numbers: as declared it makes an object of each."""
    address = cast(function, c_void_p).value
    assert address is not None
    return CFUNCTYPE(gives, *takes)(address)


def text_of(function: Callable[..., int], *given: Any, most: int | None = None) -> str:
    """What a function of pdfium writes as UTF-16; "" where that is over `most` bytes."""
    size = function(*given, None, 0)
    if size <= 2 or (most is not None and size >= most):
        return ""
    buffer = create_string_buffer(size)
    kind = function.argtypes[len(given)]  # type: ignore[attr-defined]
    function(*given, cast(buffer, kind), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
