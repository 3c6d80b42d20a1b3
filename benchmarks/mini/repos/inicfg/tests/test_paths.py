from inicfg import user_config_path


def test_home():
    environ = {"HOME": "/home/ann"}
    assert user_config_path("edit", environ) == "/home/ann/.config/edit/config.ini"
