"""Values of real libraries; each test runs where its library is installed."""

import datetime
import threading
import unittest
import warnings

from patchdiff_probe.values.canonical import canonicalise
from patchdiff_probe.values.normalise import Normaliser
from support import ProbeCase, unless_importable

BUDGET = 65536
VALUES = "values of %s"


def form(value, budget=BUDGET):
    """The canonical form of a value in this process."""
    return canonicalise(
        value, Normaliser("/none", "/nowhere"), budget, lambda error: {"type": type(error).__name__}
    )


class LibraryCase(unittest.TestCase):
    def assertSame(self, first, second):
        self.assertEqual(form(first), form(second))

    def assertTold(self, first, second):
        """The public forms of two values differ, and both can be read."""
        first, second = form(first), form(second)
        for one in (first, second):
            self.assertNotIn(one["t"], ("opaque", "truncated"))
            one.pop("private", None)
        self.assertNotEqual(first, second)


@unless_importable("numpy", VALUES)
class Numpy(LibraryCase):
    def test_what_lies_under_a_mask_does_not_count(self):
        import numpy

        self.assertSame(numpy.ma.array([1, 2], mask=[0, 1]), numpy.ma.array([1, 3], mask=[0, 1]))
        self.assertTold(numpy.ma.array([1, 2], mask=[0, 1]), numpy.ma.array([1, 2], mask=[0, 0]))

    def test_structured_arrays_have_names_and_fields(self):
        import numpy

        rows = [(1, 0.5)]
        one = numpy.array(rows, dtype=[("a", "i4"), ("b", "f8")])
        self.assertTold(one, numpy.array(rows, dtype=[("a", "i4"), ("c", "f8")]))
        self.assertTold(one, numpy.array([(1, 0.25)], dtype=one.dtype))

    def test_a_large_array_keeps_what_tells_rounding(self):
        import numpy

        numbers = numpy.linspace(0, 1, 100000)
        one = form(numbers)
        other = form(numbers * (1 + 1e-15))
        changed = numbers.copy()
        changed[77777] += 1e-6
        third = form(changed)
        self.assertNotEqual(one["data"], other["data"])
        self.assertLess(gap(one, other), 1e-9)
        self.assertGreater(gap(one, third), 1e-9)

    def test_special_values_of_a_large_array_count_where_they_are(self):
        import numpy

        first, second = numpy.zeros(2000), numpy.zeros(2000)
        first[3], second[4] = numpy.nan, numpy.nan
        self.assertNotEqual(form(first)["sketch"]["special"], form(second)["sketch"]["special"])

    def test_classes_that_lie_about_their_library_are_read_as_any_other(self):
        fake = type("ndarray", (), {"__module__": "numpy", "dtype": None})
        self.assertEqual(form(fake())["t"], "object")

    def test_arrays_that_raise_are_read_without_their_library(self):
        import numpy

        class Broken(numpy.ndarray):
            @property
            def dtype(self):
                raise RuntimeError

        self.assertIn(form(numpy.zeros(2).view(Broken))["t"], ("object", "opaque"))


def gap(one, other):
    """The largest distance between the sums of two sketches, by the largest value of their stretch."""
    pairs = zip(one["sketch"]["blocks"], other["sketch"]["blocks"])
    return max(abs(a[0] - b[0]) / max(a[1], b[1], 1e-300) for a, b in pairs)


