from logstat import count_levels, format_report


def test_other_lines_do_not_count():
    assert count_levels(["INFO a", "INFORMATION b", "", "info c"]) == {"INFO": 1}


def test_report():
    assert format_report({"DEBUG": 3, "WARNING": 0, "ERROR": 1}) == "ERROR 1\nDEBUG 3\n"
