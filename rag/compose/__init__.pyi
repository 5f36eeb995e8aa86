from .lists import WholeList as WholeList, whole_list as whole_list
from .other_source import with_other_source as with_other_source
from .summary import choose as choose, closest as closest, summarize as summarize
from .wholes import Wholes as Wholes
