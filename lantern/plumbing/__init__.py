"""What every part leans on and no part of the domain: clock, ids, errors, logs, database server."""
