from .composed import Composed as Composed, Composer as Composer, Material as Material
from .fact import compose_fact as compose_fact
from .listing import compose_list as compose_list
from .lists import WholeList as WholeList, whole_list as whole_list
from .newest import newest_first as newest_first, with_older_marked as with_older_marked
from .other_source import with_other_source as with_other_source
from .summary import akin as akin, choose as choose, closest as closest, summarize as summarize
from .wholes import Wholes as Wholes
