"""How fast Lantern is on this machine: see README.md."""