@unless_importable("pandas", VALUES)
class Pandas(LibraryCase):
    def frame(self, **changes):
        import pandas

        columns = dict({"a": [1, 2, 3], "b": [0.5, float("nan"), 1.5], "c": ["x", None, "z"]}, **changes)
        return pandas.DataFrame(columns, columns=sorted(columns))

    def test_empty_tables_have_no_types(self):
        import pandas

        one = pandas.DataFrame({"x": pandas.Series([], dtype=float), "y": pandas.Series([], dtype=object)})
        self.assertSame(one, one.astype(object))
        self.assertSame(one["x"], one["x"].astype(object))
        self.assertTold(one, one[["x"]])
        full = pandas.DataFrame({"x": [1]})
        self.assertTold(full, full.astype(object))

    def test_a_row_in_the_middle_of_many(self):
        import pandas

        numbers = list(range(10000))
        one = pandas.DataFrame({"a": numbers})
        numbers[5000] = -1
        other = pandas.DataFrame({"a": numbers})
        self.assertEqual(repr(one), repr(other))
        self.assertTold(one, other)

    def test_a_text_in_the_middle_of_many(self):
        import pandas

        texts = ["row %d of the table" % n for n in range(5000)]
        one = pandas.DataFrame({"a": texts})
        texts[2500] = "another"
        other = pandas.DataFrame({"a": texts})
        self.assertEqual(form(one)["t"], "large")
        self.assertNotEqual(form(one)["digest"], form(other)["digest"])

    def test_labels_types_and_missing_values(self):
        one = self.frame()
        self.assertSame(one, self.frame())
        self.assertTold(one, self.frame(a=[1.0, 2.0, 3.0]))
        self.assertTold(one, self.frame(c=["x", "y", "z"]))
        self.assertTold(one, one.rename(columns={"a": "d"}))
        self.assertTold(one, one.set_index("a"))
        self.assertTold(one, one[["b", "a", "c"]])
        self.assertTold(one.a, one.a.rename("d"))

    def test_indices_and_categories(self):
        import pandas

        pairs = pandas.MultiIndex.from_tuples([(1, "a"), (2, "b")], names=["n", "m"])
        self.assertTold(pairs, pairs.set_names(["n", "k"]))
        self.assertTold(pairs, pairs[::-1])
        self.assertSame(pandas.RangeIndex(3), pandas.Index([0, 1, 2]))
        one = pandas.Categorical(["a", "b"])
        self.assertTold(one, pandas.Categorical(["a", "b"], ordered=True))
        self.assertTold(one, pandas.Categorical(["a", "b"], categories=["a", "b", "c"]))

    def test_times_and_groups(self):
        import pandas

        days = pandas.date_range("2020-01-01", periods=3, tz="UTC")
        self.assertTold(days, days + datetime.timedelta(1))
        self.assertTold(pandas.Series(days), pandas.Series(days).dt.tz_localize(None))
        frame = self.frame()
        self.assertTold(frame.groupby("a"), frame.groupby("c"))
        self.assertTold(frame.groupby("a").b, frame.groupby("a").c)

    def test_a_table_that_cannot_be_read_proves_nothing_by_a_repr_that_is_cut(self):
        import pandas

        class Broken(pandas.DataFrame):
            @property
            def iloc(self):
                raise RuntimeError

            def __repr__(self):
                return "a ... b"

        self.assertIs(form(Broken({"a": [1, 2]})).get("cut"), True)

    def test_columns_of_one_name(self):
        import pandas

        one = pandas.DataFrame([[1, 2]], columns=["a", "a"])
        self.assertTold(one, pandas.DataFrame([[1, 3]], columns=["a", "a"]))


@unless_importable("scipy", VALUES)
class Sparse(LibraryCase):
    def test_by_entries_whatever_their_order(self):
        from scipy import sparse

        one = sparse.coo_matrix(([1.0, 2.0], ([0, 1], [1, 0])))
        self.assertSame(one, sparse.coo_matrix(([2.0, 1.0], ([1, 0], [0, 1]))))
        self.assertTold(one, sparse.coo_matrix(([1.0, 3.0], ([0, 1], [1, 0]))))
        self.assertTold(one, one.tocsr())
        self.assertTold(one, sparse.coo_matrix(([1.0, 2.0], ([0, 1], [1, 0])), shape=(3, 3)))
        with_zero = sparse.csr_matrix(([1.0, 0.0], ([0, 1], [1, 0])))
        self.assertEqual(
            form(with_zero)["public"], form(sparse.csr_matrix(([1.0], ([0], [1])), shape=(2, 2)))["public"]
        )


@unless_importable("xarray", VALUES)
class Xarray(LibraryCase):
    def test_labels_values_and_attributes(self):
        import xarray

        def data(values=(1.0, 2.0), labels=(10, 20), **attributes):
            array = xarray.DataArray(list(values), dims="x", coords={"x": list(labels)}, attrs=attributes)
            return array.to_dataset(name="n")

        self.assertSame(data(), data())
        for other in (data((1.0, 3.0)), data(labels=(10, 30)), data(units="m"), data().rename({"n": "m"})):
            self.assertTold(data(), other)
        for other in (data((1.0, 3.0)), data(labels=(10, 30)), data(units="m")):
            self.assertTold(data().n, other.n)
        self.assertTold(data().n, data().n.rename({"x": "y"}))
        self.assertTold(data().n, data().n.rename("m"))
        self.assertTold(data().n.variable, data((1.0, 3.0)).n.variable)

    def test_a_value_in_the_middle_of_many(self):
        import numpy
        import xarray

        numbers = numpy.arange(10000)
        other = numbers.copy()
        other[5000] = -1
        self.assertTold(xarray.DataArray(numbers), xarray.DataArray(other))


