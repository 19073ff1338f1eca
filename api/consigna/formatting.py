"""Numbers as Spanish text."""


def format_integer(number: int) -> str:
    """Return 1234567 as `1.234.567`."""
    return f"{number:,}".replace(",", ".")


def format_decimal(number: float, digits: int = 2) -> str:
    """Return 1234.5 as `1.234,50`."""
    return f"{number:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def format_count(count: int, singular: str, plural: str) -> str:
    """Return a count with its noun: `1 voto`, `2.000 votos`."""
    return f"{format_integer(count)} {singular if count == 1 else plural}"


def format_films(count: int) -> str:
    """Return a count of films: `1 película`, `2.000 películas`."""
    return format_count(count, "película", "películas")


def format_dollars(amount: float) -> str:
    """Return 30000000 as `USD 30.000.000`."""
    return f"USD {format_integer(round(amount))}"
