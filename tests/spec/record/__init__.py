"""What was known

Every event has the moment at which it happened and the one at which it was recorded. An answer is always given as of a
moment, and by what was known at a moment.
"""
