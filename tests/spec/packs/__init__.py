"""Several packs

A local protocol stands on the national guidance. A child placed in another area is under two protocols at once.
"""
