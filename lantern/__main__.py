"""`lantern` and `python -m lantern`."""

from lantern.commands.cli import cli


def main() -> None:
    """Run the command line."""
    cli(prog_name="lantern")


if __name__ == "__main__":
    main()
