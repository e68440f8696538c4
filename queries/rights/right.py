"""What not every role may see or do. Which role may what is in `rights.py`."""

from enum import StrEnum


class Right(StrEnum):
    """Something that not every role may see or do."""

    LOTS = "lots"
    COMPANIES = "companies"
    PENALTIES = "penalties"
    FACILITATORS = "facilitators"
    PEOPLE = "people"
    BUILD = "build"
    DETAIL = "detail"
    COMMENTS = "comments"
    WRITE_COMMENTS = "write_comments"
    ROUTES = "routes"
    SQL = "sql"
    PUBLISH = "publish"
