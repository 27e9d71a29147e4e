"""Two jobs processes at the same minute: each appointment is mailed once, and nobody sees an error."""

import json
import os
import subprocess
import sys
from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from kernel import clock
from kernel.db import db
from kernel.work import work
from tests.support.mailbox import serving
from tests.support.server import ROOT
from volunteers.calendar_mail import CalendarMail
from volunteers.pattern import Pattern
from volunteers.shift import Shift

SHIFTS = 12
SWEEP = """
import json, os, sys
from wsgi import create_app
from volunteers.inviting import send_invitations

app = create_app(json.loads(os.environ["SETTINGS"]))
with app.app_context():
    print("ready", flush=True)
    sys.stdin.readline()
    send_invitations()
"""


@pytest.fixture
def due(world):
    """Twelve shifts for which three people have signed up who want them in their calendars."""
    first = clock.today() + timedelta(days=1)
    last = first + timedelta(days=SHIFTS - 1)
    with work():
        shifts = Shift.plan(
            world.duty, Pattern(frozenset(range(7)), time(5), time(5, 30), first, last), 5, by=world.lin
        )
        for name in ("wu", "zhou", "zhao"):
            person = getattr(world, name)
            person.be_told(person.told_by, f"{name}@example.com", calendar_mail=True)
            for shift in shifts:
                shift.sign_up(person, by=person)


def start(settings):
    """A process that waits for the word."""
    environment = os.environ | {"SETTINGS": json.dumps(settings)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen([sys.executable, "-c", SWEEP], cwd=ROOT, env=environment, **pipes)
    assert process.stdout.readline() == "ready\n", process.stderr.read()
    return process


def test_two_processes_mail_each_appointment_once(due, settings):
    with serving() as (mailbox, address):
        told = settings | {"MAIL_SERVER": address, "MAIL_FROM": "calendar@hehuo.example"}
        processes = [start(told), start(told)]
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        ends = [process.communicate(timeout=60) for process in processes]
        assert [process.returncode for process in processes] == [0, 0], ends
        assert not any("queue away" in errors or "not sent" in errors for _out, errors in ends), ends
    ids = [str(letter["Message-ID"]) for letter in mailbox.letters]
    assert len(ids) == len(set(ids)) == 3 * SHIFTS
    db.session.rollback()
    assert db.session.scalar(select(func.count()).where(CalendarMail.sequence == 0)) == 3 * SHIFTS
