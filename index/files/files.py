"""Files and the roots they are found in, and the bytes of one."""

from __future__ import annotations
