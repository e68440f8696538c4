"""/sante: whether the server has a release to show, for monitoring and for whoever waits for its start."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from data.problems import ExtractError
from data.release.releases import check_files, current_release


def health(_request: Request) -> JSONResponse:
    """200 with the release that serves; 503 without one, or when a file of it is cut or changed. No path and no cause leave."""
    try:
        release = current_release()
        if release is not None:
            check_files(release)
    except ExtractError:
        return _answer({"status": "release_broken"}, 503)
    if release is None:
        return _answer({"status": "no_release"}, 503)
    told = {"status": "ok", "release": release.id, "data_as_of": release.data_as_of.isoformat(), "demo": release.demo}
    return _answer(told, 200)


def _answer(told: dict[str, object], status: int) -> JSONResponse:
    return JSONResponse(told, status_code=status, headers={"Cache-Control": "no-store"})


HEALTH_ROUTE = Route("/sante", health)
