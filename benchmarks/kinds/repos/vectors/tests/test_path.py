from vectors import Path, Vector


def test_points():
    assert repr(Path([Vector(1, 2), Vector(3, -2)]).points()) == "[Vector(0, 0), Vector(1, 2), Vector(4, 0)]"


def test_length():
    assert Path([Vector(3, 4), Vector(0, 2)]).length() == 7
