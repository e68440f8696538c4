"""Faults of the network and of an object store, in words. No message of theirs passes: it might quote a key."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from data.problems import ExtractError, Problem
from data.words import N_


def fault(address: str, kind: str, message: str, **values: object) -> ExtractError:
    """The error of an object store at that address. Kinds: store_unreachable (try again), store_refused, store_wrong."""
    return ExtractError(Problem(kind=kind, file=address, message=message, values=dict(values)))


@contextmanager
def in_words(address: str) -> Iterator[None]:
    """Whatever boto3 raises within, as an ExtractError."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError

    try:
        yield
    except ClientError as error:
        raise _refused(address, error) from error
    except (NoCredentialsError, PartialCredentialsError) as error:
        message = N_("aucun identifiant\u202f; donnez AWS_ACCESS_KEY_ID et AWS_SECRET_ACCESS_KEY.")
        raise fault(address, "store_refused", message) from error
    except Boto3Error as error:
        cause = error.__context__
        raise (
            _refused(address, cause) if isinstance(cause, ClientError) else _silent(address, cause or error)
        ) from error
    except BotoCoreError as error:
        raise _silent(address, error) from error


def code_of(error: Any) -> str:
    """The store's own word for why it refuses: NoSuchKey, AccessDenied."""
    return str(error.response.get("Error", {}).get("Code", ""))


def status_of(error: Any) -> int:
    """The status of its answer."""
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def is_missing(error: Any) -> bool:
    """Whether the object is not there, in a bucket that is."""
    return status_of(error) == 404 and code_of(error) != "NoSuchBucket"


def _refused(address: str, error: Any) -> ExtractError:
    code, status = code_of(error), status_of(error)
    if code == "NoSuchBucket":
        return fault(address, "store_refused", N_("ce compartiment n’existe pas."))
    if status in (401, 403):
        message = N_("accès refusé ({code})\u202f; vérifiez les identifiants et leurs droits sur ce compartiment.")
        return fault(address, "store_refused", message, code=code)
    if status >= 500:
        return fault(address, "store_unreachable", N_("le stockage objet est en panne ({code})."), code=code)
    return fault(address, "store_refused", N_("le stockage objet refuse la demande ({code})."), code=code)


def _silent(address: str, error: BaseException) -> ExtractError:
    message = N_("le stockage objet ne répond pas ({error}).")
    return fault(address, "store_unreachable", message, error=type(error).__name__)
