"""Conditions

A condition is answered with yes, no or cannot tell. What nobody has recorded is never taken for a no: the answer is
cannot tell, with the fact that is lacking, unless the protocol itself says what an unrecorded fact counts as.
"""
