"""The macros with which a connection reads numbers, dates and flags as people write them."""

import duckdb

from data.reference import france_file
from data.sources.raw_table import file_literal

# Blanks that spreadsheets put around and inside numbers: space, tab, no-break and narrow no-break spaces, BOM.
BLANKS = " \t\r\n\u00a0\u202f\u2009\ufeff"
GAP = "[ \u00a0\u202f\u2009]"


def define_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the connection read numbers, dates and flags as people write them, and know the communes."""
    # Most cells hold the code of a present commune: the others alone are looked at twice.
    connection.execute(
        f"CREATE VIEW present_communes AS SELECT code FROM read_parquet({file_literal(france_file())}) WHERE kind = 'actuelle'"
    )
    group = f"{GAP}"
    whole = f"(\\d{{1,3}}({group}\\d{{3}})+|\\d+)"
    # Looking at both ends first costs a tenth of trimming every cell.
    connection.execute(f"""
        CREATE MACRO taken(x) AS
          CASE WHEN contains('{BLANKS}', x[1]) OR contains('{BLANKS}', x[-1]) THEN nullif(trim(x, '{BLANKS}'), '') ELSE x END
        """)
    # plain: digits alone. comma, point: the decimal mark is beyond doubt. unsure: 1,234 or 1.234 could be either.
    # Ordered so that one or two expressions recognise a common number: a CSV of a million lines has millions of them.
    connection.execute(f"""
        CREATE MACRO number_form(x) AS CASE
          WHEN contains(x, ',') THEN CASE
            WHEN regexp_full_match(x, '[-+−]?[1-9]\\d{{0,2}},\\d{{3}}') THEN 'unsure'
            WHEN regexp_full_match(x, '[-+−]?({whole}|\\d{{1,3}}(\\.\\d{{3}})+)?,\\d+') THEN 'comma'
            WHEN regexp_full_match(x, '[-+−]?\\d{{1,3}}(,\\d{{3}})+\\.\\d+') THEN 'point'
            WHEN regexp_full_match(x, '[-+−]?\\d{{1,3}}(,\\d{{3}}){{2,}}') THEN 'point' END
          WHEN contains(x, '.') THEN CASE
            WHEN regexp_full_match(x, '[-+−]?[1-9]\\d{{0,2}}\\.\\d{{3}}') THEN 'unsure'
            WHEN regexp_full_match(x, '[-+−]?{whole}?\\.\\d+') THEN 'point'
            WHEN regexp_full_match(x, '[-+−]?\\d{{1,3}}(\\.\\d{{3}}){{2,}}') THEN 'comma' END
          WHEN regexp_full_match(x, '[-+−]?{whole}') THEN 'plain'
        END""")
    connection.execute(f"""
        CREATE MACRO number_text(x, form) AS CASE form
          WHEN 'plain' THEN replace(regexp_replace(x, '{GAP}|\\+', '', 'g'), '−', '-')
          WHEN 'comma' THEN replace(replace(regexp_replace(x, '{GAP}|\\+|\\.', '', 'g'), '−', '-'), ',', '.')
          WHEN 'point' THEN replace(regexp_replace(x, '{GAP}|\\+|,', '', 'g'), '−', '-')
        END""")
    # A time of day is accepted when it is midnight: databases export dates so.
    connection.execute("""
        CREATE MACRO date_of(x) AS CASE
          WHEN regexp_full_match(x, '\\d{4}-\\d{2}-\\d{2}([T ]00:00(:00(\\.0+)?)?)?') THEN TRY_CAST(x[:10] AS DATE)
          WHEN regexp_full_match(x, '\\d{1,2}/\\d{1,2}/\\d{4}( 00:00(:00)?)?')
            THEN CAST(try_strptime(split_part(x, ' ', 1), '%d/%m/%Y') AS DATE)
        END""")
    connection.execute("""
        CREATE MACRO flag_of(x) AS CASE
          WHEN lower(x) IN ('oui', 'o', 'vrai', 'true', '1', 'x', 'yes', 'y') THEN true
          WHEN lower(x) IN ('non', 'n', 'faux', 'false', '0', 'no') THEN false
        END""")
