"""The assignment's thirteen questions, under the paths of the original service."""

from litestar import Controller, get
from litestar.di import NamedDependency, Provide

from api.consigna import answers, examples, schemas
from api.consigna import parameters as p
from api.consigna.answers import answer, find, told
from api.consigna.documentation import asked
from api.consigna.path_names import AnyRequest, typed_name
from api.consigna.recomendadas import recomendadas
from api.db.queries import Queries
from recommender.index import RecommenderIndex

FILM_CHOICE = ("anio", "id")


class ConsignaController(Controller):
    """Thirteen questions about films, in Spanish."""

    tags = ("Consigna",)
    dependencies = {"film": Provide(p.provide_film, sync_to_thread=False)}  # noqa: RUF012 - litestar's own declaration

    @get(
        "/cantidad-filmaciones/{mes:path}",
        **asked("Películas estrenadas en un mes", examples.CANTIDAD_FILMACIONES, name="mes", lacks=False),
    )
    def cantidad_filmaciones(
        self, request: AnyRequest, queries: NamedDependency[Queries], mes: p.Mes
    ) -> schemas.CantidadFilmaciones:
        """Cuántas películas se estrenaron en un mes, sumando todos los años."""
        name = typed_name(request, mes)
        return answer(queries, schemas.CantidadFilmaciones, "cantidad_filmaciones", answers.MES, name)

    @get(
        "/cantidad-filmaciones-dia/{dia:path}",
        **asked(
            "Películas estrenadas en un día de la semana",
            examples.CANTIDAD_FILMACIONES_DIA,
            name="dia",
            lacks=False,
        ),
    )
    def cantidad_filmaciones_dia(
        self, request: AnyRequest, queries: NamedDependency[Queries], dia: p.Dia
    ) -> schemas.CantidadFilmacionesDia:
        """Cuántas películas se estrenaron en un día de la semana, sumando todos los años."""
        name = typed_name(request, dia)
        return answer(queries, schemas.CantidadFilmacionesDia, "cantidad_filmaciones_dia", answers.DIA, name)

    @get(
        "/score-titulo/{titulo:path}",
        **asked("Puntaje y popularidad de una película", examples.SCORE_TITULO, name="titulo", query=FILM_CHOICE),
    )
    def score_titulo(
        self, queries: NamedDependency[Queries], film: NamedDependency[p.FilmAsked]
    ) -> schemas.ScoreTitulo:
        """Promedio de votos y popularidad de la película que lleva el título."""
        return answer(queries, schemas.ScoreTitulo, "score_titulo", answers.PELICULA, film.name, **film.choice)

    @get(
        "/votos-titulo/{titulo:path}",
        **asked("Votos de una película", examples.VOTOS_TITULO, name="titulo", query=FILM_CHOICE),
    )
    def votos_titulo(
        self, queries: NamedDependency[Queries], film: NamedDependency[p.FilmAsked]
    ) -> schemas.VotosTitulo:
        """Cantidad y promedio de votos de la película que lleva el título, si tiene al menos 2.000."""
        return answer(queries, schemas.VotosTitulo, "votos_titulo", answers.PELICULA, film.name, **film.choice)

    @get(
        "/peliculas-duracion/{titulo:path}",
        **asked("Duración de una película", examples.PELICULAS_DURACION, name="titulo", query=FILM_CHOICE),
    )
    def peliculas_duracion(
        self, queries: NamedDependency[Queries], film: NamedDependency[p.FilmAsked]
    ) -> schemas.PeliculasDuracion:
        """Cuántos minutos dura la película que lleva el título."""
        return answer(
            queries,
            schemas.PeliculasDuracion,
            "peliculas_duracion",
            answers.PELICULA,
            film.name,
            **film.choice,
        )

    @get(
        "/retorno/{titulo:path}",
        **asked(
            "Inversión, ganancia y retorno de una película",
            examples.RETORNO,
            name="titulo",
            query=FILM_CHOICE,
        ),
    )
    def retorno(self, queries: NamedDependency[Queries], film: NamedDependency[p.FilmAsked]) -> schemas.Retorno:
        """Qué costó y qué recaudó la película que lleva el título; lo desconocido es 0."""
        return answer(queries, schemas.Retorno, "retorno", answers.PELICULA, film.name, **film.choice)

    @get(
        "/recomendacion/{titulo:path}",
        **asked(
            "Cinco películas recomendadas",
            examples.RECOMENDACION,
            name="titulo",
            query=(*FILM_CHOICE, "formato"),
            schema=schemas.Recomendacion | list[str],
        ),
    )
    def recomendacion(
        self,
        queries: NamedDependency[Queries],
        recommender: NamedDependency[RecommenderIndex],
        film: NamedDependency[p.FilmAsked],
        formato: p.Formato = "detalle",
    ) -> schemas.Recomendacion | list[str]:
        """Las cinco primeras películas para quien gusta de la que lleva el título, y por qué cada una."""
        row = find(queries, "recomendacion", answers.PELICULA, film.name, **film.choice)
        films = recomendadas(queries, recommender, row["id"])
        if formato == "lista":
            return [film.titulo for film in films]
        return told(schemas.Recomendacion, {**row, "recomendaciones": films})

    @get(
        "/nombre_actor/{nombre_actor:path}",
        **asked(
            "Éxito de una actriz o de un actor",
            examples.NOMBRE_ACTOR,
            name="nombre_actor",
            query=("directores", "id"),
        ),
    )
    def nombre_actor(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        nombre_actor: p.NombreActor,
        directores: p.Directores = "excluir",
        identificador: p.IdPersona = None,
    ) -> schemas.NombreActor:
        """En cuántas películas actuó y qué retorno tuvieron, sin contar las que también dirigió."""
        name = typed_name(request, nombre_actor)
        return answer(
            queries, schemas.NombreActor, "nombre_actor", answers.ACTOR, name, directores=directores, id=identificador
        )

    @get(
        "/director/{nombre_director:path}",
        **asked(
            "Éxito de una directora o de un director",
            examples.DIRECTOR,
            name="nombre_director",
            query=("id",),
        ),
    )
    def director(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        nombre_director: p.NombreDirector,
        identificador: p.IdPersona = None,
    ) -> schemas.Director:
        """Qué retorno tuvieron las películas que dirigió, y cada una con su costo, ganancia y beneficio."""
        name = typed_name(request, nombre_director)
        row = find(queries, "director", answers.DIRECTOR, name, id=identificador)
        return told(schemas.Director, {**row, "peliculas": queries.rows("dirigidas", id=row["id"])})

    @get(
        "/peliculas-idioma/{idioma:path}",
        **asked("Películas en un idioma", examples.PELICULAS_IDIOMA, name="idioma"),
    )
    def peliculas_idioma(
        self, request: AnyRequest, queries: NamedDependency[Queries], idioma: p.Idioma
    ) -> schemas.PeliculasIdioma:
        """Cuántas películas tienen ese idioma original."""
        name = typed_name(request, idioma)
        return answer(queries, schemas.PeliculasIdioma, "peliculas_idioma", answers.IDIOMA, name)

    @get(
        "/franquicia/{franquicia:path}",
        **asked("Ganancia de una franquicia", examples.FRANQUICIA, name="franquicia"),
    )
    def franquicia(
        self, request: AnyRequest, queries: NamedDependency[Queries], franquicia: p.Franquicia
    ) -> schemas.Franquicia:
        """Cuántas películas tiene la franquicia y qué recaudaron; lo desconocido cuenta como 0."""
        name = typed_name(request, franquicia)
        return answer(queries, schemas.Franquicia, "franquicia", answers.FRANQUICIA, name)

    @get(
        "/peliculas-pais/{pais:path}",
        **asked("Películas de un país", examples.PELICULAS_PAIS, name="pais"),
    )
    def peliculas_pais(
        self, request: AnyRequest, queries: NamedDependency[Queries], pais: p.Pais
    ) -> schemas.PeliculasPais:
        """Cuántas películas produjo el país, solo o con otros."""
        name = typed_name(request, pais)
        return answer(queries, schemas.PeliculasPais, "peliculas_pais", answers.PAIS, name)

    @get(
        "/productoras-exitosas/{productora:path}",
        **asked("Recaudación de una productora", examples.PRODUCTORAS_EXITOSAS, name="productora"),
    )
    def productoras_exitosas(
        self, request: AnyRequest, queries: NamedDependency[Queries], productora: p.Productora
    ) -> schemas.ProductorasExitosas:
        """Cuántas películas hizo y qué recaudaron. Si TMDB la tiene más de una vez, cuentan todas."""
        name = typed_name(request, productora)
        return answer(queries, schemas.ProductorasExitosas, "productoras_exitosas", answers.PRODUCTORA, name)
