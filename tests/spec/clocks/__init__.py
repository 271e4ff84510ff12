"""Clocks

Hours and minutes are elapsed time. Days, weeks and months end with the London day; working days leave out the day of
the start, weekends and the bank holidays of England and Wales. Every limit is closed.
"""
