"""How gunicorn runs the pages; `lantern serve` passes this file and the address."""

import gc

from lantern.engine.instants import bank_holidays
from lantern.plumbing.logs import configuration

wsgi_app = "lantern.wsgi:application"
worker_class = "gthread"
workers = 2
threads = 4
# loaded once and shared, so that a killed worker is replaced in milliseconds
preload_app = True
bank_holidays()
timeout = 60
graceful_timeout = 10
# the log of requests is ours (plumbing/requestlog.py): gunicorn's would print addresses
accesslog = None
logconfig_dict = configuration()
# nothing here needs to be steered from outside
control_socket_disable = True

# A page makes many objects and lets go of nearly all of them; the collector need not look after every 700.
OBJECTS_BEFORE_A_LOOK = 20_000


def when_ready(server: object) -> None:
    """Before the workers are made: what was loaded stays for ever, so the collector need never walk it again."""
    del server
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BEFORE_A_LOOK, 10, 10)
