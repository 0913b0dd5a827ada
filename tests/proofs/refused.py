"""What is said about an asset that a park file must not have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError


def refusal(kind: type[BaseModel], fields: Mapping[str, Any]) -> str:
    """The whole message with which an asset of a kind is refused."""
    with pytest.raises(ValidationError) as refused:
        kind.model_validate(fields)
    return str(refused.value.errors()[0]["ctx"]["error"])
