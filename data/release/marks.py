"""Marks of participants: numbers that nobody can compute without the secret, from which the rounding of persons is drawn."""

import hmac

import duckdb


def create_marks(connection: duckdb.DuckDBPyConnection, secret: bytes, *, prefixed: bool = False) -> None:
    """The macro participant_mark: a number of 64 bits drawn from a pseudonym and the secret; and own_id.

    `prefixed`: pseudonyms begin with the code of a structure, which leaves no trace in marks: with the same secret the same
    participants have the same numbers in the structure's own dashboard and in the observatory.
    """
    key = hmac.digest(secret, b"marks", "sha256").hex()
    own = "regexp_replace(text, '^[^:]*:', '')" if prefixed else "text"
    connection.execute(f"CREATE OR REPLACE TEMP MACRO own_id(text) AS {own}")
    connection.execute(
        f"CREATE OR REPLACE TEMP MACRO participant_mark(text) AS md5_number_lower(concat('{key}', text))"
    )
