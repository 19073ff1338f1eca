"""What the report holds, in its order: sections, and their charts with the question that each answers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from eda.charts import completeness, distributions, drawings, rankings, relations, releases
from eda.charts.style import Drawing
from eda.findings import completeness as find_completeness
from eda.findings import distributions as find_distributions
from eda.findings import drawings as find_drawings
from eda.findings import rankings as find_rankings
from eda.findings import relations as find_relations
from eda.findings import releases as find_releases
from eda.findings import trends as find_trends
from eda.language import Language
from eda.reading import Question, Rows

Text = tuple[str, str]
"""The same in English and in Spanish."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: what it is called, what it asks, how it is drawn and what is to be seen in it."""

    name: str
    """Of its files, and its anchor in the page."""
    title: Text
    question: Question
    draw: Callable[[Rows, Language], Drawing]
    find: Callable[[Rows, Language], str]
    note: Callable[[Rows, Language], str] | None = None
    """What is left out of the drawing, or how to read it."""
    listing: Question | None = None
    """A table that stands open below the chart."""
    draw_narrow: Callable[[Rows, Language], Drawing] | None = None
    """How it is drawn on a phone, where shrinking it would make its text too small; all others are as wide as there is
    room."""


@dataclass(frozen=True, slots=True)
class Section:
    """Charts on one subject; it opens with what is to be seen in the first one."""

    name: str
    title: Text
    charts: tuple[Chart, ...]


def distribution(measure: str, english: str, spanish: str) -> Chart:
    return Chart(
        name=f"distribution-{measure.replace('_', '-')}",
        title=(english, spanish),
        question=Question("distribution", {"measure": measure}),
        draw=distributions.distribution,
        find=find_distributions.distribution,
        note=find_distributions.distribution_note,
    )


def groups(grouping: str, english: str, spanish: str) -> Chart:
    return Chart(
        name=f"{grouping.replace('_', '-')}-by-decade",
        title=(english, spanish),
        question=Question("groups_by_decade", {"grouping": grouping}),
        draw=releases.groups_by_decade,
        find=partial(find_releases.groups_by_decade, grouping=grouping),
        note=find_trends.decades_note,
    )


def joint(measure: str, english: str, spanish: str) -> Chart:
    return Chart(
        name=f"joint-{measure.replace('_', '-')}",
        title=(english, spanish),
        question=Question("joint_distribution", {"measure": measure}),
        draw=relations.joint_distribution,
        find=find_relations.joint_distribution,
        note=find_relations.joint_note,
    )


def returned(grouping: str, english: str, spanish: str) -> Chart:
    return Chart(
        name=f"returns-by-{grouping}",
        title=(english, spanish),
        question=Question("returns", {"grouping": grouping}),
        draw=rankings.returns,
        find=find_rankings.returns,
        note=find_rankings.returns_note,
    )


def words(text_source: str, english: str, spanish: str) -> Chart:
    return Chart(
        name=f"words-of-{text_source}s",
        title=(english, spanish),
        question=Question("words", {"text_source": text_source}),
        draw=drawings.word_cloud,
        find=find_drawings.words,
        draw_narrow=partial(drawings.word_cloud, size=drawings.NARROW_CLOUD),
    )


def people(relation: str, english: str, spanish: str) -> Chart:
    return Chart(
        name=relation.replace("_", "-"),
        title=(english, spanish),
        question=Question("people_together", {"relation": relation}),
        draw=drawings.network,
        find=find_drawings.people_together,
        note=find_drawings.network_note,
        draw_narrow=partial(drawings.network, size=drawings.NARROW_NETWORK),
    )


def released(period: str, english: str, spanish: str) -> Chart:
    name = f"releases_by_{period}"
    return Chart(
        name=name.replace("_", "-"),
        title=(english, spanish),
        question=Question(name),
        draw=getattr(releases, name),
        find=getattr(find_releases, name),
    )


