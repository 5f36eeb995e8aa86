from .address import as_given as as_given, is_address as is_address
from .collection import Collection as Collection
from .places import index_at as index_at, is_index as is_index
from .rows import RowPacker as RowPacker
