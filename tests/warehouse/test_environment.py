"""Settings in environment variables: accepted values, renamed settings, misspelt names."""

import logging
from collections.abc import Callable, Mapping
from functools import partial

import pytest

from warehouse import environment
from warehouse.environment import read_choice, read_int, read_list, read_memory, reject_unknown_settings
from warehouse.errors import FilmotecaError

OLD, NEW = "FILMOTECA_KEPT_MB", "FILMOTECA_CACHE_MB"


def test_setting_under_its_old_name_works_and_warns_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(environment, "_warned", set())
    with caplog.at_level(logging.WARNING):
        assert read_int({NEW: "9"}, NEW, 32, maximum=64) == 9
        assert not caplog.messages
        assert read_int({OLD: "7"}, NEW, 32, maximum=64) == 7
        assert read_int({OLD: "7", NEW: "9"}, NEW, 32, maximum=64) == 9
    assert caplog.messages == [f"{OLD} was renamed to {NEW}; the old name stops working in the next release"]
    reject_unknown_settings({OLD: "7"})


def test_unset_or_empty_setting_has_its_default() -> None:
    assert read_int({"X": ""}, "X", 5, maximum=9) == 5
    assert read_memory({}, "X", "4GB") == "4GB"
    assert read_choice({}, "X", "off", "on") == "off"
    assert read_list({}, "X") == ()
    assert read_list({"X": " a, b,,"}, "X") == ("a", "b")


@pytest.mark.parametrize(
    ("read", "values", "message"),
    [
        (partial(read_int, default=5, maximum=9), ["0", "10", "-1", "1.5", "many", "٣"], "a whole number from 1 to 9"),
        (partial(read_memory, default="4GB"), ["4", "4 GB", "0GB", "lots"], "a number of MB or GB, such as 4GB"),
        (lambda environment, name: read_choice(environment, name, "off", "on", "local"), ["yes"], "off, on or local"),
    ],
)
def test_invalid_value_is_rejected(
    read: Callable[[Mapping[str, str], str], object], values: list[str], message: str
) -> None:
    for value in values:
        with pytest.raises(FilmotecaError, match=f"X must be {message}; got '{value}'"):
            read({"X": value}, "X")


def test_unknown_setting_is_rejected_with_the_nearest_name() -> None:
    with pytest.raises(FilmotecaError, match=r"unknown setting FILMOTECA_RATELIMIT: did you mean FILMOTECA_RATE_LIMIT"):
        reject_unknown_settings({"FILMOTECA_RATELIMIT": "60"})
    with pytest.raises(FilmotecaError, match=r"see the settings in docs/operations\.md"):
        reject_unknown_settings({"FILMOTECA_ZZZZZZZZZZZZZZZZZZZZ": "1"})
    reject_unknown_settings({"FILMOTECA_RATE_LIMIT": "60", "HOME": "/"})
