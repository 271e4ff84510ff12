"""A synthetic county: agencies, people, and children with past and present absences. Everybody in it is made up.

The same size and instant give the same county, apart from passwords and ids. It is built by the actions that people
use.
"""

from lantern.actions.build_county.build import build

__all__ = ["build"]
