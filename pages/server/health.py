"""/sante: whether the server has a release to show, for monitoring and for whoever waits for its start."""

from starlette.requests import Request
from starlette.responses import JSONResponse

from data.problems import ExtractError
from data.release.serving import serving


def health(_request: Request) -> JSONResponse:
    """200 with the release that serves, and with the one in whose place it serves when that one is cut, changed or gone (`older_release`);
    503 when nothing whole can serve. No path and no cause leave.
    """
    try:
        found = serving()
    except ExtractError:
        return _answer({"status": "release_broken"}, 503)
    release = found.release
    if release is None:
        return _answer({"status": "no_release"}, 503)
    status = {"status": "older_release", "broken": found.broken} if found.broken else {"status": "ok"}
    told = {**status, "release": release.id, "data_as_of": release.data_as_of.isoformat(), "demo": release.demo}
    return _answer(told, 200)


def _answer(told: dict[str, object], status: int) -> JSONResponse:
    return JSONResponse(told, status_code=status, headers={"Cache-Control": "no-store"})
