from .code import is_code as is_code, is_dump as is_dump
from .divide import layout as layout
from .headings import looks_like_heading as looks_like_heading
from .titles import find_title as find_title
