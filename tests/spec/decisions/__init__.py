"""Decisions

A protocol says who may decide. A decision by another role is kept and listed, and changes nothing, in this episode or
any other.
"""
