"""What is measured: a page asked for again and again, and a claim with its way back."""

import re
import statistics
from collections.abc import Iterator
from html import unescape

from .server import Server
from .visitor import Answer, Visitor

EACH = 40


class Page:
    """One page of one server, asked for by one visitor."""

    def __init__(self, name: str, server: Server, visitor: Visitor, path: str, *, status: int = 200, **headers: str):
        self.name, self.server, self.visitor, self.path = name, server, visitor, path
        self.status, self.headers = status, headers
        self.cpu: list[float] = []
        self.answers: list[Answer] = []

    def round(self) -> None:
        """Ask for it a number of times and note what the server used for each."""
        before = self.server.cpu()
        for _number in range(EACH):
            self.keep(self.visitor.ask("GET", self.path, **self.headers))
        self.cpu.append((self.server.cpu() - before) / EACH * 1000)

    def keep(self, answer: Answer) -> None:
        """Note an answer; anything but what is expected ends the benchmark."""
        if answer.status != self.status:
            raise RuntimeError(f"{self.name} answered {answer.status}: {answer.body[:200]}")
        self.answers.append(answer)

    @property
    def ms(self) -> float:
        """CPU ms a request: the median of the rounds."""
        return statistics.median(self.cpu)

    @property
    def waits(self) -> tuple[float, float]:
        """p50 and p95 of the answer times in ms."""
        times = sorted(answer.ms for answer in self.answers)
        return times[len(times) // 2], times[int(len(times) * 0.95)]

    @property
    def size(self) -> int:
        """Bytes of the last answer."""
        return len(self.answers[-1].body.encode())

    @property
    def statements(self) -> int:
        """The most statements that any answer took."""
        return max(answer.statements for answer in self.answers)


class Claim(Page):
    """One tap on the list, as htmx sends it, and leaving again, which is not measured."""

    def round(self) -> None:
        used = 0.0
        for _number in range(EACH // 4):
            fields, page = self.visitor.form(self.path)
            before = self.server.cpu()
            self.keep(self.visitor.ask("POST", button(page, "signups"), fields, **{"HX-Request": "true"}))
            used += self.server.cpu() - before
            fields, page = self.visitor.form("/me")
            self.visitor.ask("POST", button(page, "withdrawal"), fields, **{"HX-Request": "true"})
        self.cpu.append(used / (EACH // 4) * 1000)


def button(page: str, word: str) -> str:
    """The address of the last button of a page that does this (the latest shift is the volunteer's own doing)."""
    found = re.findall(rf'formaction="(/\w+/\d+/{word}[^"]*)"', page)
    if not found:
        raise RuntimeError(f"no button for {word}")
    return unescape(found[-1])


def in_turn(pages: list[Page], rounds: int) -> Iterator[int]:
    """Measure them alternately, so that a busy moment of the machine meets all of them."""
    for number in range(rounds):
        for page in pages:
            page.round()
        yield number
