from memo import Store


def test_use_keeps_an_entry():
    store = Store(2)
    store.put("a", 1)
    store.put("b", 2)
    store.get("a")
    store.put("c", 3)
    assert store.get("a") == 1
    assert store.get("b") is None
    assert len(store) == 2
