"""Gunicorn's master reads this as its configuration: its workers are forked with the whole site in memory."""

import gc

import wsgi  # noqa: F401  importing it has no effect but the time it takes, which is most of a worker's start

gc.freeze()  # nobody looks through what all workers share
