"""How fast this machine is now: a limit in seconds means the work that fits into them where the limit was set."""

from os import cpu_count, getloadavg
from time import process_time

QUIET = 0.040  # seconds of `spin()` where the limits were set
SPUN = 1_000_000


def spin() -> float:
    """The seconds of our own time that a fixed piece of Python takes now."""
    began, total = process_time(), 0
    for number in range(SPUN):
        total += number & 7
    return process_time() - began


def own(seconds: float) -> float:
    """A limit of our own processor time, longer where the processor is slower or shared with a sibling."""
    return seconds * max(1.0, spin() / QUIET)


def waited(seconds: float) -> float:
    """A limit of what somebody waits, longer also by how many others want the processors."""
    return own(seconds) * max(1.0, getloadavg()[0] / (cpu_count() or 1))
