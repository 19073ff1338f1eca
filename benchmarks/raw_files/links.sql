select
    film + 1 as movieId,
    format('{:07}', film + 1) as imdbId,
    if(kind = 'links.unknown_movie', null, film + 1) as tmdbId
from films
