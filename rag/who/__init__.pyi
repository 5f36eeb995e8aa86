from .asked import AskedNames as AskedNames, asked_names as asked_names
from .composer import compose_names as compose_names
from .joining import (
    EACH as EACH,
    MOST as MOST,
    CitedNames as CitedNames,
    WhoRequest as WhoRequest,
    who_is_who as who_is_who,
)
