"""House rules of what is not ours: pinned by hash, named with its licence, nothing beside it."""

import json
from hashlib import sha256

import pytest

from .source import ROOT


@pytest.mark.parametrize(
    ("manifest", "folder"),
    [("static/vendor/vendor.json", "static/vendor"), ("tests/support/vendor.json", "tests/support")],
)
def test_vendored_files_are_those_that_were_chosen(manifest, folder):
    listed = json.loads((ROOT / manifest).read_text())
    for entry in listed:
        data = (ROOT / folder / entry["file"]).read_bytes()
        assert sha256(data).hexdigest() == entry["sha256"], entry["file"]
        assert all(entry[name] for name in ("name", "version", "licence", "source"))
    foreign = {file.name for file in (ROOT / folder).iterdir() if file.suffix in {".js", ".css", ".svg", ".woff2"}}
    assert foreign == {entry["file"] for entry in listed}


def test_the_locks_name_no_address_and_pin_every_hash():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text, name
        assert "--index-url" not in text
        pins = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
        assert pins
        assert all(line.rstrip().endswith("\\") for line in pins), name


def test_what_the_site_runs_with_is_what_the_tests_ran_with():
    def pins(name):
        lines = (ROOT / name).read_text().splitlines()
        return {line.split(" ")[0] for line in lines if "==" in line and not line.lstrip().startswith("#")}

    assert pins("requirements.lock") <= pins("requirements-dev.lock")
