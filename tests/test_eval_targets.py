from eval.results import make_record
from eval.targets import TARGETS, target_table


def record(**counts):
    return make_record("run", [{"id": "c1", "type": "follow_up", "counts": counts, "statements": [], "passed": True}])


def test_table_when_a_target_is_met_or_missed_then_says_so():
    printed = target_table(record(declined=[9, 10], cites_gold=[9, 10]))
    assert "| unanswerable declined | 90 % | 90.0 % (9/10) | yes |" in printed
    assert "| answerable answered | 92 % | 90.0 % (9/10) | no |" in printed


def test_table_when_a_figure_was_not_measured_then_leaves_the_target_out():
    printed = target_table(record(passed=[1, 2]))
    assert "| follow-ups right | 85 % | 50.0 % (1/2) | no |" in printed
    assert len(printed.splitlines()) == 3 < len(TARGETS)
