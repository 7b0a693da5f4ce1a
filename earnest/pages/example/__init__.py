"""The example as written: people, talks and promises in TOML, and the calendar they are set in."""
