"""Stage 4: what is owed now. A projection: it can be thrown away and made again from the record."""
