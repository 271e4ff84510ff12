"""The rule language, told by examples that run.

Each folder is a chapter, each file a section: their docstrings are the text, the names of the tests the captions.
`make docs` prints them as docs/generated/rule-language.md. Every example runs against the evaluator and the oracle.
"""

ORDER = ["duties", "conditions", "clocks", "endings", "repeats", "decisions", "record", "children", "packs"]