@unless_importable("sklearn", VALUES)
class Sklearn(LibraryCase):
    def test_parameters_and_what_was_fitted(self):
        from sklearn.linear_model import LinearRegression, Ridge
        from sklearn.tree import DecisionTreeClassifier

        x = [[0.0], [1.0], [2.0], [3.0]]
        self.assertSame(Ridge().fit(x, [0, 1, 2, 3]), Ridge().fit(x, [0, 1, 2, 3]))
        self.assertTold(Ridge(), Ridge(alpha=2.0))
        self.assertTold(Ridge(), LinearRegression())
        self.assertTold(Ridge().fit(x, [0, 1, 2, 3]), Ridge().fit(x, [0, 1, 2, 5]))
        tree = DecisionTreeClassifier(random_state=0)
        self.assertTold(
            DecisionTreeClassifier(random_state=0).fit(x, [0, 0, 1, 1]), tree.fit(x, [0, 1, 1, 1])
        )


@unless_importable("matplotlib", VALUES)
class Matplotlib(LibraryCase):
    def figure(self, **options):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure()
        FigureCanvasAgg(figure)
        axes = figure.add_subplot(111)
        axes.plot([1, 2], options.pop("y", [3, 4]), **options)
        return figure, axes

    def test_artists(self):
        figure, axes = self.figure()
        self.assertSame(figure, self.figure()[0])
        canvas = figure.canvas
        form(figure)
        self.assertIs(figure.canvas, canvas)
        for options in ({"y": [3, 5]}, {"color": "r"}, {"label": "a"}, {"linestyle": "--"}):
            self.assertTold(figure, self.figure(**options)[0])
        changed, other = self.figure()
        other.set_xlim(0, 9)
        self.assertTold(figure, changed)
        changed, other = self.figure()
        other.set_title("t")
        self.assertTold(figure, changed)
        self.assertTold(axes, other)
        self.assertTold(axes.lines[0], self.figure(linewidth=9)[1].lines[0])

    def test_pixels_are_private(self):
        pixels = form(self.figure()[0])["private"]["pixels"]["v"]
        self.assertRegex(pixels, "^[0-9]+x[0-9]+ sha256:[0-9a-f]{64}$")
        self.assertNotEqual(pixels, form(self.figure(color="r")[0])["private"]["pixels"]["v"])


@unless_importable("astropy", VALUES)
class Astropy(LibraryCase):
    def test_quantities_and_units(self):
        from astropy import units

        self.assertTold(3 * units.m, 3 * units.s)
        self.assertTold([1, 2] * units.m, [1, 3] * units.m)
        self.assertTold(units.m / units.s, units.m)
        self.assertSame(3 * units.m, 3 * units.m)

    def test_tables(self):
        from astropy.table import Table

        one = Table({"a": list(range(1000))})
        self.assertSame(one, Table({"a": list(range(1000))}))
        self.assertTold(one, Table({"a": list(range(500)) + [-1] + list(range(501, 1000))}))
        self.assertTold(one, Table({"a": list(range(1000))}, meta={"k": 1}))
        self.assertTold(one, Table({"b": list(range(1000))}))
        self.assertTold(one, Table({"a": list(range(1000))}, masked=True))

    def test_times_headers_and_coordinates(self):
        from astropy.coordinates import SkyCoord
        from astropy.io.fits import Header
        from astropy.time import Time
        from astropy.wcs import WCS

        self.assertTold(Time("2020-01-01"), Time("2020-01-01", scale="tai"))
        self.assertTold(Time(2458849.5, 1e-12, format="jd"), Time(2458849.5, 2e-12, format="jd"))
        self.assertTold(Header([("A", 1)]), Header([("A", 2)]))
        self.assertTold(Header([("A", 1, "x")]), Header([("A", 1, "y")]))
        one, other = WCS(naxis=2), WCS(naxis=2)
        self.assertSame(one, other)
        other.wcs.crpix = [1, 2]
        self.assertTold(one, other)
        self.assertTold(SkyCoord(1, 2, unit="deg"), SkyCoord(1, 3, unit="deg"))
        self.assertTold(SkyCoord(1, 2, unit="deg"), SkyCoord(1, 2, unit="deg", frame="fk5"))


