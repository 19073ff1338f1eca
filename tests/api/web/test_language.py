"""Languages of the pages: negotiation, translations and numbers."""

import re
from pathlib import Path

import pytest

from api.web.pages.language import ENGLISH, SPANISH, PageLanguage, negotiate_language

TEMPLATES = Path(__file__).parents[3] / "api/web/pages/templates"


def test_language_follows_accept_language_weights() -> None:
    for header in ("es", "en;q=0.2, es;q=0.7", "fr, es-AR, en;q=0.9", "es, en"):
        assert negotiate_language(header) == SPANISH, header
    for header in ("", "fr", "en, es", "es;q=x, en"):
        assert negotiate_language(header) == ENGLISH, header


def test_every_phrase_has_spanish_translation() -> None:
    used = {
        phrase
        for template in TEMPLATES.glob("*.html")
        for text in [template.read_text("utf-8")]
        for _, phrase in re.findall(r"""translate\((["'])(.+?)\1""", text)
        + re.findall(r"""translate_count\([^"]+(")(.+?)\1""", text)
        + re.findall(r"""translate_count\([^"]+".+?", (")(.+?)\1""", text)
    }
    assert {"Search", "{count} film", "{count} films"} <= used
    assert used <= SPANISH.phrases.keys()
    for english, spanish in SPANISH.phrases.items():
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", spanish)), english


def test_numbers_follow_language() -> None:
    assert (ENGLISH.number(1234.5, 1), SPANISH.number(1234.5, 1)) == ("1,234.5", "1.234,5")
    assert (ENGLISH.money(30_000_000), ENGLISH.number(None)) == ("$30,000,000", "–")
    assert (ENGLISH.short_money(2_787_965_087), ENGLISH.short_money(5000)) == ("$2.8B", "$5K")
    assert [SPANISH.short_money(usd) for usd in (2_787_965_087, 30_500_000, 1_000_000, 5000, None)] == [
        "2.788 millones de USD",
        "30,5 millones de USD",
        "1 millón de USD",
        "5.000 USD",
        "–",
    ]
    assert (ENGLISH.share(0.4567), ENGLISH.share(0.9999), ENGLISH.share(1)) == ("46%", "99.9%", "100%")
    assert (ENGLISH.fixed(8, 1), SPANISH.fixed(8, 1), SPANISH.fixed(None, 1)) == ("8.0", "8,0", "–")


@pytest.mark.parametrize(
    ("language", "entity", "name"),
    [
        (ENGLISH, ("language", "ja"), "Japanese"),
        (ENGLISH, ("language", "cn"), "Cantonese"),
        (SPANISH, ("original_language", "ja"), "japonés"),
        (SPANISH, ("language", "??", "?"), "?"),
        (SPANISH, ("country", "US"), "Estados Unidos"),
        (SPANISH, ("genre", 10752, "War"), "Guerra"),
        (SPANISH, ("company", 3, "Pixar"), "Pixar"),
        (SPANISH, ("language", None), "–"),
    ],
)
def test_entity_names_follow_language(language: PageLanguage, entity: tuple[str, str], name: str) -> None:
    assert language.entity(*entity) == name
