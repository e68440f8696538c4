"""The server's own addresses: /sante, /metrics, /api. Whatever else lies below them is nothing, and says so as data, not as a page."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from pages.server.api.routes import Api
from pages.server.base_path import base_path
from pages.server.health import health
from pages.server.metrics import metrics


def own_routes() -> list[Route]:
    """Below `server.baseUrlPath`, as Streamlit's are."""
    base, api = base_path(), Api()
    routes = [Route(f"{base}/sante", health), Route(f"{base}/metrics", metrics)]
    routes += [Route(f"{base}/{name}/{{rest:path}}", _nothing) for name in ("sante", "metrics")]
    # Without a slash too: the data routes answer other methods and unknown paths themselves.
    return [*routes, Route(f"{base}/api", api), Route(f"{base}/api/{{path:path}}", api)]


def _nothing(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "not_found"}, status_code=404, headers={"Cache-Control": "no-store"})
