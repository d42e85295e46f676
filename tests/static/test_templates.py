"""What no template may hold, and what the shared parts say."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import UndefinedError

from tests.static import samples

TEMPLATES = sorted((samples.ROOT / "templates").rglob("*.html"))
FORBIDDEN = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style",
    "a handler": r"\son[a-z]+\s*=",
    "an htmx handler": r"hx-on",
    "a script address": r"javascript:",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "an address elsewhere": r"""(?:src|href|action|hx-[a-z]+)\s*=\s*["']?\s*(?:[a-z]+:)?//""",
    "an import from elsewhere": r"https?://",
}

ELEVEN = "Side 8 Side 9 Side 10 Side 11 Side 12"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str, path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.search(FORBIDDEN[what], text, re.IGNORECASE) is None


def said(template: str, **context: object) -> str:
    return samples.environment().from_string(template).render(context)


def test_words() -> None:
    words = '{% from "parts/words.html" import day, party, chip, handover_state, number, from_to %}'
    assert said(words + "{{ day(d) }}", d=date(2026, 11, 2)) == '<time datetime="2026-11-02">02.11.2026</time>'
    assert said(words + "{{ day(none) }}") == "–"
    assert "Børn &amp; Familie" not in said(words + "{{ party('uu') }}")
    assert re.sub(r"<[^>]+>", "", said(words + "{{ party('child_social') }}")) == "Børn &amp; Familie"
    assert ">Skole</span>" in said(words + "{{ from_to('school', 'uu') }}")
    assert said(words + "{{ chip('ok', '<b>') }}") == '<span class="chip chip-ok">&lt;b&gt;</span>'
    assert said(words + "{{ number(18204) }}") == "18.204"
    states = ["planned", "sent", "seen", "taken-over", "returned", "withdrawn"]
    text = said(words + "{% for s in states %}{{ handover_state(s) }},{% endfor %}", states=states)
    assert re.sub(r"<[^>]+>|\s*\n\s*", "", text) == "Planlagt,Sendt,Set,Overtaget,Returneret,Trukket tilbage,"


@pytest.mark.parametrize("call", ["party('jobcenter')", "chip('red', 'x')", "handover_state('overdue')"])
def test_a_code_without_a_word_is_an_error(call: str) -> None:
    with pytest.raises(UndefinedError):
        said('{% from "parts/words.html" import party, chip, handover_state %}{{ ' + call + " }}")


def test_a_field_points_to_its_hint_and_its_error() -> None:
    forms = '{% from "parts/forms.html" import text_field %}'
    html = said(forms + "{{ text_field('what', 'Hvad', '\"><script>', 'Skriv noget', 'Kort') }}")
    assert 'id="what" name="what"' in html
    assert 'aria-describedby="what-hint what-error" aria-invalid="true"' in html
    assert "<script>" not in html
    assert "aria-" not in said(forms + "{{ text_field('what', 'Hvad') }}")


@pytest.mark.parametrize(
    ("value", "fields"),
    [(None, ["", "", ""]), (date(2026, 11, 2), ["2", "11", "2026"]), (("x", "", "26"), ["x", "", "26"])],
)
def test_a_date_has_three_fields_and_keeps_what_was_written(value: object, fields: list[str]) -> None:
    html = said('{% from "parts/forms.html" import date_field %}{{ date_field("on", "Dato", v) }}', v=value)
    assert re.findall(r'name="(on_\w+)".*? value="(.*?)"', html) == list(
        zip(["on_day", "on_month", "on_year"], fields, strict=True)
    )


def test_a_textarea_keeps_the_first_empty_line() -> None:
    html = said('{% from "parts/forms.html" import textarea %}{{ textarea("n", "N", "\\nto") }}')
    assert ">\n\nto</textarea>" in html


def test_the_summary_lists_errors_in_order_and_is_silent_without_any() -> None:
    forms = '{% from "parts/forms.html" import error_summary %}{{ error_summary(errors) }}'
    assert said(forms, errors={}) == ""
    html = said(forms, errors={"b": "Først", "a": "Så"})
    assert "Der er 2 fejl" in html
    assert html.index('href="#b"') < html.index('href="#a"')


@pytest.mark.parametrize(
    ("current", "total", "text"),
    [
        (1, 0, ""),
        (1, 1, "Viser 1 af 1"),
        (1, 50, "Viser 1–50 af 50"),
        (3, 123, "Viser 101–123 af 123 Forrige side Side 1 Side 2 Side 3"),
        (10, 1001, "Viser 451–500 af 1.001 Forrige side Side 1 … " + ELEVEN + " … Side 21 Næste side"),
    ],
)
def test_pages(current: int, total: int, text: str) -> None:
    html = said(
        '{% from "parts/pagination.html" import pages %}{{ pages(c, t, link) }}',
        c=current,
        t=total,
        link=lambda n: f"?a=1&side={n}",
    )
    assert " ".join(re.sub(r"<[^>]+>", "", html).split()) == text
    assert "&side" not in html


def test_the_layout_names_the_page_and_marks_the_menu() -> None:
    html = samples.render("many")
    assert "<title>Prøveside – Ungeindsats</title>" in html
    assert '<a href="/arbejdsliste" aria-current="page">Min arbejdsliste</a>' in html
    assert html.count('name="csrf" value="token"') == 2
    assert "Opdateret til hændelse 18.204" in html


def test_without_sign_on_there_is_no_menu_and_no_search() -> None:
    html = samples.render("stranger")
    assert "<nav" not in html
    assert "csrf" not in html
    assert "Demodata" not in html


def test_a_misspelt_name_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        samples.environment().get_template("layout.html").render(page=SimpleNamespace(title="x"))
