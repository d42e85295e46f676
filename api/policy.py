"""Every route names its policy, or the program does not start."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may come, and whether young people can be seen: such a page is never sent without a read-log row."""

    name: str
    signed_in: bool
    shows_people: bool


PUBLIC = Policy("public", signed_in=False, shows_people=False)
SIGNED_IN = Policy("signed in", signed_in=True, shows_people=False)
PEOPLE = Policy("signed in, young people are shown", signed_in=True, shows_people=True)


def policy(wanted: Policy) -> Callable[[Endpoint], Endpoint]:
    """Names the policy of a route; stands under the route's own decorator."""

    def named(endpoint: Endpoint) -> Endpoint:
        endpoint.__policy__ = wanted  # type: ignore[attr-defined]
        return endpoint

    return named


def policy_of(route: object) -> Policy | None:
    """The policy a route has named."""
    found = getattr(getattr(route, "endpoint", None), "__policy__", None)
    return found if isinstance(found, Policy) else None


def refuse_naked_routes(routes: Sequence[BaseRoute]) -> None:
    """Raise TypeError naming the routes that have no policy. Files under /static are public."""
    naked = [
        f"{route.path} ({getattr(route, 'name', '')})"
        for route in iter_route_contexts(routes)
        if policy_of(route) is None and route.path != "/static"
    ]
    if naked:
        raise TypeError(f"routes without a policy: {', '.join(naked)}")
