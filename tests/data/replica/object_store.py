"""An object store on loopback (moto) that can be made to misbehave."""

import logging
import threading
import urllib.request
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import BaseWSGIServer, make_server

BUCKET = "cap"
ADDRESS = f"s3://{BUCKET}/observatoire/rouen"
PREFIX = "observatoire/rouen"

# What becomes of an answer: its body, and the path that was asked for.
Fault = Callable[[bytes, str], bytes]


class ObjectStore:
    """`fault`: what changes each answer to a GET of an object; the promised length stays, so that less is a cut connection."""

    def __init__(self) -> None:
        self._app: Any = DomainDispatcherApplication(create_backend_app)
        self.fault: Fault | None = None
        self.asked: list[tuple[str, str]] = []
        self._server: BaseWSGIServer | None = None
        self.port = 0
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """On the port of before, when there was one."""
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = make_server("127.0.0.1", self.port, self._answer, threaded=True)
        self.port = self._server.port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Nothing listens any more; what is stored stays."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def reset(self) -> None:
        """Empty and well again."""
        self.fault = None
        if self._server is None:
            self.start()
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/moto-api/reset", method="POST"), timeout=10).close()
        self.client.create_bucket(Bucket=BUCKET)
        self.asked.clear()

    @cached_property
    def client(self) -> Any:
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
        return boto3.session.Session(**keys).client("s3", endpoint_url=self.url)  # type: ignore[arg-type]

    def names(self) -> set[str]:
        """The names of all objects below the prefix."""
        found = self.client.list_objects_v2(Bucket=BUCKET, Prefix=f"{PREFIX}/").get("Contents", [])
        return {entry["Key"].removeprefix(f"{PREFIX}/") for entry in found}

    def put(self, name: str, content: bytes) -> None:
        self.client.put_object(Bucket=BUCKET, Key=f"{PREFIX}/{name}", Body=content)

    def get(self, name: str) -> bytes:
        content: bytes = self.client.get_object(Bucket=BUCKET, Key=f"{PREFIX}/{name}")["Body"].read()
        return content

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = str(environ["PATH_INFO"])
        self.asked.append((environ["REQUEST_METHOD"], path))
        fault = self.fault
        if fault is None or environ["REQUEST_METHOD"] != "GET" or not path.startswith(f"/{BUCKET}/"):
            answer: Iterable[bytes] = self._app(environ, start_response)
            return answer
        begun: list[Any] = []
        body = b"".join(self._app(environ, lambda *given: begun.extend(given)))
        status, headers = begun[0], [entry for entry in begun[1] if entry[0].lower() != "content-length"]
        start_response(status, [*headers, ("Content-Length", str(len(body)))])
        return [fault(body, path)]
