"""Duties

What makes a duty arise, and the states in which it can be.
"""
