"""What people type, made storable: one filter for every field, sheet and import."""

import unicodedata

BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
DROPPED = {code for code in range(0x20) if code not in (0x09, 0x0A)} | {0x7F} | BIDI | {*range(0xD800, 0xE000)}
TABLE = dict.fromkeys(DROPPED)


def clean(text: str) -> str:
    """Without control characters, lone surrogates and direction overrides; NFC; line ends as \\n; stripped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(TABLE)
    return unicodedata.normalize("NFC", text).strip()


def clean_line(text: str) -> str:
    """The same for one line: every run of white space is one space."""
    return " ".join(clean(text).split())


def ascii_digits(text: str) -> str:
    """Full-width digits and letters as their plain forms (phones, codes, numbers)."""
    return unicodedata.normalize("NFKC", text)


def masked_phone(phone: str) -> str:
    """138****1234: enough to recognise, not enough to ring."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****"
