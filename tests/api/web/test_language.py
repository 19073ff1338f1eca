"""Languages of the pages: negotiation, translations and numbers."""

import re
from pathlib import Path

from api.web.pages.language import ENGLISH, SPANISH, negotiate_language

TEMPLATES = Path(__file__).parents[3] / "api/web/pages/templates"


def test_language_follows_accept_language_weights() -> None:
    assert negotiate_language("en;q=0.2, es;q=0.7") == SPANISH
    assert negotiate_language("es;q=x, en") == ENGLISH
    assert negotiate_language("") == ENGLISH


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
    assert (ENGLISH.share(0.4567), ENGLISH.share(0.9999), ENGLISH.share(1)) == ("46%", "99.9%", "100%")
    assert (ENGLISH.fixed(8, 1), SPANISH.fixed(8, 1), SPANISH.fixed(None, 1)) == ("8.0", "8,0", "–")
    assert (ENGLISH.language("ja"), SPANISH.language("ja"), SPANISH.language("??", "?")) == ("Japanese", "japonés", "?")
    assert (ENGLISH.language("cn"), SPANISH.country("US"), SPANISH.genre("War")) == (
        "Cantonese",
        "Estados Unidos",
        "Guerra",
    )
