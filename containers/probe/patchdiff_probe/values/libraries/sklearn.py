"""scikit-learn: estimators by their parameters and what was fitted."""

from patchdiff_probe import safe
from patchdiff_probe.values.libraries import forms

__builtins__ = safe.BUILTINS


def _estimator(writer, value):
    # Parameters are attributes; those that are fitted end in an underscore.
    public = forms.public_attributes(value)
    for name, item in value.get_params(deep=False).items():
        public.setdefault(name, item)
    return forms.thing(writer, value, public)


def _tree(writer, value):
    """The nodes of a decision tree, which is an object of an extension."""
    state = value.__getstate__()
    return forms.thing(writer, value, {name: state[name] for name in state})


def _bunch(writer, value):
    pairs = [(name, dict.__getitem__(value, name)) for name in dict.__iter__(value)]
    return forms.holder(writer, value, forms.plain_dict(writer, pairs), {})


RULES = {"BaseEstimator": _estimator, "Tree": _tree, "Bunch": _bunch}
