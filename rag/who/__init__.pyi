from .joining import (
    EACH as EACH,
    MOST as MOST,
    CitedNames as CitedNames,
    WhoRequest as WhoRequest,
    who_is_who as who_is_who,
)
