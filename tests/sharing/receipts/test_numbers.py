"""Numbers that can be read over the phone and not be guessed."""

from hypothesis import given
from hypothesis import strategies as st

from portal.sharing.receipts import numbers
from portal.sharing.receipts.numbers import SYMBOLS

free_parts = st.text(alphabet=SYMBOLS, min_size=15, max_size=15)


def test_a_number_is_four_groups_of_four():
    assert [len(part) for part in numbers.spoken(numbers.new()).split("-")] == [4, 4, 4, 4]


def test_no_two_numbers_are_the_same():
    assert len({numbers.new() for _ in range(2000)}) == 2000


@given(free_parts)
def test_as_it_is_typed_does_not_matter(free):
    number = free + numbers.check_symbol(free)
    typed = numbers.spoken(number).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert numbers.read(f"  {typed} ") == number


@given(free_parts, st.integers(0, 15), st.sampled_from(SYMBOLS))
def test_one_wrong_symbol_is_always_seen(free, place, wrong):
    number = free + numbers.check_symbol(free)
    changed = number[:place] + wrong + number[place + 1 :]
    assert numbers.is_well_formed(changed) == (changed == number)


@given(st.text())
def test_whatever_is_typed_it_is_read_without_a_fault(typed):
    assert numbers.is_well_formed(numbers.read(typed)) in (True, False)
