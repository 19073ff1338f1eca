"""The sentence that tells each answer in Spanish: its `mensaje`."""

from functools import singledispatch

from api.consigna import schemas


def entero(numero: int) -> str:
    """1234567 as `1.234.567`."""
    return f"{numero:,}".replace(",", ".")


def decimal(numero: float, cifras: int = 2) -> str:
    """1234.5 as `1.234,50`."""
    return f"{numero:,.{cifras}f}".translate(str.maketrans(",.", ".,"))


def contar(cantidad: int, singular: str, plural: str) -> str:
    """A count with its noun: `1 voto`, `2.000 votos`."""
    return f"{entero(cantidad)} {singular if cantidad == 1 else plural}"


def peliculas(cantidad: int) -> str:
    """`1 película`, `2.000 películas`."""
    return contar(cantidad, "película", "películas")


def titulada(pelicula: schemas.RespuestaPelicula) -> str:
    """«Toy Story» (1995)."""
    return f"«{pelicula.titulo}»" + (f" ({pelicula.anio})" if pelicula.anio is not None else "")


def dolares(monto: float) -> str:
    """30000000 as `USD 30.000.000`."""
    return f"USD {entero(round(monto))}"


def _con_retorno(r: schemas.NombreActor | schemas.Director) -> str:
    cantidad, total, promedio = (
        peliculas(r.cantidad_peliculas),
        decimal(r.retorno_total),
        decimal(r.retorno_promedio),
    )
    return f"{cantidad}, con un retorno total de {total} y un promedio de {promedio} por película"


@singledispatch
def mensaje(respuesta: schemas.Respuesta) -> str:
    """The sentence that tells an answer."""
    raise TypeError(f"no sentence tells a {type(respuesta).__name__}")


@mensaje.register
def _(r: schemas.CantidadFilmaciones) -> str:
    verbo = "se estrenó" if r.cantidad == 1 else "se estrenaron"
    return f"En el mes de {r.mes} {verbo} {peliculas(r.cantidad)}."


@mensaje.register
def _(r: schemas.CantidadFilmacionesDia) -> str:
    verbo = "se estrenó" if r.cantidad == 1 else "se estrenaron"
    return f"Un {r.dia} {verbo} {peliculas(r.cantidad)}."


@mensaje.register
def _(r: schemas.ScoreTitulo) -> str:
    if r.score is None:
        return f"La película {titulada(r)} no tiene votos, y por eso no tiene puntaje."
    popularidad = f", con una popularidad de {decimal(r.popularidad)}" if r.popularidad is not None else ""
    return f"La película {titulada(r)} tiene un puntaje promedio de {decimal(r.score, 1)}{popularidad}."


@mensaje.register
def _(r: schemas.VotosTitulo) -> str:
    if not r.cumple_minimo:
        minimo = entero(r.minimo_votos)
        return f"La película {titulada(r)} no alcanza los {minimo} votos que hacen falta para informarlos."
    promedio = f", con un promedio de {decimal(r.promedio, 1)}" if r.promedio is not None else ""
    return f"La película {titulada(r)} tiene {contar(r.votos or 0, 'voto', 'votos')}{promedio}."


@mensaje.register
def _(r: schemas.PeliculasDuracion) -> str:
    if r.duracion_minutos is None:
        return f"No se conoce la duración de la película {titulada(r)}."
    return f"La película {titulada(r)} dura {contar(round(r.duracion_minutos), 'minuto', 'minutos')}."


@mensaje.register
def _(r: schemas.Retorno) -> str:
    if not r.inversion and not r.ganancia:
        return f"No se conocen ni la inversión ni la ganancia de la película {titulada(r)}."
    if not r.inversion:
        return f"La película {titulada(r)} recaudó {dolares(r.ganancia)}; no se conoce la inversión."
    if not r.ganancia:
        return f"La película {titulada(r)} costó {dolares(r.inversion)}; no se conoce la ganancia."
    return (
        f"La película {titulada(r)} costó {dolares(r.inversion)} y recaudó {dolares(r.ganancia)}: "
        f"un retorno de {decimal(r.retorno)}."
    )


@mensaje.register
def _(r: schemas.Recomendacion) -> str:
    if not r.recomendaciones:
        return f"No hay recomendaciones para «{r.titulo}»: no se conoce nada que la acerque a otra película."
    titulos = [f"«{recomendada.titulo}»" for recomendada in r.recomendaciones]
    *primeros, ultimo = titulos
    lista = f"{', '.join(primeros)} y {ultimo}" if primeros else ultimo
    return f"A quien le gustó «{r.titulo}» le puede gustar {lista}."


@mensaje.register
def _(r: schemas.NombreActor) -> str:
    excluidas = r.peliculas_dirigidas_excluidas
    verbo = "cuenta" if excluidas == 1 else "cuentan"
    aparte = f" No {verbo} {peliculas(excluidas)} que también dirigió." if excluidas else ""
    return f"{r.actor} actuó en {_con_retorno(r)}.{aparte}"


@mensaje.register
def _(r: schemas.Director) -> str:
    return f"{r.director} dirigió {_con_retorno(r)}."


@mensaje.register
def _(r: schemas.PeliculasIdioma) -> str:
    return f"Hay {peliculas(r.cantidad)} cuyo idioma original es «{r.idioma}»."


@mensaje.register
def _(r: schemas.PeliculasPais) -> str:
    return f"Hay {contar(r.cantidad, 'película producida', 'películas producidas')} en {r.pais}."


@mensaje.register
def _(r: schemas.Franquicia) -> str:
    return (
        f"La franquicia «{r.franquicia}» tiene {peliculas(r.cantidad_peliculas)}, con una ganancia total de "
        f"{dolares(r.ganancia_total)} y un promedio de {dolares(r.ganancia_promedio)} por película."
    )


@mensaje.register
def _(r: schemas.ProductorasExitosas) -> str:
    return (
        f"La productora «{r.productora}» participó en {peliculas(r.cantidad_peliculas)}, "
        f"con una recaudación total de {dolares(r.recaudacion_total)}."
    )
