"""The parts of the benchmarks, in the order of the page."""

from benchmarks import (
    api,
    build,
    endpoints,
    floor,
    mix,
    original,
    peers,
    recommendations,
    recommender,
    search,
    soak,
    transform,
)

PARTS = {
    part.name: part
    for part in (
        build.PART,
        transform.PART,
        floor.PART,
        api.PART,
        endpoints.PART,
        mix.PART,
        soak.PART,
        search.PART,
        recommender.PART,
        recommendations.PART,
        original.PART,
        peers.PART,
    )
}
"""By name."""
