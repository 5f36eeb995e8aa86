"""How the reader that ships was made."""

import index  # noqa: F401  # which keeps what is imported next from calling home
