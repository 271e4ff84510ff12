"""Stage 1: what arrived, byte for byte."""
