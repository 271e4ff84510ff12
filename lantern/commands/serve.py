"""`lantern serve`: the web server."""

import os
import sys

import click

from lantern.commands.cli import django_setup


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port, or fd://N.")
def command(bind: str) -> None:
    """Run the web server; refuses to start on an unsafe database."""
    django_setup("web")
    from django.db import connections

    from lantern.plumbing.postgres import prepare

    prepare.check()
    connections.close_all()
    arguments = ["gunicorn", "--config", "python:lantern.plumbing.gunicorn_conf", "--bind", bind]
    os.execv(sys.executable, [sys.executable, "-m", *arguments])  # noqa: S606  no shell is wanted
