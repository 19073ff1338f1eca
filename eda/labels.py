"""English and Spanish labels of columns and codes."""

from eda.language import Language
from eda.queries import Row, Rows
from warehouse.names import country_name, genre_name, language_name

MEASURES = {
    "budget_usd": ("budget", "presupuesto"),
    "revenue_usd": ("revenue", "recaudación"),
    "return_ratio": ("return", "retorno"),
    "runtime_minutes": ("running time", "duración"),
    "tmdb_vote_count": ("votes", "votos"),
    "tmdb_vote_mean": ("mean vote", "puntaje medio"),
    "tmdb_popularity": ("popularity", "popularidad"),
    "release_year": ("year", "año"),
}
AXES = {
    "budget_usd": ("budget, nominal US dollars", "presupuesto, USD nominales"),
    "revenue_usd": ("revenue, nominal US dollars", "recaudación, USD nominales"),
    "return_ratio": ("return: revenue / budget", "retorno: recaudación / presupuesto"),
    "runtime_minutes": ("running time, minutes", "duración, minutos"),
    "tmdb_vote_count": ("TMDB votes", "votos en TMDB"),
    "tmdb_vote_mean": ("mean TMDB vote, 0 to 10", "puntaje medio en TMDB, de 0 a 10"),
    "tmdb_popularity": ("TMDB popularity", "popularidad en TMDB"),
}
FACTS = {
    **MEASURES,
    "title": ("title", "título"),
    "original_title": ("original title", "título original"),
    "overview": ("overview", "sinopsis"),
    "tagline": ("tagline", "eslogan"),
    "homepage_url": ("homepage", "sitio web"),
    "poster_path": ("poster", "póster"),
    "imdb_id": ("IMDb id", "id de IMDb"),
    "status": ("status", "estado"),
    "original_language_code": ("original language", "idioma original"),
    "collection_id": ("collection", "colección"),
    "release_day": ("day of release", "día de estreno"),
    "genres": ("genres", "géneros"),
    "companies": ("companies", "productoras"),
    "countries": ("countries", "países"),
    "spoken_languages": ("spoken languages", "idiomas hablados"),
    "keywords": ("keywords", "palabras clave"),
    "actors": ("actors", "intérpretes"),
    "directors": ("directors", "dirección"),
    "movielens_ratings": ("MovieLens ratings", "votos de MovieLens"),
}
RULES = {
    "below_1000_usd": ("below 1,000 USD", "menos de 1.000 USD"),
    "budget_equals_revenue": ("budget = revenue", "presupuesto = recaudación"),
    "far_below": ("far below", "muy por debajo"),
    "far_above": ("far above", "muy por encima"),
}
REASONS = {
    "malformed_row": ("malformed row", "fila mal formada"),
    "missing_release_date": ("no release date", "sin fecha de estreno"),
    "invalid_release_date": ("invalid release date", "fecha de estreno inválida"),
    "duplicate_id": ("repeated id", "id repetido"),
    "unknown_movie": ("unknown film", "película desconocida"),
}
SOURCES = {
    "movies": ("films", "películas"),
    "credits": ("credits", "créditos"),
    "keywords": ("keywords", "palabras clave"),
    "links": ("links", "enlaces"),
    "ratings": ("ratings", "votos de MovieLens"),
}
GROUPINGS = {
    "genre": ("genre", "género"),
    "country": ("country", "país"),
    "original_language": ("original language", "idioma original"),
    "decade": ("decade", "década"),
    "budget": ("budget", "presupuesto"),
}
COLUMNS = {
    "measure": ("measure", "medida"),
    "other_measure": ("other measure", "otra medida"),
    "rule": ("rule", "regla"),
    "reason": ("rule", "regla"),
    "fact": ("fact", "dato"),
    "source_name": ("file", "archivo"),
    "column_name": ("column", "columna"),
    "title": ("title", "título"),
    "release_year": ("year", "año"),
    "release_month": ("month", "mes"),
    "release_weekday": ("weekday", "día"),
    "release_decade": ("decade", "década"),
    "date_kind": ("date", "fecha"),
    "measure_value": ("value", "valor"),
    "from_value": ("from", "desde"),
    "to_value": ("to", "hasta"),
    "movie_count": ("films", "películas"),
    "all_movie_count": ("all films", "todas las películas"),
    "known_movie_count": ("known", "conocidas"),
    "unknown_movie_count": ("unknown", "desconocidas"),
    "known_movie_share": ("share known", "proporción conocida"),
    "smoothed_movie_count": ("smoothed", "suavizado"),
    "pearson_coefficient": ("Pearson", "Pearson"),
    "spearman_coefficient": ("Spearman", "Spearman"),
    "weighted_rank": ("rank", "puesto"),
    "tmdb_vote_count": ("votes", "votos"),
    "tmdb_vote_mean": ("mean vote", "puntaje medio"),
    "weighted_vote_mean": ("weighted mean", "media ponderada"),
    "group_name": ("group", "grupo"),
    "profitable_movie_share": ("share profitable", "proporción rentable"),
    "median_return_ratio": ("median return", "retorno mediano"),
    "lower_return_ratio": ("from (95%)", "desde (95 %)"),
    "upper_return_ratio": ("to (95%)", "hasta (95 %)"),
    "word_rank": ("rank", "puesto"),
    "word": ("word", "palabra"),
    "occurrence_count": ("times", "veces"),
    "person_name": ("person", "persona"),
    "other_person_name": ("with", "con"),
    "first_release_year": ("first film", "primera película"),
    "last_release_year": ("last film", "última película"),
    "row_count": ("rows", "filas"),
    "rows_rejected": ("rejected in the file", "rechazadas del archivo"),
    "rows_read": ("rows in the file", "filas del archivo"),
    "cell_count": ("cells", "celdas"),
}
DATE_KINDS = {
    "dated": ("day known", "día conocido"),
    "placeholder": ("only the year known (1 January)", "solo se conoce el año (1 de enero)"),
}
CODES = {"measure": MEASURES, "other_measure": MEASURES, "fact": FACTS, "rule": RULES, "reason": REASONS}
CODES |= {"source_name": SOURCES, "date_kind": DATE_KINDS, "grouping": GROUPINGS}
"""By column whose values are codes: their labels."""


def translate(names: dict[str, tuple[str, str]], code: str, language: Language) -> str:
    """Return the label of a code, or the code itself if it has none."""
    return language(*names[code]) if code in names else code.replace("_", " ")


def localize_groups(rows: Rows, language: Language) -> Rows:
    """Return the rows with translated names of genres, countries and languages."""
    return [{**row, "group_name": group_name(row, language)} if "group_name" in row else row for row in rows]


def group_name(row: Row, language: Language) -> str:
    """Return the translated name of a group of films, or its code if it has no name."""
    code, original = str(row["group_code"]), row["group_name"]
    if row["grouping"] == "country":
        return country_name(code, language.code) or original or code
    if row["grouping"] == "original_language":
        return language_name(code, language.code) or original or code
    return genre_name(original or code, language.code)


def capitalize(text: str) -> str:
    """Return the text with a capital first letter; unlike `str.capitalize`, the rest is unchanged."""
    return text[:1].upper() + text[1:]
