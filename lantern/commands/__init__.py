"""The doors for operators and for the clock: one file for each command."""
