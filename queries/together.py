"""Several questions at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar, overload

from queries.rights.access import Access
from queries.scope import Scope

_A = TypeVar("_A")
_B = TypeVar("_B")
_C = TypeVar("_C")
_D = TypeVar("_D")


@overload
def together(
    access: Access,
    scope: Scope,
    first: Callable[[Access, Scope], _A],
    second: Callable[[Access, Scope], _B],
    third: Callable[[Access, Scope], _C],
    /,
) -> tuple[_A, _B, _C]: ...
@overload
def together(
    access: Access,
    scope: Scope,
    first: Callable[[Access, Scope], _A],
    second: Callable[[Access, Scope], _B],
    third: Callable[[Access, Scope], _C],
    fourth: Callable[[Access, Scope], _D],
    /,
) -> tuple[_A, _B, _C, _D]: ...
@overload
def together(access: Access, scope: Scope, *questions: Callable[[Access, Scope], _A]) -> tuple[_A, ...]: ...
def together(access: Access, scope: Scope, *questions: Callable[[Access, Scope], Any]) -> tuple[Any, ...]:
    """The answers to several questions at once: while one is planned, which takes a single thread, another runs.

    Raises what the first of them that fails raises.
    """
    with ThreadPoolExecutor(access.settings.engine.threads) as threads:
        return tuple(threads.map(lambda question: question(access, scope), questions))
