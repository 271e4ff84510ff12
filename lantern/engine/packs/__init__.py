"""Reading packs: strict YAML with positions, every problem gathered, then rules ready to apply."""
