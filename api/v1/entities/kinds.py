"""The six kinds of things that films list: what is said of one is said of all."""

from dataclasses import dataclass
from functools import cached_property

import msgspec

from api.lists.endpoint import ListEndpoint
from api.v1.entities import schemas


@dataclass(frozen=True)
class Kind:
    """A kind of thing that films list. Its queries are `list_<plural>` and `get_<name>`."""

    name: str
    plural: str
    """The path under /v1 as well."""
    title: str
    """What one of them is called in a sentence."""
    key_type: type[int] | type[str]
    movie_filter: str
    """The filter of /v1/movies that counts the films that this kind counts."""
    example: msgspec.Struct

    @property
    def key(self) -> str:
        """The field that tells one from another."""
        return type(self.example).__struct_fields__[0]

    @cached_property
    def listing(self) -> ListEndpoint:
        """How they are listed: sorted by any field, by name as it is spelled without accents."""
        fields = type(self.example).__struct_fields__
        orders = {field: f"{field}_key" for field in fields if field.endswith("_name")}
        return ListEndpoint(f"list_{self.plural}", type(self.example), self.key, "-movie_count", fields, orders)


KINDS = (
    Kind(
        name="genre",
        plural="genres",
        title="genre",
        key_type=int,
        movie_filter="genre",
        example=schemas.GenreTotals(
            genre_id=18,
            genre_name="Drama",
            movie_count=20_234,
            known_revenue_movie_count=3675,
            total_revenue_usd=160_803_769_337,
        ),
    ),
    Kind(
        name="company",
        plural="companies",
        title="production company",
        key_type=int,
        movie_filter="company",
        example=schemas.CompanyTotals(
            company_id=3,
            company_name="Pixar Animation Studios",
            movie_count=52,
            known_revenue_movie_count=18,
            total_revenue_usd=11_188_533_734,
        ),
    ),
    Kind(
        name="country",
        plural="countries",
        title="production country",
        key_type=str,
        movie_filter="country",
        example=schemas.CountryTotals(
            country_code="AR",
            country_name="Argentina",
            movie_count=254,
            known_revenue_movie_count=15,
            total_revenue_usd=212_219_548,
        ),
    ),
    Kind(
        name="language",
        plural="languages",
        title="language",
        key_type=str,
        movie_filter="original_language",
        example=schemas.LanguageTotals(
            language_code="es",
            language_name="Español",
            movie_count=992,
            spoken_movie_count=2412,
            known_revenue_movie_count=95,
            total_revenue_usd=1_079_643_285,
        ),
    ),
    Kind(
        name="collection",
        plural="collections",
        title="collection",
        key_type=int,
        movie_filter="collection",
        example=schemas.CollectionTotals(
            collection_id=10194,
            collection_name="Toy Story Collection",
            movie_count=3,
            known_revenue_movie_count=3,
            total_revenue_usd=1_937_890_605,
        ),
    ),
    Kind(
        name="keyword",
        plural="keywords",
        title="keyword",
        key_type=int,
        movie_filter="keyword",
        example=schemas.KeywordTotals(
            keyword_id=10051,
            keyword_name="heist",
            movie_count=99,
            known_revenue_movie_count=36,
            total_revenue_usd=4_085_415_219,
        ),
    ),
)
