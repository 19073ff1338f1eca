"""Names in paths, raw or URL-encoded, through a real server."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.client import Client
from tests.api.server import Server, request, send

TITLES = {
    "Face/Off": 4,
    "8½": 5,
    "O Brother, Where Art Thou?": 6,
    "300": 7,
    "#Horror": 8,
    "100% Wolf": 9,
    "千と千尋の神隠し": 10,
    "V/H/S/2": 13,
    'A "Title"? What: 100%/50%': 14,
    "  aMÉLIE ": 1,
}


def get_raw(server: Server, target: bytes) -> tuple[int, dict[str, Any]]:
    """Request a target byte for byte, which HTTP clients do not, and return the status and the JSON body."""
    status, _, body = send(server, request(b"GET " + target))
    return status, json.loads(body)


@pytest.mark.parametrize(("title", "movie_id"), TITLES.items(), ids=TITLES)
def test_encoded_or_raw_title_finds_its_film(server: Server, client: Client, title: str, movie_id: int) -> None:
    path = f"/score-titulo/{quote(title, safe='')}"
    status, answer = get_raw(server, path.encode())
    assert (status, answer["id"]) == (200, movie_id)
    assert client.get(path).json() == answer
    if "#" not in title:  # clients do not send a raw #, and a request line cannot contain a raw space
        raw = b"/score-titulo/" + title.replace(" ", "%20").encode()
        assert get_raw(server, raw) == (200, answer)


@pytest.mark.parametrize(
    ("target", "movie_id"),
    [
        (b"/score-titulo/Titanic?anio=1953", 3),
        (b"/score-titulo/O%20Brother,%20Where%20Art%20Thou??anio=2000", 6),
        (b"/score-titulo/O%20Brother,%20Where%20Art%20Thou?id=6", 6),
        (b'/score-titulo/A%20"Title"?%20What:%20100%/50%?anio=1972', 14),
        (b"/score-titulo/O%20Brother,%20Where%20Art%20Thou?", 6),
        (b"/score-titulo//Face/Off/", 4),
        (b"/%2Fscore-titulo/Face%2FOff", 4),
        (b"/franquicia/V/H/S%20Collection", None),
        (b"/nombre_actor/Peter%20O'Toole", 104),
        (b"/nombre_actor/Robert%20Downey%20Jr.", 103),
        (b"/productoras-exitosas/Rankin%2FBass", None),
    ],
)
def test_name_with_parameters_slashes_quotes_or_dots_is_found(
    server: Server, target: bytes, movie_id: int | None
) -> None:
    status, answer = get_raw(server, target)
    assert (status, answer.get("id")) == (200, movie_id)
