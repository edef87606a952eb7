import pytest

from app.sound_view.navigation import SHORTEST_SECONDS, Navigation


@pytest.fixture
def look(qapp):
    look = Navigation()
    look.set_length(10.0)
    return look


def test_zooming_keeps_the_second_under_the_mouse_in_its_place(look):
    look.zoom(4, about=3.0)
    assert look.visible == pytest.approx(2.5)
    assert (3.0 - look.start) / look.visible == pytest.approx(0.3)


def test_nobody_leaves_the_sound_or_looks_at_less_than_can_be_seen(look):
    look.zoom(1e9, about=9.99)
    assert look.visible == pytest.approx(SHORTEST_SECONDS)
    look.pan(100)
    assert look.stop == pytest.approx(10)
    look.pan(-100)
    assert look.start == 0
    look.zoom(1e-9)
    assert (look.start, look.stop) == (0, 10)


def test_without_the_mouse_it_zooms_about_the_crosshair_or_the_middle(look):
    look.zoom(2)
    assert (look.start, look.stop) == (2.5, 7.5)
    look.point(3.5, None)
    look.zoom(2)
    assert (3.5 - look.start) / look.visible == pytest.approx(0.2)
    look.fit()
    look.show_range(8, 10)
    look.zoom(2)
    assert (look.start, look.stop) == (8.5, 9.5)


def test_panning_goes_by_a_tenth_of_what_is_visible(look):
    look.show_range(2, 4)
    look.pan_by_share(1)
    assert (look.start, look.stop) == pytest.approx((2.2, 4.2))
    look.pan_by_share(-1)
    look.pan_by_share(-1)
    assert look.start == pytest.approx(1.8)


def test_the_selection_stays_inside_and_can_be_zoomed_to(look):
    look.select(-1, 2)
    assert look.span == (0, 2)
    look.zoom_to_span()
    assert (look.start, look.stop) == (0, 2)
    look.select(3, 3)
    assert look.span is None


def test_stepping_selects_from_where_it_began_and_back(look):
    look.point(5.0, 100.0)
    look.step(0.5, 100.0, select=True)
    look.step(0.5, 100.0, select=True)
    assert look.span == (5.0, 6.0)
    look.step(-1.5, 100.0, select=True)
    assert look.span == (4.5, 5.0)
    assert look.seconds == 4.5


def test_the_first_step_puts_the_crosshair_into_the_middle_and_later_ones_stay_visible(look):
    look.step(0.1, None)
    assert look.seconds == 5
    look.show_range(4, 5.05)
    look.step(0.1, None)
    assert look.stop == pytest.approx(5.1)


def test_another_length_shows_all_and_selects_nothing(look):
    look.select(1, 2)
    look.zoom(4)
    look.set_length(3)
    assert (look.start, look.stop, look.span) == (0, 3, None)


def test_the_same_length_keeps_what_is_looked_at(look):
    look.show_range(1, 2)
    look.set_length(10.0)
    assert (look.start, look.stop) == (1, 2)
