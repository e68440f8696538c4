"""An object store, a publisher and a replica: three places that share nothing but the store."""

import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import botocore.session
import pytest

from data.publish import publish
from data.release.history import point_at
from data.release.pointer import current_release
from data.release.publishing import publishing_lock
from data.release.releases import Release, releases_folder
from data.release.serving import serving
from tests.data.replica.object_store import ObjectStore
from tests.extracts import AS_OF, TODAY, contract, entry, write_parquet


@pytest.fixture(scope="session")
def _object_store() -> Iterator[ObjectStore]:
    """One for all tests; botocore reads its description of S3 once, not again for each client, which took half of these tests' time."""
    store = ObjectStore()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.session, "create_loader", lru_cache(botocore.session.create_loader))
        yield store
    store.stop()


@pytest.fixture
def store(_object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> ObjectStore:
    """Empty, and the one that the product finds."""
    _object_store.reset()
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL_S3", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "AWS_ENDPOINT_URL": _object_store.url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
    }.items():
        monkeypatch.setenv(name, value)
    return _object_store


class Machine:
    """A folder of extracts of its own; `here` makes it the one that the product works in."""

    def __init__(self, folder: Path, published: "Published", patch: pytest.MonkeyPatch) -> None:
        self.extracts, self._published, self._patch = folder / "extracts", published, patch

    def here(self) -> "Machine":
        self._patch.setenv("CAP_EXTRACTS", str(self.extracts))
        return self

    def publish(self, hours: int) -> Release:
        """A release of so many validated hours, serving here."""
        kept = self._published.of(hours)
        self.here()
        with publishing_lock():
            shutil.copytree(kept, releases_folder() / kept.name, dirs_exist_ok=True)
            return point_at(kept.name)

    def hours(self) -> int | None:
        """The validated hours of the release that serves here, whole; None when none does."""
        self.here()
        found = serving()
        assert found.broken == ""
        return int(found.release.hours_validated) if found.release else None

    def release(self) -> Release:
        """The release that serves here."""
        self.here()
        release = current_release()
        assert release is not None
        return release

    def folders(self) -> set[str]:
        """All that lies in the folder of releases, hidden names included."""
        return {found.name for found in (self.extracts / "releases").iterdir()}


class Published:
    """Releases by their validated hours, each published once, on a machine of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, hours: int) -> Path:
        """The folder of the release."""
        extracts = self._folder / str(hours) / "extracts"
        if not extracts.exists():
            lines = [entry(hours_validated=Decimal(hours))]
            sources = write_parquet(self._folder / str(hours), [contract()], lines)
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("CAP_EXTRACTS", str(extracts))
                publish(sources, as_of=AS_OF, today=TODAY)
        return (extracts / "current").resolve()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return Published(tmp_path_factory.mktemp("published"))


@pytest.fixture
def machine(tmp_path: Path, published: Published, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Machine]:
    return lambda name: Machine(tmp_path / name, published, monkeypatch)


@pytest.fixture
def publisher(machine: Callable[[str], Machine]) -> Machine:
    return machine("publisher")


@pytest.fixture
def other_publisher(machine: Callable[[str], Machine]) -> Machine:
    return machine("other_publisher")


@pytest.fixture
def replica(machine: Callable[[str], Machine]) -> Machine:
    return machine("replica")
