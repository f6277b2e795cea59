"""Not written yet."""

from analytics.diagnostic.finding import CANNOT_TELL, Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.warehouse.engine import Engine


def users_chase(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """Cannot tell yet."""
    basis = Basis("", "", {}, engine.as_of, 0)
    return Finding("users_chase", CANNOT_TELL, None, None, "", "", "", None, None, basis, reason="not written yet.")
