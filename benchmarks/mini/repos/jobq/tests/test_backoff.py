from jobq import delays


def test_delays_double():
    assert delays(4) == [1.0, 2.0, 4.0, 8.0]


def test_growth_stops_at_the_limit():
    assert delays(4, first=2.0, factor=3.0, limit=10.0) == [2.0, 6.0, 10.0, 10.0]


def test_no_attempts():
    assert delays(0) == []
