"""Which sentences answer, and how sure that is; its weights lie beside it."""
