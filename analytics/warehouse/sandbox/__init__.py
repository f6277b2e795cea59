"""The sandbox: SQL that a person typed, run in a child process on a copy that holds only what they may see.

run -> server: a permitted copy, a place in the queue, a sentence for whatever happens
zygote -> child: forked for one statement, confined by the kernel
gate -> engine: DuckDB's own parser, an allow-list of relations and functions, then the statement
"""
