"""The target of the attacks, made once."""

import os
import sys

import pytest

from tests.sql.target import VARIABLE, Target, made_target


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Target:
    """A desk with everything that must not be found."""
    if sys.platform != "linux":
        pytest.skip("SQL runs on Linux only, where the kernel holds a statement in bounds")
    made = made_target(tmp_path_factory.mktemp("attacked"))
    os.environ.pop(VARIABLE, None)
    return made
