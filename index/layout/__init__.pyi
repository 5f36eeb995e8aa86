from .divide import layout as layout
from .headings import is_number as is_number, looks_like_heading as looks_like_heading
from .titles import find_title as find_title
