"""Stage 2: the append-only log, the only source of truth."""
