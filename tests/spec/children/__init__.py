"""Children and episodes

A log may hold several children, and each several episodes. Every duty belongs to one episode, or to the child alone.
"""
