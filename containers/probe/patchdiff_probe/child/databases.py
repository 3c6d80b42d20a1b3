"""Notices what an input changed in Django's databases, which putting objects back does not undo."""

from patchdiff_probe import safe

__builtins__ = safe.BUILTINS


class DatabaseWatch:
    """Compares the state of the databases with a mark."""

    def __init__(self):
        self._mark = None

    def mark(self):
        """Remember the state of now."""
        self._mark = _state()

    def changed(self):
        """Whether anything was written, or a transaction begun or broken, since the mark."""
        return _state() != self._mark


def _state():
    django_db = safe.MODULES.get("django.db")
    if django_db is None:
        return ()
    try:
        return [_state_of(connection) for connection in django_db.connections.all()]
    except Exception:
        return object()  # equal to nothing: what cannot be looked at counts as changed


def _state_of(connection):
    transaction = (connection.in_atomic_block, list(connection.savepoint_ids), connection.needs_rollback)
    raw = connection.connection
    if raw is None:
        return transaction
    # Of SQLite, in which the suite runs. `total_changes` leaves out what changes the schema.
    schema = raw.execute("PRAGMA schema_version").fetchone()
    return transaction + (id(raw), raw.total_changes, schema)
