"""The installed program holds every file and lives beside another package named `rules`.

Each built form is installed in a fresh environment, next to a made-up distribution whose top folder is `rules`. What we
depend on comes from the running environment, so nothing is downloaded.
"""

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

TOP = Path(__file__).parents[2]
ROOMS = ("rules", "store", "tui")
STATED = ("pyproject.toml", "README.md", "LICENSE")
BUILD_SDIST = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"
"""`pip wheel` builds no sdist; this is what pip would ask the backend for."""
BESIDE = """
import rules
import dutyboard.rules.decide, dutyboard.store, dutyboard.tui.cli
assert rules.THEIRS
print(rules.__file__, dutyboard.rules.__file__, sep="\\n")
"""


def ran(*words: str | Path, folder: Path) -> str:
    """Return what a command printed. Raise AssertionError with its messages if it fails."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "DUTYBOARD_LANG": "en", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, cwd=folder, env=env)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def pip(*words: str | Path, folder: Path) -> None:
    ran(sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words, folder=folder)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build both forms from a copy: a `build/` left in the checkout would put deleted modules into the wheel."""
    place = tmp_path_factory.mktemp("built")
    source = place / "source"
    for room in ("dutyboard", *ROOMS):
        shutil.copytree(TOP / room, source / room, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in STATED:
        shutil.copy(TOP / name, source)
    ran(sys.executable, "-c", BUILD_SDIST, place, folder=source)
    pip("wheel", "--no-deps", "--no-build-isolation", "-w", place, source, folder=place)
    return {"wheel": next(place.glob("*.whl")), "sdist": next(place.glob("*.tar.gz"))}


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """Return the source folder of a distribution named `rules`."""
    project = tmp_path / "other"
    (project / "rules").mkdir(parents=True)
    (project / "rules" / "__init__.py").write_text("THEIRS = True\n")
    (project / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
        '[project]\nname = "rules"\nversion = "1"\n[tool.setuptools]\npackages = ["rules"]\n'
    )
    return project


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """Return the interpreter of a fresh environment that finds our dependencies where the running one does."""
    place = tmp_path / "fresh"
    ran(sys.executable, "-m", "venv", "--without-pip", place, folder=tmp_path)
    site = next(place.glob("lib/python*/site-packages"))
    found = {str(distribution(name).locate_file("")) for name in ("textual", "tinydb", "setuptools")}
    (site / "dependencies.pth").write_text("\n".join(sorted(found)))
    return place / "bin" / "python"


def test_the_wheel_holds_every_file_of_the_rooms(built: dict[str, Path]) -> None:
    kept = {
        f"dutyboard/{file.relative_to(TOP)}"
        for room in ROOMS
        for file in (TOP / room).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert {"dutyboard/rules/law/notices/lianyuan-2021-07.toml", "dutyboard/tui/app.py"} <= kept
    held = {name for name in zipfile.ZipFile(built["wheel"]).namelist() if ".dist-info/" not in name}
    assert held == kept | {f"dutyboard/{file.name}" for file in (TOP / "dutyboard").glob("*.py")}


@pytest.mark.parametrize("form", ["wheel", "sdist"])
def test_it_works_next_to_another_package_named_rules(
    form: str, built: dict[str, Path], beside: Path, python: Path, tmp_path: Path
) -> None:
    # Both orders: whichever comes last would overwrite the other if they shared a folder.
    for project in (built[form], beside) if form == "wheel" else (beside, built[form]):
        how = ("--no-compile", "--no-deps", "--no-build-isolation")
        pip("--python", python, "install", *how, project, folder=tmp_path)
    theirs, ours = ran(python, "-c", BESIDE, folder=tmp_path).split()
    assert Path(theirs).parent.parent == Path(ours).parent.parent.parent, "not both from the fresh environment"

    program = python.with_name("dutyboard")
    assert "Usage" in ran(program, "--help", folder=tmp_path)
    ran(program, "init", tmp_path / "desk", "--sample", folder=tmp_path)
    board = json.loads(ran(program, "--data", tmp_path / "desk", "board", "--json", folder=tmp_path))
    assert board["notice"] == "lianyuan-2021-07" and board["obligations"]


def pins(file: str) -> dict[str, str]:
    """Return the versions that a file of requirements holds fast, by the name of the package."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", (TOP / file).read_text(encoding="utf-8"), re.MULTILINE)
    return {canonicalize_name(name): pinned for name, pinned in found}


def needed(extra: str) -> dict[str, SpecifierSet]:
    """Return what the program and this extra need here, and what that needs, each with the versions that may be."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"].get(extra, ())]
    waiting = [(Requirement(line), frozenset[str]()) for line in lines]
    found: dict[str, SpecifierSet] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        each, extras = waiting.pop()
        if each.marker is not None and not any(each.marker.evaluate({"extra": one}) for one in extras or {""}):
            continue
        key, asked = canonicalize_name(each.name), frozenset(each.extras)
        found[key] = found.get(key, SpecifierSet()) & each.specifier
        if (key, asked) not in seen:
            seen.add((key, asked))
            waiting += [(Requirement(line), asked) for line in distribution(key).requires or ()]
    return found


@pytest.mark.parametrize(
    ("lock", "extra"),
    [("requirements.lock", "")] + [(f"requirements-{extra}.lock", extra) for extra in ("serve", "paper", "postgres")],
)
def test_a_lock_names_every_dependency_in_the_one_version_with_its_hashes(lock: str, extra: str) -> None:
    text = (TOP / lock).read_text(encoding="utf-8")
    locked, there = pins(lock), needed(extra)
    assert "tinydb" in there and ("aiohttp" in there) == (extra == "serve")
    assert ("docxtpl" in there) == (extra == "paper") and ("psycopg-binary" in there) == (extra == "postgres")
    assert locked.keys() == there.keys()
    assert {name for name, allowed in there.items() if not allowed.contains(locked[name])} == set()
    constrained = pins("constraints.txt")
    assert locked == {name: constrained[name] for name in locked}
    parts = re.split(r"^(?=[A-Za-z])", text, flags=re.MULTILINE)[1:]
    assert len(parts) == len(locked)
    assert [part for part in parts if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", part)] == []
    assert re.search(r"://|index|find-links", text) is None, "it says nothing of where the files come from"


def test_an_audit_passes_over_nothing_in_silence() -> None:
    verdict = runpy.run_path(str(TOP / ".ci" / "audit.py"))["verdict"]
    sound = {"name": "a", "version": "1", "vulns": []}
    flawed = {"name": "b", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["2.1"]}]}
    unasked = {"name": "c", "skip_reason": "not found"}
    assert verdict({"dependencies": [sound]}) == (0, ["audit: asked about 1, 0 known weaknesses"])
    code, lines = verdict({"dependencies": [sound, flawed, unasked]})
    assert code == 1
    assert lines[:2] == ["audit: b 2: CVE-1, mended in 2.1", "audit: COULD NOT ASK about 1 of 3: c"]
    code, lines = verdict({"dependencies": [unasked]})
    assert (code, "nothing was asked" in lines[-1]) == (0, True)


def test_the_change_log_begins_with_the_version_that_is_built() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    headings = re.findall(r"^## (.*)$", (TOP / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0].split()[0] == project["version"]
