"""The rules: a pure function of packs, log and instants. No framework, no database, no clock, no network."""
