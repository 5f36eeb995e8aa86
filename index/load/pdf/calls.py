"""Calls of pdfium's C functions."""

from __future__ import annotations

from ctypes import CFUNCTYPE, c_void_p, cast
from typing import Any


def plain(function: Any, gives: Any, *takes: Any) -> Any:
    """A C function with addresses as numbers: as declared it makes an object of each."""
    address = cast(function, c_void_p).value
    assert address is not None
    return CFUNCTYPE(gives, *takes)(address)
