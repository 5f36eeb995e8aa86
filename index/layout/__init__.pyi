from .code import is_code as is_code, is_dump as is_dump
from .divide import ROW_CHARS as ROW_CHARS, layout as layout
from .furniture import is_entry as is_entry
from .headings import (
    is_number as is_number,
    is_total_label as is_total_label,
    looks_like_heading as looks_like_heading,
)
from .titles import find_title as find_title