DJANGO = """
import django
from django.conf import settings
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()
from django import forms, http
from django.contrib.auth.models import Group
from django.core import checks
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy
call_command("migrate", verbosity=0)
for name in "cab":
    Group.objects.create(name=name)
class NameForm(forms.Form):
    name = forms.CharField(max_length=3)
    age = forms.IntegerField(required=False)
class GroupForm(forms.ModelForm):
    class Meta:
        model = Group
        fields = ["name"]
"""


@unless_importable("django", VALUES)
class Django(ProbeCase):
    def setUp(self):
        super(Django, self).setUp()
        self.sut = self.probe()

    def values(self, *sources):
        observations = self.sut.observe(*sources, prelude=DJANGO, seconds=20)
        for observation in observations:
            self.assertEqual(observation["outcome"]["kind"], "value", observation)
        return [observation["outcome"]["value"] for observation in observations]

    def assertTold(self, *pairs):
        values = self.values(*[source for pair in pairs for source in pair])
        for number, pair in enumerate(pairs):
            first, second = values[2 * number : 2 * number + 2]
            with self.subTest(pair):
                self.assertNotIn("opaque", (first["t"], second["t"]))
                first.pop("private", None)
                second.pop("private", None)
                self.assertNotEqual(first, second)

    def assertSame(self, *pairs):
        values = self.values(*[source for pair in pairs for source in pair])
        for number, pair in enumerate(pairs):
            with self.subTest(pair):
                self.assertEqual(values[2 * number], values[2 * number + 1])

    def test_models_by_their_loaded_fields(self):
        deferred = self.values("Group.objects.defer('name').get(pk=1)", "Group.objects.get(pk=1)")
        self.assertEqual(deferred[0]["public"]["deferred"]["items"], [{"t": "str", "v": "name"}])
        self.assertNotIn("name", deferred[0]["public"])
        self.assertEqual(deferred[1]["public"]["name"], {"t": "str", "v": "c"})
        self.assertTold(
            ("Group(name='x')", "Group(name='y')"),
            ("Group(pk=1, name='c')", "Group.objects.get(pk=1)"),
            ("Group.objects.annotate(n=Count('user')).get(pk=1)", "Group.objects.get(pk=1)"),
        )

    def test_querysets_by_their_rows(self):
        self.assertTold(
            ("Group.objects.order_by('name')", "Group.objects.order_by('-name')"),
            ("Group.objects.filter(name='a')", "Group.objects.all()"),
            ("Group.objects.values('name')", "Group.objects.values_list('name')"),
        )
        first, second, third = self.values(
            "Group.objects.filter(pk__lt=3)",
            "Group.objects.exclude(pk__gte=3)",
            "Group.objects.extra(where=['nonsense = 1'])",
        )
        self.assertEqual(first["base"], second["base"])
        self.assertNotEqual(first["private"], second["private"])
        self.assertIn("OperationalError", third["public"]["rows"]["v"])
        self.assertIn("nonsense", third["private"]["sql"]["v"])

    def test_reading_a_queryset_leaves_it_lazy_and_the_connection_usable(self):
        lazy = "import builtins; builtins.kept = Group.objects.all(); builtins.kept"
        spoilt = "Group.objects.extra(where=['nonsense = 1'])"
        values = self.values(lazy, "kept._result_cache", spoilt, "Group.objects.count()")
        self.assertEqual(len(values[0]["base"]["items"]), 3)
        self.assertEqual(values[1], {"t": "none"})
        self.assertEqual(values[3], {"t": "int", "v": "3"})

    def test_forms(self):
        self.assertTold(
            ("NameForm({'name': 'abcd'})", "NameForm({'name': 'abc'})"),
            ("NameForm({'name': 'abc', 'age': '1'})", "NameForm({'name': 'abc', 'age': '2'})"),
            ("NameForm()", "NameForm({'name': 'abc'})"),
            ("GroupForm({'name': 'a'})", "GroupForm({'name': 'new'})"),
            ("forms.formset_factory(NameForm)()", "forms.formset_factory(NameForm, extra=2)()"),
            ("NameForm({'name': 'x'})['name']", "NameForm({'name': 'x'})['age']"),
        )
        form = self.values("NameForm({'name': 'abcd'})")[0]["public"]
        self.assertIn("errors", form)
        self.assertIn("<input", str(form["html"]))

    def test_responses_and_requests(self):
        self.assertTold(
            ("http.HttpResponse('a')", "http.HttpResponse('b')"),
            ("http.HttpResponse('a')", "http.HttpResponse('a', status=201)"),
            ("http.HttpResponse('a')", "http.HttpResponse('a', content_type='text/plain')"),
            ("http.HttpResponseRedirect('/a')", "http.HttpResponseRedirect('/b')"),
            ("http.QueryDict('a=1&a=2')", "http.QueryDict('a=2')"),
        )
        source = "r = http.StreamingHttpResponse(iter(['a'])); r"
        self.assertNotIn("content", self.values(source)[0]["public"])

    def test_what_is_defined_by_how_it_is_written(self):
        self.assertTold(
            ("models.CharField(max_length=3)", "models.CharField(max_length=4)"),
            ("models.CharField(max_length=3)", "models.TextField(max_length=3)"),
            (
                "migrations.AddField('a', 'b', models.IntegerField())",
                "migrations.AddField('a', 'b', models.IntegerField(null=True))",
            ),
            ("models.Index(fields=['a'], name='i')", "models.Index(fields=['b'], name='i')"),
            ("Q(a=1) & Q(b=2)", "Q(a=1) | Q(b=2)"),
            ("Q(a=1)", "~Q(a=1)"),
            ("F('a')", "F('b')"),
            ("Count('a')", "Count('a', distinct=True)"),
            ("F('a') + 1", "F('a') + 2"),
            ("checks.Error('m', obj=Group, id='a.E1')", "checks.Error('m', obj=Group, id='a.E2')"),
            ("checks.Error('m', hint='x')", "checks.Error('m', hint='y')"),
            ("gettext_lazy('a')", "gettext_lazy('b')"),
        )
        self.assertSame(
            ("models.CharField(max_length=3)", "models.CharField(max_length=3)"),
            ("Q(a=1) & Q(b=2)", "Q(a=1) & Q(b=2)"),
            ("gettext_lazy('a')", "gettext_lazy('a')"),
            ("Count('a')", "Count('a')"),
        )


