"""The assignment as it is usually solved: FastAPI over pandas frames, `python original_service.py FOLDER PORT`.

The frames are read at the start and each request looks through all rows of one; films are recommended by the cosine of
the TF-IDF vectors of their overviews. `benchmarks.peer_servers` starts it by itself, without the project's packages.
"""

import sys
from pathlib import Path
from typing import Any

import pandas as pd
import uvicorn
from fastapi import FastAPI, HTTPException
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
LEAST_VOTES = 2000
RECOMMENDED = 5

Answer = dict[str, Any]


class Films:
    """The frames, and the seven questions."""

    def __init__(self, folder: Path) -> None:
        self.movies = pd.read_parquet(folder / "movies.parquet")
        self.people = pd.read_parquet(folder / "people.parquet")
        self.movies["release_date"] = pd.to_datetime(self.movies["release_date"])
        self.vectors = TfidfVectorizer(stop_words="english").fit_transform(self.movies["overview"].fillna(""))

    def cantidad_filmaciones(self, mes: str) -> Answer:
        """How many films came out in a month."""
        found = self.movies[self.movies["release_date"].dt.month == _place(MONTHS, mes)]
        return {"mes": mes.lower(), "cantidad": len(found)}

    def cantidad_filmaciones_dia(self, dia: str) -> Answer:
        """How many films came out on a weekday."""
        found = self.movies[self.movies["release_date"].dt.day_of_week == _place(WEEKDAYS, dia) - 1]
        return {"dia": dia.lower(), "cantidad": len(found)}

    def score_titulo(self, titulo: str) -> Answer:
        """The mean vote and the popularity of a film."""
        film = self._film(titulo)
        score, popularity = film["tmdb_vote_mean"], film["tmdb_popularity"]
        return {"titulo": film["title"], "anio": _year(film), "score": _known(score), "popularidad": _known(popularity)}

    def votos_titulo(self, titulo: str) -> Answer:
        """The votes of a film that has many."""
        film = self._film(titulo)
        votes, has_enough = film["tmdb_vote_count"], film["tmdb_vote_count"] >= LEAST_VOTES
        return {
            "titulo": film["title"],
            "anio": _year(film),
            "cumple_minimo": bool(has_enough),
            "votos": int(votes) if has_enough else None,
            "promedio": _known(film["tmdb_vote_mean"]) if has_enough else None,
        }

    def nombre_actor(self, nombre: str) -> Answer:
        """What the films returned in which a person acted and did not direct."""
        person = self._person(nombre, is_director=False)
        directed = self.people[self.people["is_director"] & self.people["person_name"].isin(person["person_name"])]
        acted = self.movies[
            self.movies["movie_id"].isin(person["movie_id"]) & ~self.movies["movie_id"].isin(directed["movie_id"])
        ]
        returned = acted["return_ratio"].fillna(0)
        return {
            "actor": person["person_name"].iloc[0],
            "cantidad_peliculas": len(acted),
            "retorno_total": float(returned.sum()),
            "retorno_promedio": float(returned.mean()) if len(acted) else 0,
        }

    def director(self, nombre: str) -> Answer:
        """What the films returned that a person directed, and each of them."""
        person = self._person(nombre, is_director=True)
        directed = self.movies[self.movies["movie_id"].isin(person["movie_id"])]
        returned = directed["return_ratio"].fillna(0)
        return {
            "director": person["person_name"].iloc[0],
            "cantidad_peliculas": len(directed),
            "retorno_total": float(returned.sum()),
            "retorno_promedio": float(returned.mean()),
            "peliculas": [
                {
                    "titulo": film["title"],
                    "anio": _year(film),
                    "retorno": _known(film["return_ratio"]) or 0,
                    "costo": _known(film["budget_usd"]) or 0,
                    "ganancia": _known(film["revenue_usd"]) or 0,
                }
                for _, film in directed.sort_values(["release_date", "movie_id"], ascending=[False, True]).iterrows()
            ],
        }

    def recomendacion(self, titulo: str) -> list[str]:
        """The films whose overviews are nearest to that of a film."""
        row = self.movies.index.get_loc(self._film(titulo).name)
        similarity = cosine_similarity(self.vectors[row], self.vectors)[0]
        similarity[row] = -1
        return list(self.movies["title"].iloc[similarity.argsort()[::-1][:RECOMMENDED]])

    def _film(self, title: str) -> Any:
        """The film of a title; of several, the one with most votes."""
        found = self.movies[self.movies["title"].str.lower() == title.lower()]
        if found.empty:
            raise HTTPException(404, f"there is no film {title!r}")
        return found.sort_values("tmdb_vote_count", ascending=False).iloc[0]

    def _person(self, name: str, *, is_director: bool) -> Any:
        """The rows of the people of a name who acted, or directed."""
        people = self.people
        found = people[(people["person_name"].str.lower() == name.lower()) & (people["is_director"] == is_director)]
        if found.empty:
            raise HTTPException(404, f"there is nobody named {name!r}")
        return found


def _place(names: tuple[str, ...], name: str) -> int:
    """The place of a name, from 1."""
    if name.lower() not in names:
        raise HTTPException(404, f"{name!r} is none of {', '.join(names)}")
    return names.index(name.lower()) + 1


def _year(film: Any) -> int | None:
    return None if pd.isna(film["release_date"]) else int(film["release_date"].year)


def _known(number: Any) -> float | None:
    return None if pd.isna(number) else float(number)


def application(folder: Path) -> FastAPI:
    """The seven questions under the paths that the product has for them."""
    films, app = Films(folder), FastAPI()
    app.get("/cantidad-filmaciones/{mes}")(films.cantidad_filmaciones)
    app.get("/cantidad-filmaciones-dia/{dia}")(films.cantidad_filmaciones_dia)
    app.get("/score-titulo/{titulo}")(films.score_titulo)
    app.get("/votos-titulo/{titulo}")(films.votos_titulo)
    app.get("/nombre_actor/{nombre}")(films.nombre_actor)
    app.get("/director/{nombre}")(films.director)
    app.get("/recomendacion/{titulo}")(films.recomendacion)
    return app


if __name__ == "__main__":
    uvicorn.run(application(Path(sys.argv[1])), port=int(sys.argv[2]), log_level="warning")
