"""The sections of the report, and their charts with the query that each one shows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any

from eda.charts import completeness, diagrams, distributions, rankings, relations, releases
from eda.charts.style import Drawing
from eda.findings import completeness as completeness_findings
from eda.findings import diagrams as diagram_findings
from eda.findings import distributions as distribution_findings
from eda.findings import rankings as ranking_findings
from eda.findings import relations as relation_findings
from eda.findings import releases as release_findings
from eda.findings import trends
from eda.language import Language
from eda.queries import Query, Rows

Text = tuple[str, str]
"""A text in English and Spanish."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its query, how it is drawn, and the sentence that sums it up."""

    name: str
    """Name of its files and anchor in the page."""
    title: Text
    query: Query
    draw: Callable[[Rows, Language], Drawing]
    find: Callable[[Rows, Language], str]
    note: Callable[[Rows, Language], str] | None = None
    """What the drawing leaves out, or how to read it."""
    listing: Query | None = None
    """A table that is always shown below the chart."""
    draw_narrow: Callable[[Rows, Language], Drawing] | None = None
    """Drawing for phones, if the text of a scaled drawing would be too small; other charts adapt their width."""


@dataclass(frozen=True, slots=True)
class Section:
    """Charts on one subject. The finding of the first chart introduces the section."""

    name: str
    title: Text
    charts: tuple[Chart, ...]


Modules = tuple[ModuleType, ModuleType]
"""The drawings and the findings of a subject; their functions are named like the query."""
COMPLETENESS = (completeness, completeness_findings)
DIAGRAMS = (diagrams, diagram_findings)
DISTRIBUTIONS = (distributions, distribution_findings)
RANKINGS = (rankings, ranking_findings)
RELATIONS = (relations, relation_findings)
RELEASES = (releases, release_findings)


def _chart(modules: Modules, query: Query, title: Text, name: str = "", **options: Any) -> Chart:
    draw, find = (getattr(module, query.name) for module in modules)
    return Chart((name or query.name).replace("_", "-"), title, query, draw, find, **options)


def _charts(
    modules: Modules, query: str, parameter: str, name: str, titles: dict[str, Text], **options: Any
) -> tuple[Chart, ...]:
    """Return one chart per value of the query's parameter."""
    return tuple(
        _chart(modules, Query(query, {parameter: value}), title, name.format(value), **options)
        for value, title in titles.items()
    )


SECTIONS = (
    Section(
        "distributions",
        ("Distributions", "Distribuciones"),
        _charts(
            DISTRIBUTIONS,
            "distribution",
            "measure",
            "distribution_{}",
            {
                "budget_usd": ("Budget", "Presupuesto"),
                "revenue_usd": ("Revenue", "Recaudación"),
                "return_ratio": ("Return", "Retorno"),
                "runtime_minutes": ("Running time", "Duración"),
                "tmdb_vote_count": ("Votes", "Votos"),
                "tmdb_vote_mean": ("Mean vote", "Puntaje medio"),
                "tmdb_popularity": ("Popularity", "Popularidad"),
            },
            note=distribution_findings.distribution_note,
        ),
    ),
    Section(
        "completeness",
        ("Completeness", "Datos disponibles"),
        (
            _chart(COMPLETENESS, Query("known_facts"), ("Known facts", "Datos conocidos")),
            _chart(
                COMPLETENESS,
                Query("known_by_decade"),
                ("Known facts by decade", "Datos conocidos por década"),
                note=trends.decades_note,
            ),
        ),
    ),
    Section(
        "oddities",
        ("Suspicious values", "Valores sospechosos"),
        (
            _chart(
                COMPLETENESS,
                Query("oddities"),
                ("Outliers and implausible values", "Valores atípicos e inverosímiles"),
                "odd-values",
                listing=Query("odd_films"),
            ),
        ),
    ),
    Section(
        "releases",
        ("Release dates", "Fechas de estreno"),
        (
            _chart(RELEASES, Query("releases_by_month"), ("By month", "Por mes")),
            _chart(RELEASES, Query("releases_by_weekday"), ("By weekday", "Por día de la semana")),
            _chart(RELEASES, Query("releases_by_year"), ("By year", "Por año")),
        ),
    ),
    Section(
        "groups",
        ("Genres, languages and countries over time", "Géneros, idiomas y países a lo largo del tiempo"),
        _charts(
            RELEASES,
            "groups_by_decade",
            "grouping",
            "{}_by_decade",
            {
                "genre": ("Genres", "Géneros"),
                "original_language": ("Original languages", "Idiomas originales"),
                "country": ("Production countries", "Países de producción"),
            },
            note=trends.decades_note,
        ),
    ),
    Section(
        "relations",
        ("Relations between measures", "Relaciones entre medidas"),
        (
            *_charts(
                RELATIONS,
                "joint_distribution",
                "measure",
                "joint_{}",
                {
                    "budget_usd": ("Budget and revenue", "Presupuesto y recaudación"),
                    "tmdb_vote_count": ("Votes and mean vote", "Votos y puntaje medio"),
                },
                note=relation_findings.joint_distribution_note,
            ),
            _chart(
                RELATIONS,
                Query("correlations"),
                ("Correlations", "Correlaciones"),
                note=relation_findings.correlations_note,
                draw_narrow=partial(relations.correlations, side=relations.NARROW_SIDE),
            ),
        ),
    ),
    Section(
        "returns",
        ("Return on investment", "Retorno de la inversión"),
        _charts(
            RANKINGS,
            "returns",
            "grouping",
            "returns_by_{}",
            {
                "budget": ("Return by budget", "Retorno según el presupuesto"),
                "genre": ("Return by genre", "Retorno por género"),
                "decade": ("Return by decade", "Retorno por década"),
            },
            note=ranking_findings.returns_note,
        ),
    ),
    Section(
        "ratings",
        ("Best rated films", "Las películas mejor puntuadas"),
        (
            _chart(
                RANKINGS,
                Query("weighted_ratings"),
                ("Weighted ratings", "Puntajes ponderados"),
                note=ranking_findings.weighted_ratings_note,
            ),
        ),
    ),
    Section(
        "words",
        ("Frequent words", "Palabras frecuentes"),
        _charts(
            DIAGRAMS,
            "words",
            "text_source",
            "words_of_{}s",
            {"title": ("Titles", "Títulos"), "overview": ("Overviews", "Sinopsis")},
            draw_narrow=partial(diagrams.words, size=diagrams.NARROW_CLOUD),
        ),
    ),
    Section(
        "people",
        ("Collaborations", "Colaboraciones"),
        _charts(
            DIAGRAMS,
            "people_together",
            "relation",
            "{}",
            {
                "costars": ("Co-stars", "Coprotagonistas"),
                "director_and_actor": ("Directors and actors", "Directores y actores"),
            },
            note=diagram_findings.people_together_note,
            draw_narrow=partial(diagrams.people_together, size=diagrams.NARROW_NETWORK),
        ),
    ),
    Section(
        "quality",
        ("Rejected data", "Datos rechazados"),
        (
            _chart(COMPLETENESS, Query("rejected_rows"), ("Rejected rows", "Filas rechazadas")),
            _chart(COMPLETENESS, Query("unreadable_cells"), ("Unreadable cells", "Celdas ilegibles")),
        ),
    ),
)
