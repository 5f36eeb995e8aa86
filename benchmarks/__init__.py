"""What the figures in RESULTS.md are measured with."""

import index  # noqa: F401  # which keeps what is imported next from calling home