SECTIONS = (
    Section(
        "distributions",
        ("How films are distributed", "Cómo se distribuyen las películas"),
        (
            distribution("budget_usd", "Budget", "Presupuesto"),
            distribution("revenue_usd", "Revenue", "Recaudación"),
            distribution("return_ratio", "Return", "Retorno"),
            distribution("runtime_minutes", "Running time", "Duración"),
            distribution("tmdb_vote_count", "Votes", "Votos"),
            distribution("tmdb_vote_mean", "Mean vote", "Puntaje medio"),
            distribution("tmdb_popularity", "Popularity", "Popularidad"),
        ),
    ),
    Section(
        "completeness",
        ("What is known, and what is not", "Qué se sabe y qué no"),
        (
            Chart(
                name="known-facts",
                title=("Known facts", "Datos conocidos"),
                question=Question("known_facts"),
                draw=completeness.known_facts,
                find=find_completeness.known_facts,
            ),
            Chart(
                name="known-by-decade",
                title=("Known facts by decade", "Datos conocidos por década"),
                question=Question("known_by_decade"),
                draw=completeness.known_by_decade,
                find=find_completeness.known_by_decade,
                note=find_trends.decades_note,
            ),
        ),
    ),
    Section(
        "oddities",
        ("What looks wrong", "Qué parece un error"),
        (
            Chart(
                name="odd-values",
                title=("Outliers and suspicious values", "Valores extremos y sospechosos"),
                question=Question("oddities"),
                draw=completeness.oddities,
                find=find_completeness.oddities,
                listing=Question("odd_films"),
            ),
        ),
    ),
    Section(
        "releases",
        ("When films come out", "Cuándo se estrenan"),
        (
            released("month", "By month", "Por mes"),
            released("weekday", "By weekday", "Por día de la semana"),
            released("year", "By year", "Por año"),
        ),
    ),
    Section(
        "groups",
        ("Genres, languages and countries over time", "Géneros, idiomas y países en el tiempo"),
        (
            groups("genre", "Genres", "Géneros"),
            groups("original_language", "Original languages", "Idiomas originales"),
            groups("country", "Countries of production", "Países de producción"),
        ),
    ),
    Section(
        "relations",
        ("What goes with what", "Qué va con qué"),
        (
            joint("budget_usd", "Budget against revenue", "Presupuesto y recaudación"),
            joint("tmdb_vote_count", "Votes against mean vote", "Votos y puntaje medio"),
            Chart(
                name="correlations",
                title=("Correlations", "Correlaciones"),
                question=Question("correlations"),
                draw=relations.correlations,
                find=find_relations.correlations,
                note=find_relations.correlations_note,
                draw_narrow=partial(relations.correlations, side=relations.NARROW_SIDE),
            ),
        ),
    ),
    Section(
        "returns",
        ("What goes with a good return", "Qué acompaña a un buen retorno"),
        (
            returned("budget", "Return by budget", "Retorno según el presupuesto"),
            returned("genre", "Return by genre", "Retorno por género"),
            returned("decade", "Return by decade", "Retorno por década"),
        ),
    ),
    Section(
        "ratings",
        ("The best films, by votes that weigh", "Las mejores películas, con votos que pesan"),
        (
            Chart(
                name="weighted-ratings",
                title=("Weighted ratings", "Puntajes ponderados"),
                question=Question("weighted_ratings"),
                draw=rankings.weighted_ratings,
                find=find_rankings.weighted_ratings,
                note=find_rankings.weighted_note,
            ),
        ),
    ),
    Section(
        "words",
        ("The words they use", "Las palabras que usan"),
        (words("title", "Titles", "Títulos"), words("overview", "Overviews", "Sinopsis")),
    ),
    Section(
        "people",
        ("Who works with whom", "Quién trabaja con quién"),
        (
            people("costars", "Co-stars", "Quiénes actúan juntos"),
            people("director_and_actor", "Directors and actors", "Directores y actores"),
        ),
    ),
    Section(
        "quality",
        ("What the rules rejected", "Qué rechazaron las reglas"),
        (
            Chart(
                name="rejected-rows",
                title=("Rejected rows", "Filas rechazadas"),
                question=Question("rejected_rows"),
                draw=completeness.rejected_rows,
                find=find_completeness.rejected_rows,
            ),
            Chart(
                name="unreadable-cells",
                title=("Unreadable cells", "Celdas ilegibles"),
                question=Question("unreadable_cells"),
                draw=completeness.unreadable_cells,
                find=find_completeness.unreadable_cells,
            ),
        ),
    ),
)
