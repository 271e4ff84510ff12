"""Ways to reach a person: one folder each, with `send.py` and a README. To add one, copy the nearest."""
