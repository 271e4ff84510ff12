"""Agencies, people, roles and the one door to a child."""
