"""Sessions and requests as /metrics counts them."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from pages.server.metrics import Counted, Measured


async def _session(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.receive_text()
    await websocket.send_text("seen")
    await websocket.receive_text()


def _page(request: Request) -> Response:
    return Response(status_code=int(request.path_params["status"]))


def test_sessions_while_they_are_open_and_requests_by_kind() -> None:
    measured = Measured()
    routes = [
        WebSocketRoute("/_stcore/stream", _session),
        Route("/{status:int}/client/CHU", _page),
        Route("/api/{status:int}", _page),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Counted, measured=measured)])
    client = TestClient(app, follow_redirects=False)

    def numbers() -> list[str]:
        return [line for line in measured.lines() if not line.startswith("#")]

    assert numbers() == ["cap_sessions 0"]
    for _ in range(2):
        client.get("/200/client/CHU")
    client.get("/404/client/CHU")
    client.get("/api/304")
    with client.websocket_connect("/_stcore/stream") as one, client.websocket_connect("/_stcore/stream") as other:
        for session in (one, other):
            session.send_text("here")
            assert session.receive_text() == "seen"
        assert numbers()[-1] == "cap_sessions 2"
        one.send_text("end")
        other.send_text("end")
    assert numbers() == [
        'cap_requests_total{kind="page",status="2xx"} 2',
        'cap_requests_total{kind="page",status="4xx"} 1',
        'cap_requests_total{kind="route",status="3xx"} 1',
        "cap_sessions 0",
    ]
