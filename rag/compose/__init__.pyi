from .composed import Composed as Composed, Composer as Composer, Material as Material
from .counted_rows import compose_number as compose_number
from .fact import compose_fact as compose_fact
from .listing import (
    compose_counted_list as compose_counted_list,
    compose_list as compose_list,
)
from .lists import WholeList as WholeList, whole_list as whole_list
from .mentions import compose_mentions as compose_mentions
from .sentences import cite_sentence as cite_sentence, places_of as places_of
from .summary import akin as akin, choose as choose, closest as closest, summarize as summarize
from .tables import RowTable as RowTable, tables_of as tables_of
from .wholes import Wholes as Wholes
