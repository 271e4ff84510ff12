"""Duties that come again

Exactly one instance is open at a time; those before it stay listed.
"""
