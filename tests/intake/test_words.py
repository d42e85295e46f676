import re
from importlib.resources import files

from domain.refused import REASONS
from intake.words import SENTENCES, sentence

CODES = re.compile(r'(?:CellFault|Refused)\(\s*"([a-z-]+)"')


def test_every_refusal_of_the_domain_has_a_sentence() -> None:
    assert set(SENTENCES) >= REASONS


def test_every_fault_that_the_reader_and_the_cells_name_has_a_sentence() -> None:
    sources = "".join(path.read_text("utf-8") for path in files("intake").iterdir() if path.name.endswith(".py"))
    named = set(CODES.findall(sources)) | set(re.findall(r'fault = "([a-z-]+)"|"(malformed|nul|undecodable)"', sources))
    codes = {code for found in named for code in ([found] if isinstance(found, str) else found) if code}
    assert len(codes) > 15
    assert codes <= set(SENTENCES)


def test_what_was_expected_is_said() -> None:
    assert sentence("unknown-word", "Ja, Nej").endswith("Ventet: Ja, Nej.")
    assert sentence("cpr-wrong", "CPR-nummeret skal have ti cifre.").startswith("CPR-nummeret skal have ti cifre. Ret")
