"""Known facts, suspicious values and rejected data."""

import altair as alt

from eda.charts.decades import draw_decades, find_trend_decades, note_decades
from eda.charts.style import ACCENT, SECOND, STEP, Drawing, chart, height_of_rows, label_position, layers, shades, wrap
from eda.language import CODE_COLUMNS, ReportLanguage
from eda.queries import Rows

note_known_by_decade = note_decades


def draw_bars(bars: list[tuple[str, float, str]], title: str, color: str) -> Drawing:
    """Draw bars in the given order from (label, length, text at the end of the bar)."""
    rows = [{"label": wrap(label), "length": length, "text": text} for label, length, text in bars]
    scale = alt.Scale(domain=[0, max(length for _, length, _ in bars) * 1.3])
    x = alt.X("length:Q", scale=scale, axis=alt.Axis(title=title, labels=False, ticks=False, grid=False, domain=False))
    tooltip = [alt.Tooltip("label:N", title=" "), alt.Tooltip("text:N", title=title)]
    base = chart(rows).encode(y=label_position("label"), x=x, tooltip=tooltip)
    return layers(
        base.mark_bar(color=color, height=STEP * 0.62, cornerRadiusEnd=2),
        base.mark_text(align="left", dx=5).encode(text="text:N"),
        height=height_of_rows(rows, "label"),
    )


def draw_counts(rows: Rows, parts: tuple[str, str], count: str, title: str, language: ReportLanguage) -> Drawing:
    """Draw a bar per row whose label has two parts and whose length is a count."""
    bars = []
    for row in rows:
        labels = [language.label(row[part]) if part in CODE_COLUMNS else row[part] for part in parts]
        bars.append((": ".join(labels), row[count], language.count(row[count])))
    return draw_bars(bars, title, SECOND)


def draw_known_facts(rows: Rows, language: ReportLanguage) -> Drawing:
    shares = [(row["fact"], row["known_movie_share"]) for row in rows]
    bars = [(language.label(fact), share, language.share(share)) for fact, share in shares]
    return draw_bars(bars, language("share of films"), ACCENT)


def describe_known_facts(rows: Rows, language: ReportLanguage) -> str:
    least = min(rows, key=lambda row: row["known_movie_share"])
    scarce = sum(row["known_movie_share"] < 0.5 for row in rows)
    first = language(
        "The least known fact is the {fact}, available for {share} of the films",
        fact=language.label(least["fact"]),
        share=language.share(least["known_movie_share"]),
    )
    if scarce == 1:
        return first + language("; 1 of {total} facts is available for less than half of them.", total=len(rows))
    return first + language(
        "; {number} of {total} facts are available for less than half of them.", number=scarce, total=len(rows)
    )


def draw_known_by_decade(rows: Rows, language: ReportLanguage) -> Drawing:
    shown = [{**row, "fact": language.label(row["fact"])} for row in rows]
    return draw_decades(shown, "fact", "known_movie_share", shades("known_movie_share:Q", most=1), language)


def describe_known_by_decade(rows: Rows, language: ReportLanguage) -> str:
    first, last = find_trend_decades(rows, "movie_count")
    shares = {(row["fact"], row["release_decade"]): row["known_movie_share"] for row in rows}
    facts = sorted({row["fact"] for row in rows})
    fact = max(facts, key=lambda fact: abs(shares[fact, last] - shares[fact, first]))
    return language(
        "From the {first}s to the {last}s, availability changed most for the {fact}: "
        "from {old_share} to {new_share} of the films.",
        first=first,
        last=last,
        fact=language.label(fact),
        old_share=language.share(shares[fact, first]),
        new_share=language.share(shares[fact, last]),
    )


def draw_oddities(rows: Rows, language: ReportLanguage) -> Drawing:
    return draw_counts(rows, ("measure", "rule"), "movie_count", language("films"), language)


def describe_oddities(rows: Rows, language: ReportLanguage) -> str:
    first = rows[0]
    return language(
        "{values} should be checked before using the data. Most frequent: {measure}, {rule} ({number}).",
        values=language.pluralize(sum(row["movie_count"] for row in rows), "value"),
        measure=language.label(first["measure"]),
        rule=language.label(first["rule"]),
        number=language.count(first["movie_count"]),
    )


def draw_rejected_rows(rows: Rows, language: ReportLanguage) -> Drawing:
    return draw_counts(rows, ("source_name", "reason"), "row_count", language("raw rows"), language)


def describe_rejected_rows(rows: Rows, language: ReportLanguage) -> str:
    first, rejected = rows[0], sum(row["row_count"] for row in rows)
    read = first["total_rows_read"]
    return language(
        "{rejected} of {read} raw rows were rejected ({share}). "
        "The most frequent reason: {reason}, in {source} ({number}).",
        rejected=language.count(rejected),
        read=language.count(read),
        share=language.share(rejected / read),
        reason=language.label(first["reason"]),
        source=language.label(first["source_name"]),
        number=language.count(first["row_count"]),
    )


def draw_unreadable_cells(rows: Rows, language: ReportLanguage) -> Drawing:
    return draw_counts(rows, ("source_name", "column_name"), "cell_count", language("cells"), language)


def describe_unreadable_cells(rows: Rows, language: ReportLanguage) -> str:
    return language(
        "{cells} of accepted rows could not be read, most of them in column {column} ({number}).",
        cells=language.pluralize(sum(row["cell_count"] for row in rows), "cell"),
        column=rows[0]["column_name"],
        number=language.count(rows[0]["cell_count"]),
    )
