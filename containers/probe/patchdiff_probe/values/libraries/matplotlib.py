"""matplotlib: figures by their artists, and by the pixels of a rendering."""

from patchdiff_probe import safe
from patchdiff_probe.values import digests, reading
from patchdiff_probe.values.libraries import forms

__builtins__ = safe.BUILTINS

_MAX_DEPTH = 12
# What is read of an artist: the names of methods that give it.
_OF_ARTISTS = ("visible", "label", "zorder", "alpha")
_OF_LINES = ("xydata", "linestyle", "linewidth", "marker", "markersize", "drawstyle")
_OF_TEXTS = ("text", "position", "rotation", "fontsize", "ha", "va")
_OF_PATCHES = ("linewidth", "linestyle", "fill", "hatch")
_OF_COLLECTIONS = ("offsets", "linewidths", "array", "clim")
_OF_IMAGES = ("array", "clim", "extent", "interpolation")
_OF_AXES = ("xlim", "ylim", "zlim", "xlabel", "ylabel", "title", "xscale", "yscale", "aspect", "facecolor")
_OF_AXES += ("xticks", "yticks")
_OF_FIGURES = ("size_inches", "dpi")
_COLOURS = (
    "color",
    "facecolor",
    "edgecolor",
    "markerfacecolor",
    "markeredgecolor",
    "facecolors",
    "edgecolors",
)
_KINDS = {
    "Line2D": _OF_LINES,
    "Text": _OF_TEXTS,
    "Patch": _OF_PATCHES,
    "Collection": _OF_COLLECTIONS,
    "_ImageBase": _OF_IMAGES,
    "_AxesBase": _OF_AXES,
    "FigureBase": _OF_FIGURES,
    "Figure": _OF_FIGURES,
}


def _artist(writer, value):
    public = _described(value, 0)
    del public["type"]
    return forms.thing(writer, value, public)


def _figure(writer, value):
    public = _described(value, 0)
    del public["type"]
    pixels = {} if writer.digesting else {"pixels": forms.attempt(_pixels, value)}
    return forms.thing(writer, value, public, pixels)


def _described(artist, depth):
    """The facts of an artist and of those that it draws, as plain data."""
    cls = type(artist)
    kinds = [reading.qualname(base) for base in reading.mro(cls)]
    facts = {"type": reading.type_name(cls)}
    wanted = list(_OF_ARTISTS)
    for kind in kinds:
        wanted.extend(_KINDS.get(kind, ()))
    for name in wanted:
        _add(facts, name, artist)
    for name in _COLOURS:
        if "_AxesBase" not in kinds and hasattr(artist, "get_" + name):
            facts[name] = forms.attempt(_colours, getattr(artist, "get_" + name)())
    if "Patch" in kinds:
        facts["path"] = forms.attempt(_path, artist)
    if "Collection" in kinds:
        facts["paths"] = forms.attempt(lambda: [path.vertices for path in artist.get_paths()])
    if "_ImageBase" in kinds:
        facts["cmap"] = forms.attempt(lambda: artist.get_cmap().name)
    if "_AxesBase" in kinds:
        facts["position"] = forms.attempt(lambda: artist.get_position().bounds)
    if depth < _MAX_DEPTH and "Axis" not in kinds:
        children = [child for child in artist.get_children() if _shows(child)]
        facts["children"] = [_described(child, depth + 1) for child in children]
    return facts


def _add(facts, name, artist):
    get = getattr(artist, "get_" + name, None)
    if get is None:
        return
    found = forms.attempt(get)
    # Labels that matplotlib gives begin with an underscore and hold a count.
    if name == "label" and type(found) is str and found[:1] == "_":
        return
    facts[name] = list(found) if name in ("xticks", "yticks") else found


def _shows(child):
    names = [reading.qualname(base) for base in reading.mro(type(child))]
    return not ("Text" in names and child.get_text() == "") and "Spine" not in names


def _colours(colour):
    colors = forms.module("matplotlib.colors")
    if type(colour) is str and colour in ("auto", "face", "none"):
        return colour
    return colors.to_rgba_array(colour)


def _path(patch):
    return patch.get_patch_transform().transform_path(patch.get_path()).vertices


def _pixels(figure):
    """A digest of the figure as Agg renders it."""
    agg = forms.module("matplotlib.backends.backend_agg")
    canvas = figure.canvas
    try:
        rendering = agg.FigureCanvasAgg(figure)
        rendering.draw()
        width, height = rendering.get_width_height()
        return "%dx%d sha256:%s" % (width, height, digests.of_bytes(bytes(rendering.buffer_rgba())))
    finally:
        figure.set_canvas(canvas)


RULES = {"Artist": _artist, "Figure": _figure}
