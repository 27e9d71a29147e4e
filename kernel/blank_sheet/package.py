"""The parts of a workbook: the first sheet that a person sees, its texts, and what no empty sheet needs."""

import posixpath
import re
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZipFile

from .scan import refuse
from .unfit import Unfit

UNPACKED = 30 * 1_000_000  # bytes
ENTRIES = 500
HOSTILE = {  # what a part is called: why it is not let in
    r"vbaproject|macrosheets|dialogsheets": "macro",
    r"externallinks|connections|querytables|/model/|webextensions|taskpanes": "external",
    r"embeddings|activex|ctrlprops|oleobject": "embedded",
    r"/tables/|pivot": "table",
}
WORKSHEET = "/worksheet"


@dataclass
class Package:
    """The parts by name, and the names that matter: the workbook, the first visible sheet and what it is called."""

    parts: dict[str, bytes]
    workbook: str
    sheet: str
    title: str

    @property
    def others(self) -> list[str]:
        """The other sheets."""
        return [name for name in self.parts if "/worksheets/" in name and name.endswith(".xml") and name != self.sheet]

    def strings(self) -> list[str]:
        """The shared texts."""
        part = next((name for name in self.parts if name.lower().endswith("sharedstrings.xml")), None)
        return texts(self.parts[part]) if part else []

    def written(self) -> bytes:
        """The workbook again."""
        data = BytesIO()
        with ZipFile(data, "w", ZIP_DEFLATED) as packed:
            for name, part in self.parts.items():
                packed.writestr(name, part)
        return data.getvalue()


def opened(data: bytes) -> Package:
    """Unpack it. Raises `Unfit` for what is no workbook, too large, or carries more than cells."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            entries = packed.infolist()
            if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
                raise Unfit("large")
            parts = {entry.filename: packed.read(entry) for entry in entries if not entry.is_dir()}
    except Unfit:
        raise
    except Exception:  # zipfile raises a dozen kinds for broken files
        raise Unfit("broken") from None
    for name in parts:
        for pattern, why in HOSTILE.items():
            if re.search(pattern, name.lower()):
                raise Unfit(why)
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise Unfit("macro")
    return located(parts)


def located(parts: dict[str, bytes]) -> Package:
    """Find the workbook and its first visible sheet by their relations, as every reader does."""
    main = related(parts, "", "officeDocument")
    sheets = elements(parts[main], "sheet") if main else []
    relations = {one["Id"]: one for one in elements(parts.get(rels_of(main or ""), b"<x/>"), "Relationship")}
    for sheet in sheets:
        relation = relations.get(next((value for key, value in sheet.items() if key.endswith(":id")), ""), {})
        target = resolve(main or "", relation.get("Target", ""))
        shown = sheet.get("state", "visible") == "visible" and relation.get("Type", "").endswith(WORKSHEET)
        if shown and target in parts:
            return Package(parts, main or "", target, sheet.get("name", ""))
    raise Unfit("broken")


def related(parts: dict[str, bytes], source: str, kind: str) -> str | None:
    """The part that a part names by this kind of relation."""
    for relation in elements(parts.get(rels_of(source), b"<x/>"), "Relationship"):
        if relation.get("Type", "").endswith(f"/{kind}") and resolve(source, relation["Target"]) in parts:
            return resolve(source, relation["Target"])
    return None


def rels_of(part: str) -> str:
    """Where the relations of a part are kept."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def resolve(source: str, target: str) -> str:
    """The name of a part as another part says it."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def elements(xml: bytes, wanted: str) -> list[dict[str, str]]:
    """The attributes of every element of this name."""
    found: list[dict[str, str]] = []

    def start(name, attributes):
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    parse(xml, StartElementHandler=start)
    return found


def texts(xml: bytes) -> list[str]:
    """The shared texts in their order; what tells how they are read aloud (rPh) is left out."""
    found: list[str] = []
    state = {"text": False, "aloud": False}

    def start(name, _attributes):
        local = name.rpartition(":")[2]
        if local == "si":
            found.append("")
        state["aloud"] = state["aloud"] or local == "rPh"
        state["text"] = local == "t" and not state["aloud"]

    def finish(name):
        state["text"] = False
        if name.rpartition(":")[2] == "rPh":
            state["aloud"] = False

    def characters(text):
        if state["text"]:
            found[-1] += text

    parse(xml, StartElementHandler=start, EndElementHandler=finish, CharacterDataHandler=characters)
    return found


def parse(xml: bytes, **handlers) -> None:
    """Run the parser over a part. Raises `Unfit`."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    for name, handler in handlers.items():
        setattr(parser, name, handler)
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise Unfit("broken") from None
