"""The gate: one SELECT, over the permitted tables, with functions that only compute. All else is refused, by name.

It reads the tree of DuckDB's own parser, so it sees what the engine will see. It is not what keeps secrets (there are
none in the process): it says early and in words what cannot work, and leaves nothing to later layers that it can stop.
"""

import json
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

import duckdb

from analytics.errors import did_you_mean
from analytics.warehouse.sandbox.complaints import complaint
from analytics.warehouse.sandbox.errors import SqlRefused
from analytics.warehouse.sandbox.limits import LONGEST_STATEMENT
from analytics.warehouse.sandbox.permitted import PERMITTED
from analytics.warehouse.sandbox.syntax_nodes import permitted

# A deeper tree would be refused by the engine too, or overflow its stack.
_DEEPEST = 1_500
_MOST_NODES = 200_000
_LONGEST_QUOTED = 60
_ALIKE = 0.75
_PLAIN_NAME = re.compile(r"[^\W\d]\w*", re.UNICODE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NOT_ROOM = "the statement is nested too deeply or too long: split it with WITH."
_Scope = frozenset[str]


def check_text(statement: str) -> None:
    """What needs no parser: length, and letters that a person cannot see. Raises `SqlRefused`."""
    if not statement.strip():
        raise SqlRefused("There is no statement: write one that begins with SELECT, WITH or FROM.")
    if len(statement) > LONGEST_STATEMENT:
        raise SqlRefused(f"A statement may have up to {LONGEST_STATEMENT:,} characters; this has {len(statement):,}.")
    if _UNSEEN.search(statement):
        raise SqlRefused("The statement holds a control character: type it anew instead of pasting it.")


def checked(connection: duckdb.DuckDBPyConnection, statement: str) -> duckdb.Statement:
    """The statement, parsed and found to be in order; raises `SqlRefused` with the reason."""
    check_text(statement)
    try:
        parsed = connection.extract_statements(statement)
        if len(parsed) != 1:
            _refuse_number(len(parsed))
        if (kind := _kind(parsed[0])) != duckdb.StatementType.SELECT:
            raise SqlRefused(_not_a_select(kind, statement))
        serialised = connection.execute("SELECT CAST(json_serialize_sql(?) AS VARCHAR)", [parsed[0].query]).fetchall()
        tree = json.loads(serialised[0][0])
    except duckdb.Error as error:
        raise SqlRefused(complaint(error, statement)) from None
    except RecursionError:
        raise SqlRefused(f"It cannot be read: {_NOT_ROOM}") from None
    if tree.get("error") is not False or len(tree["statements"]) != 1:
        raise SqlRefused(_not_a_select(None, statement))
    check_tree(tree["statements"][0])
    return _without_end(connection, parsed[0])


def _without_end(connection: duckdb.DuckDBPyConnection, parsed: duckdb.Statement) -> duckdb.Statement:
    """Without a semicolon and comments after it: the engine sets the text into another statement, for a page of it."""
    tokens = duckdb.tokenize(parsed.query)
    text = parsed.query.encode()
    end = len(text)
    for place, kind in reversed(tokens):
        if kind != duckdb.token_type.comment and text[place:end].strip() != b";":
            break
        end = place
    return connection.extract_statements(text[:end].decode())[0] if end < len(text) else parsed


def _kind(parsed: duckdb.Statement) -> duckdb.StatementType | None:
    """None for one so new that the engine's own list does not have it."""
    try:
        return parsed.type
    except ValueError:
        return None


def _refuse_number(count: int) -> None:
    if not count:
        raise SqlRefused("There is no statement, only a comment: write one that begins with SELECT, WITH or FROM.")
    raise SqlRefused(f"Only one statement at a time: this has {count}. Take out all but one, with its semicolon.")


def _not_a_select(kind: Any, statement: str) -> str:
    first = re.match(r"[\s(]*([A-Za-z]+)", statement)
    if re.search(r"\bpivot\b", statement, re.IGNORECASE) and (kind is None or "MULTI" in str(kind)):
        return (
            "PIVOT works here with its values named: SELECT * FROM (SELECT category, priority FROM tickets) "
            "PIVOT (count(*) FOR priority IN (1, 2, 3))."
        )
    word = f": {first.group(1).upper()} is refused" if first else ""
    return f"Only reading is possible here, with one SELECT{word}."


def check_tree(tree: dict[str, Any]) -> None:
    """Every node of a serialised statement; raises `SqlRefused` at the first that is not permitted."""
    # (node, names of the CTEs it can see, depth): a stack of our own, because trees are deeper than Python's.
    todo: list[tuple[Any, _Scope, int]] = [(tree, frozenset(), 0)]
    seen = 0
    while todo:
        node, scope, depth = todo.pop()
        seen += 1
        if depth > _DEEPEST or seen > _MOST_NODES:
            raise SqlRefused(f"It cannot be run: {_NOT_ROOM}")
        if isinstance(node, list):
            todo.extend((each, scope, depth + 1) for each in node)
        elif isinstance(node, dict):
            _check_node(node, scope)
            todo.extend((child, inner, depth + 1) for child, inner in _children(node, scope))


def _children(node: dict[str, Any], scope: _Scope) -> Iterator[tuple[Any, _Scope]]:
    """What is below a node, each with the names that it can see: a CTE sees those before it, itself if recursive."""
    inner = scope
    for entry in (node.get("cte_map") or {}).get("map", ()):
        name, value = entry["key"], entry["value"]
        if not _PLAIN_NAME.fullmatch(name):
            raise SqlRefused("The name of a WITH table has letters, digits and _ only.")
        recursive = value.get("query_node", {}).get("type") == "RECURSIVE_CTE_NODE"
        yield value, inner | {name.lower()} if recursive else inner
        inner = inner | {name.lower()}
    yield from ((child, inner) for field, child in node.items() if field != "cte_map")


def _check_node(node: dict[str, Any], scope: _Scope) -> None:
    """Known kind, known fields; then what the kind asks for."""
    kind = node.get("type")
    if isinstance(kind, str) and "class" not in node and kind not in permitted().parts:
        raise SqlRefused(permitted().reasons.get(kind, f"Such a clause is not permitted here ({_spelled(kind)})."))
    known = permitted().fields
    if unknown := [field for field, value in node.items() if field not in known and value not in (None, "", [], {})]:
        raise SqlRefused(f"This statement uses something that is not known here ({unknown[0]}).")
    if isinstance(kind, str) and "class" in node:
        _check_expression(node, kind)
    elif kind in ("BASE_TABLE", "SHOW_REF", "TABLE_FUNCTION"):
        _check_table(node, scope, kind)


def _check_expression(node: dict[str, Any], kind: str) -> None:
    group = node["class"]
    if kind not in permitted().expressions.get(group, ()):
        raise SqlRefused(
            permitted().reasons.get(kind, f"This kind of expression is not permitted here ({_spelled(kind)}).")
        )
    if group in ("FUNCTION", "WINDOW"):
        _check_function(node)
    elif group == "COLUMN_REF":
        _check_column(node["column_names"])
    elif group == "TYPE":
        _check_type(node)


def _check_column(names: list[str]) -> None:
    if len(names) == 1 and names[0].lower() in permitted().forbidden_columns:
        raise SqlRefused(f"{names[0]} tells of the engine, not of the tickets, and is not permitted here.")


def _check_function(node: dict[str, Any]) -> None:
    """Windows without a name of their own are known by their type."""
    name = node.get("function_name") or ""
    allowed = permitted().functions
    if node.get("export_state") or node.get("catalog") or (not name and node["class"] == "FUNCTION"):
        raise SqlRefused(f"The function{_quoted(name)} is not permitted in this form.")
    if name and name.lower() not in allowed:
        same = permitted().elsewhere.get(name.lower())
        hint = f" Use {same} instead." if same else _hint(name, allowed)
        raise SqlRefused(f"The function{_quoted(name)} is not permitted here.{hint}")


def _check_type(node: dict[str, Any]) -> None:
    name = str(node.get("type_name", ""))
    if node.get("catalog") or node.get("schema") or name.lower() not in permitted().types:
        raise SqlRefused(f"There is no {_named('type', name)} here.{_hint(name, permitted().types)}")


def _check_table(node: dict[str, Any], scope: _Scope, kind: str) -> None:
    if kind == "TABLE_FUNCTION":
        _check_table_function(node["function"])
        return
    if kind == "SHOW_REF":
        if not node.get("query") or node.get("table_name"):
            raise SqlRefused(f"SHOW is not permitted here. The tables are {_tables()}; DESCRIBE lists their columns.")
        return
    name, path = node["table_name"], (node.get("qualified_name") or {}).get("path", [node["table_name"]])
    if node.get("catalog_name") or node.get("schema_name") or path != [name] or node.get("at_clause"):
        raise SqlRefused(f"Name a table by itself, without a catalogue, schema or version. The tables are {_tables()}.")
    if name.lower() not in scope and name.lower() not in PERMITTED:
        raise SqlRefused(
            f"There is no {_named('table', name)} here.{_hint(name, PERMITTED)} The tables are {_tables()}; "
            "files cannot be read."
        )


def _check_table_function(function: dict[str, Any]) -> None:
    name = str(function.get("function_name", ""))
    path = (function.get("qualified_name") or {}).get("path", [name])
    if function.get("class") != "FUNCTION" or name.lower() not in permitted().table_functions or path != [name]:
        allowed = ", ".join(sorted(permitted().table_functions))
        raise SqlRefused(f"The function{_quoted(name)} cannot stand for a table here; these can: {allowed}.")


def _quoted(name: str) -> str:
    """The name where it is one; a path or worse is not said again."""
    return f" '{name}'" if _PLAIN_NAME.fullmatch(name) and len(name) <= _LONGEST_QUOTED else ""


def _named(kind: str, name: str) -> str:
    return f"{kind}{_quoted(name)}" if _quoted(name) else f"such {kind}"


def _hint(name: str, known: Iterable[str]) -> str:
    """For what may be a slip; a name with another meaning is no help."""
    near = get_close_matches(name.lower(), known, n=1, cutoff=_ALIKE)
    return did_you_mean(name, near) if near and _quoted(name) else ""


def _tables() -> str:
    *others, last = PERMITTED
    return f"{', '.join(others)} and {last}"


def _spelled(kind: str) -> str:
    return kind.replace("_", " ").lower()
