"""The engine reads one snapshot and nothing else: no files, no network, no settings, no end to a query without one."""

import threading
import time
from pathlib import Path

import duckdb
import pytest

from analytics.errors import QueryTooLong
from analytics.warehouse.engine import Engine
from tests.warehouse_of import snapshot_of

SECRET = "a-line-of-a-secret-file"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("warehouse")
    (made / "secret.csv").write_text(f"text\n{SECRET}\n")
    (made / "secret.json").write_text(f'{{"text": "{SECRET}"}}')
    return made


@pytest.fixture(scope="module")
def engine(folder: Path) -> Engine:
    return Engine(snapshot_of([{"opened_at": "2026-03-02"}] * 3, folder))


READ = (
    "SELECT * FROM read_csv('{folder}/secret.csv')",
    "SELECT * FROM read_csv_auto('{folder}/secret.csv')",
    "SELECT * FROM '{folder}/secret.csv'",
    'FROM "{folder}/secret.csv"',
    "SELECT * FROM read_text('{folder}/secret.csv')",
    "SELECT * FROM read_blob('{folder}/*')",
    "SELECT * FROM read_json('{folder}/secret.json')",
    "SELECT * FROM read_json_auto('{folder}/secret.json')",
    "SELECT * FROM read_ndjson('{folder}/secret.json')",
    "SELECT * FROM read_parquet('{folder}/secret.csv')",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM sniff_csv('{folder}/secret.csv')",
    "SELECT * FROM read_duckdb('{folder}/*.duckdb')",
    "SELECT (SELECT text FROM read_csv('{folder}/secret.csv')) AS stolen FROM tickets",
    "WITH t AS (FROM read_text('{folder}/secret.csv')) SELECT * FROM t",
    "SELECT getenv('HOME')",
)
WRITE = (
    "COPY tickets TO '{folder}/out.csv'",
    "COPY (SELECT 1 AS one) TO '{folder}/out.parquet' (FORMAT parquet)",
    "EXPORT DATABASE '{folder}/out'",
    "ATTACH '{folder}/out.duckdb' AS out",
    "ATTACH '{folder}/out.duckdb' AS out (READ_ONLY)",
    "CREATE TABLE mine AS SELECT 1 AS one",
    "INSERT INTO tickets SELECT * FROM tickets",
    "UPDATE tickets SET priority = 1",
    "DELETE FROM tickets",
    "DROP TABLE tickets",
    "ALTER TABLE tickets ADD COLUMN mine INTEGER",
    "CREATE VIEW mine AS SELECT 1 AS one",
    "IMPORT DATABASE '{folder}'",
    "SELECT 1 AS one; DROP TABLE tickets",
)
SETTINGS = (
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET GLOBAL enable_external_access = true",
    "RESET enable_external_access",
    "RESET lock_configuration",
    "SET memory_limit = '100GB'",
    "SET temp_directory = '{folder}'",
    "SET allow_community_extensions = true",
    "SET TimeZone = 'Asia/Tokyo'",
    "PRAGMA enable_profiling",
    "SET profiling_output = '{folder}/out.json'",
    "SET log_query_path = '{folder}/out.log'",
    "SET secret_directory = '{folder}'",
    "SET home_directory = '{folder}'",
)
NETWORK = (
    "INSTALL httpfs",
    "INSTALL spatial FROM community",
    "LOAD httpfs",
    "LOAD '{folder}/extension.duckdb_extension'",
    "FORCE INSTALL httpfs",
    "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
    "SELECT * FROM 'https://127.0.0.1:9/x.parquet'",
    "SELECT * FROM read_text('s3://bucket/x')",
    "ATTACH 'http://127.0.0.1:9/x.duckdb' AS x",
    "CREATE SECRET mine (TYPE s3, KEY_ID 'a', SECRET 'b')",
    "CREATE PERSISTENT SECRET mine (TYPE s3, KEY_ID 'a', SECRET 'b')",
    "ATTACH 'postgres:dbname=x' AS pg",
    "ATTACH 'sqlite:{folder}/state.sqlite' AS lite",
)


@pytest.mark.parametrize("sql", READ + WRITE + SETTINGS + NETWORK)
def test_what_is_not_a_question_about_the_tickets_is_refused(engine: Engine, folder: Path, sql: str) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    with pytest.raises(duckdb.Error) as refused:
        engine.query(sql.replace("{folder}", str(folder)))
    assert SECRET not in str(refused.value)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert int(engine.query("SELECT count(*) AS n FROM tickets")["n"].iloc[0]) == 3


def test_a_frame_of_the_program_is_not_a_table(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = engine.query("SELECT 1 AS one")
    monkeypatch.setattr("analytics.warehouse.engine.frame_of_the_program", frame, raising=False)
    with pytest.raises(duckdb.Error):
        engine.query("SELECT * FROM frame_of_the_program")


def test_the_settings_are_locked_as_they_are_meant(engine: Engine) -> None:
    frame = engine.query("SELECT name, value FROM duckdb_settings()")
    settings = dict(zip(frame["name"], frame["value"], strict=True))
    off = ("enable_external_access", "python_enable_replacements", "autoload_known_extensions",
           "autoinstall_known_extensions", "allow_community_extensions", "allow_persistent_secrets")  # fmt: skip
    assert {name: settings[name] for name in off} == dict.fromkeys(off, "false")
    assert settings["lock_configuration"] == "true"
    assert settings["temp_directory"] == ""
    # "Etc/UTC" would be the machine's: a query has a cursor of its own, which inherits global settings only.
    assert settings["TimeZone"] == "UTC"


ENDLESS = "SELECT count(*) AS n FROM range(100000000) AS a, range(100000000) AS b WHERE a.range + b.range = :wanted"


def test_a_query_over_its_time_is_stopped_and_the_engine_still_works(engine: Engine) -> None:
    started = time.monotonic()
    with pytest.raises(QueryTooLong, match=r"longer than 0\.2 seconds"):
        engine.query(ENDLESS, {"wanted": -1}, seconds=0.2)
    assert time.monotonic() - started < 10
    assert int(engine.query("SELECT count(*) AS n FROM tickets")["n"].iloc[0]) == 3


def test_stopping_one_query_leaves_the_others_running(engine: Engine) -> None:
    stopped: list[Exception] = []

    def run() -> None:
        try:
            engine.query(ENDLESS, {"wanted": -1}, seconds=0.5)
        except QueryTooLong as error:
            stopped.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while thread.is_alive():
        assert int(engine.query("SELECT count(*) AS n FROM tickets")["n"].iloc[0]) == 3
    thread.join()
    assert len(stopped) == 1


def test_many_threads_share_an_engine(engine: Engine) -> None:
    found: list[int] = []

    def ask(number: int) -> None:
        for _ in range(10):
            frame = engine.query("SELECT count(*) + :number AS n FROM tickets", {"number": number})
            found.append(int(frame["n"].iloc[0]) - number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [3] * 80
