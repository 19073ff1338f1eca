"""The tables that a query reads."""

from api.db.lineage import tables_read
from api.db.query_files import API_FOLDER, load_macros, load_query_files


def test_tables_of_macros_are_found() -> None:
    macros = (
        "-- one\ncreate or replace temp macro inner_one(a) as table (\n\n    select * from marts.dim_movies\n\n);\n"
        "create or replace temp macro outer_one(a) as table (from inner_one(a) where marts.text_key(a) = '');\n",
    )
    text = "select * from outer_one($a) inner join quality.build_info on true"
    assert tables_read(text, macros) == ("marts.dim_movies", "quality.build_info")
    assert tables_read("select marts.text_key($a)", macros) == ()


def test_every_query_file_reads_a_table() -> None:
    macros = load_macros(API_FOLDER)
    for name, file in load_query_files(API_FOLDER).items():
        reads_none = name == "search_typed"  # it only splits its parameter into words
        assert reads_none or tables_read(file.text, macros) or "duckdb_tables()" in file.text, name
