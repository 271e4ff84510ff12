"""`lantern bench`: run the benchmarks of the checkout, which are not part of the package."""

import subprocess
import sys
from pathlib import Path

import click

from lantern.plumbing.errors import Misconfigured

ROOT = Path(__file__).resolve().parents[2]


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Measure speed; `lantern bench --help` says what and how."""
    if not (ROOT / "bench" / "__main__.py").exists():
        raise Misconfigured("The benchmarks are in the checkout, and this lantern does not run from one.")
    raise SystemExit(subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=ROOT, check=False).returncode)
