"""An object store that speaks S3. With faults.py the only module that knows boto3, which comes with the extra `s3`.

Where it is and who asks come from the usual places of that library: AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_DEFAULT_REGION, or its own files.
"""

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from data.replica.faults import fault, in_words, is_missing, status_of
from data.words import N_

_ADDRESS: Final = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(?P<prefix>[\w./=-]*))?", re.ASCII)
_ENDPOINTS: Final = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
_HERE: Final = ("127.0.0.1", "localhost", "::1")
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file as it was published: its plain name, its bytes, their fingerprint."""

    name: str
    size: int
    sha256: str


class Store:
    """The objects of a bucket below one prefix. Every fault of the store and of the network is an ExtractError."""

    def __init__(self, address: str) -> None:
        match = _ADDRESS.fullmatch(address)
        prefix = (match["prefix"] or "").strip("/") if match else ""
        if match is None or {".", ".."} & set(prefix.split("/")):
            message = N_("adresse illisible\u202f; écrivez s3://compartiment/préfixe.")
            raise fault(address, "store_address", message)
        self.address, self._bucket, self._prefix = address, match["bucket"], f"{prefix}/" if prefix else ""
        self._client = _client(address)

    def is_open_to_listeners(self) -> bool:
        """Whether what is sent may be read on its way: no TLS, and not within this machine."""
        endpoint = urlsplit(self._client.meta.endpoint_url)
        return endpoint.scheme == "http" and endpoint.hostname not in _HERE

    def read(self, name: str, most: int) -> tuple[bytes, str] | None:
        """A small object and its mark (ETag); None when there is none. One of more than `most` bytes is refused."""
        with in_words(self.address):
            answer = self._get(name)
            if answer is None:
                return None
            # Its own `with` gives the stream without the check of its length.
            with closing(answer["Body"]) as body:
                content: bytes = body.read(most + 1)
        if len(content) > most:
            raise fault(self.address, "store_wrong", N_("{name} est trop grand pour être de ce produit."), name=name)
        return content, answer["ETag"]

    def replace(self, name: str, content: bytes, mark: str | None) -> bool:
        """Whether the object was written: only while it still has this mark, or does not exist when there is none."""
        from botocore.exceptions import ClientError

        condition = {"IfMatch": mark} if mark else {"IfNoneMatch": "*"}
        with in_words(self.address):
            try:
                self._client.put_object(Bucket=self._bucket, Key=self._prefix + name, Body=content, **condition)
            except ClientError as error:
                # Somebody wrote it meanwhile (412), is writing it (409) or removed it (404).
                if not is_missing(error) and status_of(error) not in (409, 412):
                    raise
                # A request whose answer got lost is made again, and finds what it wrote itself.
                there = self.read(name, len(content))
                return there is not None and there[0] == content
        return True

    def upload(self, path: Path, file: StoredFile, folder: str) -> None:
        """The file, in the store as `folder/name`; nothing is sent when it is there already."""
        key = f"{self._prefix}{folder}/{file.name}"
        with in_words(self.address):
            if self._holds(key, file):
                return
            self._client.upload_file(str(path), self._bucket, key, ExtraArgs={"Metadata": {"sha256": file.sha256}})
            if not self._holds(key, file):
                raise fault(self.address, "store_wrong", N_("{name} n’y est pas arrivé entier."), name=file.name)

    def download(self, file: StoredFile, folder: str, path: Path) -> None:
        """The object `folder/name` as a file, durable. ExtractError when it is not what was published, byte for byte."""
        left, sha256 = file.size, hashlib.sha256()
        with in_words(self.address):
            answer = self._get(f"{folder}/{file.name}")
            if answer is None:
                raise fault(self.address, "store_wrong", N_("{name} n’y est pas."), name=file.name)
            with closing(answer["Body"]) as body, path.open("wb") as out:
                # One byte more than promised is enough to know: an object without end fills no disk.
                while left >= 0 and (chunk := body.read(min(_CHUNK, left + 1))):
                    left -= len(chunk)
                    sha256.update(chunk)
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
        if left or sha256.hexdigest() != file.sha256:
            message = N_("{name} n’est pas le fichier qui a été publié (taille ou somme SHA-256 différente).")
            raise fault(self.address, "store_wrong", message, name=file.name)

    def folders(self, below: str) -> dict[str, dt.datetime]:
        """The folders below that one, with the time of their newest object."""
        start = f"{self._prefix}{below}/"
        times: dict[str, dt.datetime] = {}
        with in_words(self.address):
            for key, when in self._objects(start):
                name, slash, _ = key.removeprefix(start).partition("/")
                if slash:
                    times[name] = max(when, times.get(name, when))
        return times

    def remove(self, folder: str) -> None:
        """Its objects, gone."""
        with in_words(self.address):
            for key, _ in list(self._objects(f"{self._prefix}{folder}/")):
                self._client.delete_object(Bucket=self._bucket, Key=key)

    def _objects(self, start: str) -> Iterator[tuple[str, dt.datetime]]:
        for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=start):
            for entry in page.get("Contents", ()):
                yield entry["Key"], entry["LastModified"]

    def _get(self, name: str) -> Any:
        from botocore.exceptions import ClientError

        try:
            return self._client.get_object(Bucket=self._bucket, Key=self._prefix + name)
        except ClientError as error:
            if is_missing(error):
                return None
            raise

    def _holds(self, key: str, file: StoredFile) -> bool:
        from botocore.exceptions import ClientError

        try:
            head = self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if status_of(error) == 404:
                return False
            raise
        return bool(head["ContentLength"] == file.size and head["Metadata"].get("sha256") == file.sha256)


def _client(address: str) -> Any:
    try:
        from boto3.session import Session
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError
    except ImportError as error:
        message = N_("un stockage objet demande l’extra s3\u00a0: uv run --extra s3 python -m …")
        raise fault(address, "store_extra", message) from error
    # Stores other than Amazon's know buckets by path, and not all of them Amazon's newer sums: ours are in the notice.
    custom = any(os.environ.get(name) for name in _ENDPOINTS)
    config = Config(
        connect_timeout=10,
        read_timeout=60,
        retries={"mode": "standard"},
        s3={"addressing_style": "path"} if custom else {},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    try:
        return Session().client("s3", config=config)
    except (BotoCoreError, ValueError) as error:
        message = N_("réglages du stockage objet inutilisables ({error})\u202f; vérifiez AWS_ENDPOINT_URL.")
        raise fault(address, "store_address", message, error=type(error).__name__) from error
