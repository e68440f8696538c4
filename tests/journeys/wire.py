"""Streamlit's websocket without a browser: what somebody can send who writes the messages himself, and all that comes back."""

import http.client
import re
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.streamlit_private import HEALTH, STREAM, SUBPROTOCOL, USER_COOKIE_NAME, BackMsg, ForwardMsg, signed_cookie

LIMIT_SECONDS = 60


def signed_in(server: str, secret: str, **claims: Any) -> str:
    """The cookie of somebody whom the provider described so, signed as the server signs it."""
    result = {
        "origin": server,
        "is_logged_in": True,
        "iat": int(time.time()),
        "sub": "attacker",
        "nonce": "x",
        **claims,
    }
    return f"{USER_COOKIE_NAME}={signed_cookie(secret, result)}"


@dataclass(slots=True)
class Got:
    """All that came back of one run, as it was sent, and as messages."""

    messages: list[ForwardMsg] = field(default_factory=list)

    @property
    def content(self) -> str:
        """Every text in it."""
        return b"\n".join(message.SerializeToString() for message in self.messages).decode("utf-8", "replace")

    @property
    def pages(self) -> dict[str, str]:
        """The pages of the menu: address → hash."""
        menus = [message.navigation for message in self.messages if message.WhichOneof("type") == "navigation"]
        return {page.url_pathname: page.page_script_hash for page in menus[-1].app_pages} if menus else {}

    @property
    def widgets(self) -> set[str]:
        """The ids of the widgets that were drawn."""
        return set(re.findall(r"\$\$ID-[0-9a-f]+-[\w.$-]+", self.content))

    @property
    def fields(self) -> dict[str, str]:
        """The text fields that were drawn, those of the address among them: label → id."""
        elements = (message.delta.new_element for message in self.messages)
        fields = (element.text_input for element in elements if element.WhichOneof("type") == "text_input")
        return {field.label: field.id for field in fields}

    @property
    def choices(self) -> dict[str, str]:
        """The fields to choose several values from: label → id."""
        elements = (message.delta.new_element for message in self.messages)
        fields = (element.multiselect for element in elements if element.WhichOneof("type") == "multiselect")
        return {field.label: field.id for field in fields}

    @property
    def files(self) -> set[str]:
        """What the download buttons would ask for."""
        return {
            element.download_button.deferred_file_id
            for message in self.messages
            if (element := message.delta.new_element).WhichOneof("type") == "download_button"
        } - {""}


class Wire:
    """One session of one reader: a socket that a browser's page would hold."""

    def __init__(self, server: str, cookie: str = "", origin: str = "") -> None:
        self._server = server
        self._cookie = cookie
        self._origin = origin or server
        self._open = ExitStack()
        self.session = ""  # its id, known after the first run

    def __enter__(self) -> "Wire":
        xsrf = self._asked(HEALTH)[1].get("set-cookie", "").partition(";")[0]
        self._socket: ClientConnection = self._open.enter_context(
            connect(
                f"{self._server.replace('http', 'ws', 1)}{STREAM}",
                origin=Origin(self._origin),
                subprotocols=[Subprotocol(SUBPROTOCOL), Subprotocol(xsrf.partition("=")[2])],
                additional_headers={"Cookie": "; ".join(filter(None, [xsrf, self._cookie]))},
                max_size=None,
                open_timeout=LIMIT_SECONDS,
            )
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def run(self, page: str = "", query: str = "", *, script: str = "", widgets: dict[str, Any] | None = None) -> Got:
        """What comes back of a run of a page: by its address, or by the hash of its script; with these values of widgets."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        message.rerun_script.page_script_hash = script
        for name, value in (widgets or {}).items():
            state = message.rerun_script.widget_states.widgets.add(id=name)
            if isinstance(value, bool):
                state.trigger_value = value
            elif isinstance(value, list):
                state.string_array_value.data.extend(value)
            else:
                state.string_value = value
        self._socket.send(message.SerializeToString())
        return self._until("script_finished")

    def file(self, name: str) -> str:
        """The file behind a download button, as text; what is refused is empty."""
        message = BackMsg()
        message.backend_operation_request.request_id = "1"
        message.backend_operation_request.session_id = self.session
        message.backend_operation_request.deferred_file.file_id = name
        self._socket.send(message.SerializeToString())
        answer = self._until("backend_operation_response").messages[-1].backend_operation_response
        return self._asked(answer.deferred_file.url)[0].decode("utf-8", "replace") if answer.deferred_file.url else ""

    def _until(self, kind: str) -> Got:
        got = Got()
        while not got.messages or got.messages[-1].WhichOneof("type") != kind:
            data = self._socket.recv(timeout=LIMIT_SECONDS)
            assert isinstance(data, bytes)
            got.messages.append(ForwardMsg.FromString(data))
            if got.messages[-1].WhichOneof("type") == "new_session":
                self.session = got.messages[-1].new_session.initialize.session_id
        return got

    def _asked(self, path: str) -> tuple[bytes, dict[str, str]]:
        connection = http.client.HTTPConnection(urlsplit(self._server).netloc, timeout=LIMIT_SECONDS)
        try:
            connection.request("GET", path, headers={"Cookie": self._cookie})
            answer = connection.getresponse()
            return answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        finally:
            connection.close()
