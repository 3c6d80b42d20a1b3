from tablefmt import to_csv


def test_plain_fields():
    assert to_csv([["a", 1], ["b", None]]) == "a,1\nb,\n"


def test_quoting():
    assert to_csv([['x "y"', "a,b"]]) == '"x ""y""","a,b"\n'


def test_floats_can_be_read_back():
    value = 10 / 3
    assert float(to_csv([[value]])) == value
