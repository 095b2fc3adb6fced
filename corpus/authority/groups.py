"""The YAML form that authority files share: groups of members, a group stating what its members have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from corpus.errors import AuthorityError

#: The C loader where it was built, ten times as fast; both refuse tags that would make objects.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def members_of(text: str, source: str) -> Iterator[tuple[object, Mapping[str, Any]]]:
    """Each member of a list of groups with what its group shares; raises `AuthorityError` naming `source`."""
    try:
        groups = yaml.load(text, Loader=_Loader)  # noqa: S506  a safe loader, the C one where it was built
    except yaml.YAMLError as error:
        raise AuthorityError(f"{source}: {' '.join(str(error).split())}") from error
    if not isinstance(groups, list):
        raise AuthorityError(f"{source}: expected a list of groups")
    for group in groups:
        if not isinstance(group, dict) or not isinstance(group.get("members"), list):
            raise AuthorityError(f"{source}: a group needs a list of members")
        shared = {key: value for key, value in group.items() if key != "members"}
        for member in group["members"]:
            yield member, shared
