from .lists import WholeList as WholeList, whole_list as whole_list
from .other_source import with_other_source as with_other_source
from .pooling import pool_lists as pool_lists
from .summary import (
    Whole as Whole,
    choose as choose,
    closest as closest,
    summarize as summarize,
)
