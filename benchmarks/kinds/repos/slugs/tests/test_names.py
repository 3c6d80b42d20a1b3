from slugs import Names


def test_names_are_unique():
    names = Names()
    assert [names.add(title) for title in ("A b", "a B", "c", "A-B")] == ["a-b", "a-b-2", "c", "a-b-3"]
