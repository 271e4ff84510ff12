"""How a duty ends

By the first of three: what meets it, what sets it aside, what takes its reason away. When two happen at once, being met
comes first.
"""
