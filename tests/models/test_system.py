"""What the machine can do is known without starting anything, and decides what is tried."""

import pytest

from models.errors import NotEnoughMemory
from models.system import (
    FAST_FLAGS,
    check_memory,
    default_threads,
    is_fast_cpu,
    physical_cores,
    system_facts,
)


def test_this_machine_runs_the_engine_and_says_what_it_has():
    facts = system_facts()
    assert facts.physical_cores >= 1
    assert 0 < facts.memory_available <= facts.memory_total
    assert facts.machine


def test_a_processor_without_avx2_is_slow_but_not_refused():
    assert not is_fast_cpu("x86_64", FAST_FLAGS - {"avx2"})
    assert not is_fast_cpu("amd64", frozenset({"sse2"}))


@pytest.mark.parametrize(
    ("machine", "flags"),
    [("x86_64", FAST_FLAGS | {"sse2"}), ("x86_64", frozenset()), ("arm64", frozenset({"neon"}))],
)
def test_an_able_or_unknown_processor_counts_as_fast(machine, flags):
    assert is_fast_cpu(machine, flags)


def test_memory_is_compared_with_the_need():
    check_memory(1_000, 1_000)
    check_memory(1)
    with pytest.raises(NotEnoughMemory, match="999"):
        check_memory(1_000, 999)


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 2), (4, 3), (16, 15)])
def test_one_core_stays_free_where_there_are_three(monkeypatch, cores, threads):
    monkeypatch.setattr("models.system.physical_cores", lambda: cores)
    assert default_threads() == threads
    assert physical_cores() >= 1
