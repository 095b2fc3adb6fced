"""The lock is whole and in step with pyproject.toml, and an audit that was none says so."""

import re
import runpy
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
#: What the container image is made with.
EXTRAS = ("cluster", "fast", "postgres")
verdict = runpy.run_path(str(ROOT / "scripts" / "audit.py"))["verdict"]


def locked(name):
    """Package -> its pins (version, marker), those alone that hold on this machine."""
    text = (ROOT / name).read_text().replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            requirement = Requirement(line.partition("--hash")[0].strip())
            if requirement.marker is None or requirement.marker.evaluate():
                [pin] = requirement.specifier
                assert pin.operator == "=="
                found[canonicalize_name(requirement.name)] = Version(pin.version)
    return found


def asked():
    project = PROJECT["project"]
    for extra in EXTRAS:
        yield from project["optional-dependencies"][extra]
    yield from project["dependencies"]


@pytest.mark.parametrize("text", sorted(asked()))
def test_every_requirement_is_locked_to_a_version_that_it_allows(text):
    requirement = Requirement(text)
    version = locked("requirements.lock")[canonicalize_name(requirement.name)]
    assert version in requirement.specifier, "run make lock"


def test_what_the_locked_packages_ask_for_is_locked_too():
    pins = locked("requirements.lock")
    checked = 0
    for name, version in pins.items():
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue
        if Version(installed.version) == version:
            checked += 1
            for text in installed.requires or ():
                need = Requirement(text)
                if need.marker is None or need.marker.evaluate({"extra": ""}):
                    assert pins[canonicalize_name(need.name)] in need.specifier, f"{name} asks for {text}"
    assert checked > 20


@pytest.mark.parametrize("name", ["requirements.lock", "deploy/build.lock"])
def test_every_pin_has_hashes_and_no_index_is_named(name):
    text = (ROOT / name).read_text()
    entries = [entry for entry in text.replace("\\\n", " ").splitlines() if not entry.startswith("#")]
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
    assert not re.search(r"https?:|--(extra-)?index-url|--find-links|--trusted-host| @ |file:", text)


def test_the_backend_of_the_image_is_the_project_s():
    [backend] = map(Requirement, PROJECT["build-system"]["requires"])
    assert locked("deploy/build.lock")[backend.name] in backend.specifier


def package(name, *faults, **more):
    return {"name": name, "version": "1.0", "vulns": [{"id": each, "fix_versions": ["2"]} for each in faults], **more}


@pytest.mark.parametrize(
    ("packages", "code", "line"),
    [
        (None, 3, "NOT AUDITED: no advisories"),
        ([], 3, "NOT AUDITED: no advisories"),
        ([{"name": "a", "skip_reason": "unknown"}], 3, "NOT AUDITED: no advisories"),
        ([package("a"), {"name": "b", "skip_reason": "unknown"}], 3, "NOT AUDITED: b (unknown)"),
        ([package("a"), package("b")], 0, "audited: 2 of 2 packages"),
        ([package("a"), package("b", "CVE-1")], 1, "VULNERABLE: b 1.0: CVE-1, mended in 2"),
        ([package("b", "CVE-1"), {"name": "a", "skip_reason": "unknown"}], 1, "VULNERABLE: b 1.0"),
    ],
)
def test_an_audit_that_was_none_does_not_read_as_passed(packages, code, line):
    found, lines = verdict(None if packages is None else {"dependencies": packages})
    assert found == code
    assert line in "\n".join(lines)