class Budget(LibraryCase):
    """Values that are larger than what is kept of them; no library is needed."""

    def test_equal_by_their_digests(self):
        for value in (
            list(range(20000)),
            {str(n): n for n in range(9000)},
            "x" * 99999,
            b"x" * 99999,
            1 << 800000,
        ):
            one = form(value)
            self.assertEqual(one["t"], "large")
            self.assertEqual(one, form(value))

    def test_a_change_beyond_what_is_kept(self):
        numbers = list(range(20000))
        one = form(numbers)
        numbers[19999] = 0
        other = form(numbers)
        self.assertEqual(one["part"], other["part"])
        self.assertNotEqual(one["digest"], other["digest"])
        self.assertNotEqual(one["skeleton"], other["skeleton"])

    def test_last_digits_beyond_what_is_kept(self):
        one = form([n * 0.1 for n in range(20000)])
        other = form([n * 0.1 * (1 + 3e-16) for n in range(20000)])
        third = form([n * 0.1 + (n == 19000) * 1e-3 for n in range(20000)])
        self.assertNotEqual(one["digest"], other["digest"])
        self.assertEqual(one["skeleton"], other["skeleton"])
        self.assertLess(gap(one, other), 1e-9)
        self.assertGreater(gap(one, third), 1e-9)

    def test_durations_do_not_count(self):
        class Run:
            def __init__(self, seconds):
                self.elapsed = seconds

        def lines(seconds, rest="x"):
            return ["took %s s" % seconds, Run(seconds)] + [rest] * 9000

        self.assertEqual(form(lines(0.25))["digest"], form(lines(1.5))["digest"])
        self.assertNotEqual(form(lines(0.25))["digest"], form(lines(0.25, "y"))["digest"])

    def test_no_digest_of_what_cannot_be_read_whole_or_twice(self):
        class Plain:
            def __init__(self):
                self._hidden = 1

        for part in (threading.Lock(), iter([1]), Plain(), lambda: 1):
            value = ["x" * 60000, "y" * 9000, part]
            self.assertNotEqual(form(value)["t"], "large", part)

    def test_reading_does_not_warn(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            form([1] * 20000)
        self.assertEqual(caught, [])


if __name__ == "__main__":
    unittest.main()
