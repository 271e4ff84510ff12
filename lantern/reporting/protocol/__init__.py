"""A protocol to read and sign: every duty in the order of a child's journey, with sources, readings and conflicts."""
