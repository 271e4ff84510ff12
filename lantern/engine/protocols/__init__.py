"""Protocols held against each other and against many logs: coverage, comparison, conformity, simulation."""
