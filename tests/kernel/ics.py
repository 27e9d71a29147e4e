"""Calendar files for tests, good and bad."""

HEAD, TAIL = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\n", "END:VCALENDAR\r\n"
WHEN = "DTSTART;TZID=Asia/Shanghai:20261201T090000\r\nDTEND;TZID=Asia/Shanghai:20261201T103000\r\n"
OUTLOOK = (
    "BEGIN:VTIMEZONE\r\nTZID:北京\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0800\r\n"
    "TZOFFSETTO:+0800\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


def event(uid="one", *lines, when=WHEN, summary="健步走"):
    """One VEVENT with some more lines."""
    more = "".join(f"{line}\r\n" for line in lines)
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\n{when}SUMMARY:{summary}\r\n{more}END:VEVENT\r\n"


def ics(*parts):
    """A calendar of these parts as bytes."""
    return (HEAD + "".join(parts) + TAIL).encode()


def at(day, first, last):
    """The lines of a time in Beijing: `at(date, 9, 11)`."""
    zone = ";TZID=Asia/Shanghai"
    return f"DTSTART{zone}:{day:%Y%m%d}T{first:02}0000\r\nDTEND{zone}:{day:%Y%m%d}T{last:02}0000\r\n"
