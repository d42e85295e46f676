"""The documents say what the program does; where one forgets something, a test is red."""

import re
import subprocess
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts

from api import app
from api.commands import main
from api.policy import policy_of
from api.words import PARTIES
from domain.catalogue import DECLARATIONS
from domain.codes import Matter, Party
from domain.rules import parse, shipped_rules
from eventlog.names import STORED
from intake.profiles import shipped_profiles
from tools import describe, describe_events

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def _text(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("events.md", describe.events),
        ("rules.md", describe.rules),
        ("profiler.md", describe.profiles),
        ("overlevering.md", describe.handovers),
    ],
)
def test_what_is_made_from_the_code_is_up_to_date(name: str, made: object) -> None:
    assert _text(name) == made(), "run: python tools/describe.py"


def test_every_kind_of_file_that_is_shipped_is_described() -> None:
    for profile in shipped_profiles():
        assert f"### `{profile.name}` – {profile.title}\n" in _text("profiler.md")


def test_every_event_and_every_stored_name_is_described() -> None:
    text = _text("events.md")
    for declaration in DECLARATIONS:
        assert f"`{declaration.code}` – {declaration.title}" in text
    for name in STORED:
        assert f"`{name}`" in text


def test_every_rule_is_described_with_its_source() -> None:
    text = _text("rules.md")
    for rule in parse(shipped_rules()).rules:
        assert f"{rule.name} version {rule.version}" in text
        assert rule.source in text


def test_every_setting_is_described() -> None:
    used = set(re.findall(r'"(DATABASE_URL|OVERGANG_[A-Z]+|PORT)"', (ROOT / "api/settings.py").read_text("utf-8")))
    assert used
    for name in used:
        assert f"`{name}`" in _text("drift/indstillinger.md")


def test_every_command_is_described() -> None:
    text = _text("drift/kommandoer.md")
    for name, command in main.commands.items():
        assert f"| `{name}` |" in text
        assert command.help, f"{name} says nothing of itself"


def test_the_glossary_has_a_word_for_every_party_and_matter() -> None:
    text = _text("glossary.md")
    for code in (*Party, *Matter):
        assert code.value in text or code.value.replace("_", " ") in text


def test_every_route_is_described_with_its_policy() -> None:
    text = _text("sider.md")
    for room in app.ROOMS:
        for route in iter_route_contexts(room.router.routes):
            shown = (route.path or "").replace("{case_number}", "{sagsnr}")
            line = next((line for line in text.splitlines() if line.startswith(f"| `{shown}` |")), "")
            assert line, f"{shown} is not in docs/sider.md"
            wanted = policy_of(route)
            assert wanted
            assert wanted.signed_in != ("| alle |" in line), shown
            if wanted.shows_people:
                assert "| ja |" in line, shown


def test_links_between_documents_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} points at {target}"


def test_links_within_a_document_lead_to_a_heading() -> None:
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        text = page.read_text("utf-8")
        headings = {describe_events.anchor(line.lstrip("# ")) for line in text.splitlines() if line.startswith("#")}
        for target in re.findall(r"\]\(#([^)]+)\)", text):
            assert target in headings, f"{page.name} points at #{target}"


def test_every_event_is_found_from_the_top_under_those_who_record_it() -> None:
    contents = _text("events.md").partition("## Who may see which class")[0]
    sections = dict(re.findall(r"(?s)\*\*([^*]+)\*\*\n\n(.*?)(?=\n\*\*|\Z)", contents))
    for declaration in DECLARATIONS:
        assert f"[{declaration.title}](#" in contents
        if declaration.party is not Party.MUNICIPALITY:
            assert f"[{declaration.title}](#" in sections[PARTIES[declaration.party]], declaration.code
    assert "Henvist til Milepælen" in sections["UU"]
    assert "Samtykke givet" in sections["Every party"]


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_holds_the_address_of_a_registry_or_a_path_of_a_machine() -> None:
    # Put together here, so that this file does not hold them either.
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com", "yarnpkg" + ".com"]
    paths = ["/home" + "/", "/root" + "/", "/Users" + "/", "/work" + "/main"]
    for file in _tracked():
        content = file.read_bytes().lower()
        for forbidden in (*hosts, *paths):
            assert forbidden.lower().encode() not in content, f"{file.relative_to(ROOT)} holds {forbidden}"


def test_requirements_are_pinned_with_hashes() -> None:
    for name in ("run.txt", "test.txt"):
        lines = (ROOT / "requirements" / name).read_text("utf-8").splitlines()
        pins = [line for line in lines if line and not line.startswith((" ", "#"))]
        assert len(pins) > 10
        assert all("==" in pin and pin.endswith("\\") for pin in pins)


def test_every_dependency_says_why_it_is_here() -> None:
    for name in ("run.in", "test.in"):
        for line in (ROOT / "requirements" / name).read_text("utf-8").splitlines():
            if line and not line.startswith(("#", "-r")):
                assert re.search(r"# \S+ \S+", line), line
