"""The spine: one file for each thing that can happen, each a recipe that calls the stages in order.

Every action takes keywords only, always `by=` (who acts, a `record.actor.Actor`) and `at=` (the instant, aware, UTC).
"""
