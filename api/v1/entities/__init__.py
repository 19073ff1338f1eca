"""What films list: genres, companies, countries, languages, collections and keywords, each with its films."""
