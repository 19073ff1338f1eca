"""Numbers as Spanish text."""


def format_decimal(number: float, digits: int = 2) -> str:
    """Return 1234.5 as `1.234,50`."""
    return f"{number:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def format_count(count: int, noun: str = "película") -> str:
    """Return a count with its noun: `1 voto`, `2.000 votos`, `3 películas producidas`."""
    words = noun if count == 1 else " ".join(f"{word}s" for word in noun.split())
    return f"{format_decimal(count, 0)} {words}"


def format_dollars(amount: float) -> str:
    """Return 30000000 as `USD 30.000.000`."""
    return f"USD {format_decimal(amount, 0)}"
