"""What the machine can do is known without starting anything, and decides what is tried."""

import pytest

from models.errors import CpuUnsuitable, NotEnoughMemory
from models.system import (
    NEEDED_FLAGS,
    check_cpu,
    check_memory,
    default_threads,
    physical_cores,
    system_facts,
)


def test_this_machine_runs_the_engine_and_says_what_it_has():
    check_cpu()
    facts = system_facts()
    assert facts.physical_cores >= 1
    assert 0 < facts.memory_available <= facts.memory_total
    assert facts.machine


def test_a_processor_without_avx2_is_refused_with_its_lack_named():
    with pytest.raises(CpuUnsuitable, match="avx2"):
        check_cpu("x86_64", NEEDED_FLAGS - {"avx2"})
    with pytest.raises(CpuUnsuitable):
        check_cpu("amd64", frozenset({"sse2"}))


@pytest.mark.parametrize(
    ("machine", "flags"),
    [("x86_64", NEEDED_FLAGS | {"sse2"}), ("x86_64", frozenset()), ("arm64", frozenset({"neon"}))],
)
def test_an_able_or_unknown_processor_is_tried(machine, flags):
    check_cpu(machine, flags)


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
