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
        served = serving()
    except ExtractError:
        return _answer({"status": "release_broken"}, 503)
    release = served.release
    if release is None:
        return _answer({"status": "no_release"}, 503)
    status = {"status": "older_release", "broken": served.broken} if served.broken else {"status": "ok"}
    status_body = {**status, "release": release.id, "data_as_of": release.data_as_of.isoformat(), "demo": release.demo}
    return _answer(status_body, 200)


def _answer(status_body: dict[str, object], status: int) -> JSONResponse:
    return JSONResponse(status_body, status_code=status, headers={"Cache-Control": "no-store"})
