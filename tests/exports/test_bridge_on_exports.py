"""The bridge on public exports of real desks: it reconciles to the ticket, over every window, for every dimension."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.extent import extent
from analytics.filters import Filters
from analytics.flow.bridge import bridge
from analytics.flow.contributions import PARTS, contributions
from analytics.kpis.backlog import BACKLOG
from analytics.measure import measure
from analytics.query import compose
from analytics.warehouse.engine import Engine, open_engine
from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.importer import import_exports
from analytics.warehouse.schema import DIMENSIONS
from tests.cli.command_line import ROOT

EXPORTS = ROOT.parent / "shared" / "exports"
# Reopenings: those of the log whose ticket has an opening time, on or after it.
FILES = {
    "servicenow-event-log/incident_event_log.zip": 332,
    "volvo-it/incidents.csv": 580,
    "volvo-it/problems-closed.csv": None,
    "volvo-it/problems-open.csv": None,
    "italian-helpdesk/finale.csv": 161,
    "apache-jira/apache_jira_issues.csv": 0,
    "chicago-311/chicago311_sanitation.csv": 0,
    "servicenow-demo/incident_list_demo.xlsx": 0,
    "servicenow-demo/incident_export_demo.json": None,
    "servicenow-demo/incident_list_demo_2016.csv": None,
    "servicenow-demo/incident_table_api_display_value.ndjson": None,
    "hp-service-manager/ITSM_data_40row_sample.csv": None,
    "jira-cloud/jira_cloud_all_fields_masked.csv": None,
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports are not beside this checkout (shared/exports)"),
]


@pytest.fixture(scope="module", params=FILES, ids=lambda name: Path(name).stem)
def export(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Engine]]:
    folder = tmp_path_factory.mktemp("export")
    import_exports(folder, [EXPORTS / request.param], ImportOptions())
    engine = open_engine(folder)
    yield request.param, engine
    engine.close()


def _windows(engine: Engine) -> list[Filters]:
    """All time, its four quarters, and its last 90 days; one export says of no ticket when it was opened."""
    reach = extent(engine)
    if reach.first_day is None or reach.last_day is None:
        return [Filters(date(2016, 1, 1), date(2017, 1, 1))]
    first, end = reach.first_day, reach.last_day + timedelta(days=1)
    step = max((end - first) // 4, timedelta(days=1))
    quarters = [Filters(first + i * step, first + (i + 1) * step) for i in range(4)]
    return [Filters(first, end), *quarters, Filters(end - timedelta(days=90), end)]


def _backlog(engine: Engine, before: date | None) -> int:
    return int(measure(engine, compose(BACKLOG, Filters(end=before))).value or 0)


def test_it_reconciles_over_every_window_for_every_dimension(export: tuple[str, Engine]) -> None:
    _, engine = export
    for chosen in _windows(engine):
        whole = bridge(engine, chosen)
        assert whole.leak == 0
        assert (whole.start, whole.end) == (_backlog(engine, chosen.start), _backlog(engine, chosen.end))
        for dimension in DIMENSIONS:
            found = contributions(engine, chosen, dimension)
            assert found.change == whole.end - whole.start, dimension
            if found.before is not None:
                assert (found.frame[list(PARTS)].sum(axis=1) == found.frame["change"]).all(), dimension


def test_the_bridge_of_all_time_starts_at_nothing_and_counts_every_reopening(export: tuple[str, Engine]) -> None:
    name, engine = export
    whole = bridge(engine, Filters())
    openings = int(engine.query("SELECT count(*) AS n FROM tickets WHERE opened_on IS NOT NULL")["n"].iloc[0])
    assert (whole.start, whole.opened) == (0, openings)
    assert FILES[name] is None or whole.reopened == FILES[name]
    assert name != "apache-jira/apache_jira_issues.csv" or whole.end == 8_469
