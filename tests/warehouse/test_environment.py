"""Settings in environment variables: accepted values, renamed settings, misspelt names."""

import logging

import pytest

from warehouse import environment
from warehouse.environment import (
    read_choice,
    read_int,
    read_list,
    read_memory,
    read_setting,
    reject_unknown_settings,
)
from warehouse.errors import FilmotecaError

OLD, NEW = "FILMOTECA_KEPT_MB", "FILMOTECA_CACHE_MB"


def test_setting_under_its_old_name_works_and_warns_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(environment, "_warned", set())
    with caplog.at_level(logging.WARNING):
        assert read_int({OLD: "7"}, NEW, 32, maximum=64) == 7
        assert read_int({OLD: "7", NEW: "9"}, NEW, 32, maximum=64) == 9
    assert caplog.messages == [f"{OLD} was renamed to {NEW}; the old name stops working in the next release"]
    reject_unknown_settings({OLD: "7"})


def test_setting_under_its_current_name_does_not_warn(caplog: pytest.LogCaptureFixture) -> None:
    assert (read_setting({NEW: "9"}, NEW), read_setting({}, NEW)) == ("9", "")
    assert not caplog.messages


def test_unset_or_empty_setting_has_its_default() -> None:
    assert read_int({"X": ""}, "X", 5, maximum=9) == 5
    assert read_memory({}, "X", "4GB") == "4GB"
    assert read_choice({}, "X", "off", "on") == "off"
    assert read_list({}, "X") == ()


def test_list_setting_is_split_at_commas() -> None:
    assert read_list({"X": " a, b,,"}, "X") == ("a", "b")


@pytest.mark.parametrize("text", ["0", "10", "-1", "1.5", "many", "٣"])
def test_invalid_number_is_rejected(text: str) -> None:
    with pytest.raises(FilmotecaError, match=f"X must be a whole number from 1 to 9; got '{text}'"):
        read_int({"X": text}, "X", 5, maximum=9)


@pytest.mark.parametrize("text", ["4", "4 GB", "0GB", "lots"])
def test_invalid_memory_is_rejected(text: str) -> None:
    with pytest.raises(FilmotecaError, match=f"X must be a number of MB or GB, such as 4GB; got '{text}'"):
        read_memory({"X": text}, "X", "4GB")


def test_invalid_choice_is_rejected() -> None:
    with pytest.raises(FilmotecaError, match="X must be off, on or local; got 'yes'"):
        read_choice({"X": "yes"}, "X", "off", "on", "local")


def test_unknown_setting_is_rejected_with_the_nearest_name() -> None:
    with pytest.raises(FilmotecaError, match=r"unknown setting FILMOTECA_RATELIMIT: did you mean FILMOTECA_RATE_LIMIT"):
        reject_unknown_settings({"FILMOTECA_RATELIMIT": "60"})
    with pytest.raises(FilmotecaError, match=r"see the settings in docs/operations\.md"):
        reject_unknown_settings({"FILMOTECA_ZZZZZZZZZZZZZZZZZZZZ": "1"})
    reject_unknown_settings({"FILMOTECA_RATE_LIMIT": "60", "HOME": "/"})
