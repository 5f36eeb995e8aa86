from .divide import ROW_CHARS as ROW_CHARS, layout as layout
from .headings import looks_like_heading as looks_like_heading
from .titles import find_title as find_title
