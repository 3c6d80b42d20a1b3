from inicfg import Config


def test_written_settings_can_be_read_again():
    config = Config("[a]\nx = 1\n\n[b]\ny = two words")
    assert Config(config.dump()).dump() == config.dump()


def test_added_settings_are_written():
    config = Config()
    config.set("a", "x", True)
    assert config.dump() == "[a]\nx = True"
