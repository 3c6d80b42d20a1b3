"""Lets programs define models of Django: they belong to an application, and have tables."""

import importlib

from patchdiff_probe import safe
from patchdiff_probe.values.names import NAMESPACE

__builtins__ = safe.BUILTINS
os = safe.os

LABEL = "program"


def register_application():
    """Have models that a program defines belong to an application.

    Without one, Django refuses them.
    """
    registry = importlib.import_module("django.apps")
    module = type(safe)(NAMESPACE)
    config = type("ProgramConfig", (registry.AppConfig,), {"label": LABEL, "path": os.getcwd()})(
        NAMESPACE, module
    )
    config.apps = registry.apps
    config.models = registry.apps.all_models[LABEL]
    registry.apps.app_configs[LABEL] = config
    registry.apps.clear_cache()


class ProgramTables:
    """Makes the tables of models as a program defines them."""

    def __init__(self):
        self._made = set()

    def make(self):
        """Make the tables of the models that were defined since the last time.

        Where the database refuses one, using its model fails as it would without.
        """
        django_apps = safe.MODULES.get("django.apps")
        if django_apps is None or LABEL not in django_apps.apps.app_configs:
            return
        try:
            defined = list(django_apps.apps.all_models[LABEL].values())
        except Exception:
            return
        for model in defined:
            if model not in self._made:
                self._made.add(model)
                _make_table(model)


def _make_table(model):
    options = model._meta
    if options.proxy or options.abstract or not options.managed or options.auto_created:
        return
    connection = safe.MODULES["django.db"].connection
    try:
        # Not entered: SQLite's refuses to be, in the transaction that a test runs in.
        editor = connection.schema_editor()
        editor.deferred_sql = []
        editor.create_model(model)
        for statement in editor.deferred_sql:
            editor.execute(statement)
    except Exception:
        return
