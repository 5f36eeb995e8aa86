"""What people see: the terminal, the chat page, and the texts both show."""

import index  # noqa: F401  # which keeps what is imported next from calling home
