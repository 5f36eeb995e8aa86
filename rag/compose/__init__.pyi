from .other_source import with_other_source as with_other_source
from .summary import choose as choose, closest as closest, leans as leans, summarize as summarize
