"""The commands, one a file: NAME, HELP, add_arguments(parser), run(arguments, folder) -> (JSON document, text)."""
