"""Deadlines in working days, as the waiting lines of 今天要办 need them."""

from datetime import timedelta

from sqlalchemy import Date, case, literal

from communities.working_day import working_days_after_each
from kernel import clock


def due_after(moment, count: int, days: int):
    """The working day that is `count` after the day on which a moment of the last `days` lies, as SQL."""
    past = [clock.today() - timedelta(days=number) for number in range(days + 1)]
    late = working_days_after_each(past, count)
    ends = ((moment >= clock.at(day), literal(late[day], Date)) for day in past)
    return case(*ends, else_=literal(late[past[-1]], Date))
