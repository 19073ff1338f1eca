import pytest

from api.web.pages.graphics import MARGIN, MAX_LINES, MAX_WORD_LENGTH, POSTER_WIDTH, make_poster, plot_over_years


@pytest.mark.parametrize("title", ["X", "8½", "千と千尋の神隠し", "A " * 90, "W" * 300, "", "Rindfleischetikettierung"])
def test_poster_fits_any_title(title: str) -> None:
    poster = make_poster(862, title)
    assert poster == make_poster(862, title)
    assert len(poster.lines) <= MAX_LINES
    assert all(0 < y < 300 for _, y in poster.lines)
    assert all(len(line) <= MAX_WORD_LENGTH for line, _ in poster.lines)


@pytest.mark.parametrize("title", ["ファンタスティポ", "Doraemon:貓狗時空傳", "올드보이 그리고 친절한 금자씨"])
def test_poster_fits_wide_characters(title: str) -> None:
    poster = make_poster(862, title)
    assert max(len(line) for line, _ in poster.lines) * poster.font_size <= POSTER_WIDTH - 2 * MARGIN


def test_chart_scales_years_and_powers_of_ten() -> None:
    chart = plot_over_years([(1990, 0.5, "a"), (2000, 20.0, "b"), (2010, 5.0, "c")])
    assert chart is not None
    assert [x for x, _, _ in chart.points] == sorted(x for x, _, _ in chart.points)
    low, high, middle = (y for _, y, _ in chart.points)
    assert low > middle > high
    assert [value for value, _ in chart.y_ticks] == [0.1, 1, 10, 100]
    assert plot_over_years([(1990, 1.0, "alone")]) is None
