"""The worker process lives through, or dies of, everything; the program always knows what became of it."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from models.client import WorkerClient
from models.errors import (
    ModelError,
    ModelFileDamaged,
    RequestRefused,
    WorkerDied,
    WorkerGarbled,
    WorkerHung,
    WorkerOutOfMemory,
)
from models.protocol import EncodeItem, Finished, Load, Reading, StatusReport, Token, decode_event, encode


def text_of(events):
    """Return the text that was streamed."""
    return "".join(event.text for event in events if isinstance(event, Token))


def gone(pid):
    """Tell whether the process has ended, be it that nobody has collected it."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def answers(client, script):
    """Tell whether the client's worker does its work."""
    events = []
    finished = client.generate(script("say:Guten say:Tag"), events.append)
    return finished.ending == "done" and text_of(events) == "Guten Tag "


def test_events_come_in_order(scripted_client, script):
    events = []
    finished = scripted_client.generate(script("read:3 say:a say:b"), events.append)
    assert [type(event) for event in events] == [Reading] * 4 + [Token] * 2
    assert (events[3].done, events[3].total) == (3, 3)
    assert finished.ending == "done"
    assert finished.completion_tokens == 2


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("say:a crash", WorkerDied),
        ("say:a exit:3", WorkerDied),
        ("say:a garbage hang", WorkerGarbled),
        ("say:a memory", WorkerOutOfMemory),
        ("say:a refuse", RequestRefused),
    ],
)
def test_a_fault_in_mid_stream_costs_one_answer(scripted_client, script, words, error):
    events = []
    with pytest.raises(error) as raised:
        scripted_client.generate(script(words), events.append)
    assert type(raised.value) is error
    assert text_of(events) == "a "
    assert answers(scripted_client, script)


def test_a_limit_of_memory_holds_for_the_worker(scripted_command, script):
    """What goes beyond it fails in this process, as an answer without a model; the worker lives on."""
    free = WorkerClient(scripted_command)
    limited = WorkerClient([*scripted_command, "--memory", "600000000"])
    try:
        for client in (free, limited):
            client.load_model(Load(0, "scripted.gguf", "llm", 2048))
        assert free.generate(script("take:900 say:a")).ending == "done"
        with pytest.raises(WorkerOutOfMemory):
            limited.generate(script("take:900 say:a"))
        assert limited.generate(script("take:50 say:a")).ending == "done"
    finally:
        free.close()
        limited.close()


@pytest.mark.parametrize(
    "arguments", [["--memory"], ["--memory", "much"], ["--memory", "1", "2"], ["--fast"]]
)
def test_a_worker_refuses_what_it_does_not_know(scripted_command, arguments):
    client = WorkerClient([*scripted_command, *arguments])
    with pytest.raises(WorkerDied):
        client.start()
    client.close()


def test_a_kill_from_outside_counts_as_out_of_memory(scripted_client, script):
    def kill(event):
        if isinstance(event, Token):
            os.kill(scripted_client.pid, signal.SIGKILL)

    with pytest.raises(WorkerOutOfMemory):
        scripted_client.generate(script("say:a hang"), kill)
    assert scripted_client.pid is None
    assert scripted_client.loaded is None
    assert answers(scripted_client, script)


def test_a_silent_worker_is_given_up(scripted_command, script):
    client = WorkerClient(scripted_command)
    client.load_model(Load(0, "scripted.gguf", "llm", 2048))
    client._hang_timeout_s = 0.5  # not before: a busy machine may start a process more slowly
    pid = client.pid
    with pytest.raises(WorkerHung):
        client.generate(script("hang"))
    assert gone(pid)
    client.close()


@pytest.mark.parametrize("words", ["read:100000", "flood:100000000", "say:a hang"])
def test_a_cancel_is_heard_while_the_worker_works(scripted_client, script, words):
    pid = scripted_client.pid
    heard = []

    def cancel(event):
        if not heard:
            heard.append(event)
            threading.Thread(target=scripted_client.cancel).start()

    finished = scripted_client.generate(script(words), cancel)
    assert finished.ending == "cancelled"
    assert scripted_client.pid == pid
    assert answers(scripted_client, script)


def test_a_cancel_that_is_not_heard_ends_the_worker(scripted_command, script):
    client = WorkerClient(scripted_command, cancel_timeout_s=0.3)
    client.load_model(Load(0, "scripted.gguf", "llm", 2048))
    pid = client.pid

    def cancel(event):
        if isinstance(event, Token):
            client.cancel()

    finished = client.generate(script("say:a deaf"), cancel)
    assert finished == Finished(finished.id, "cancelled")
    assert gone(pid)
    assert answers(client, script)
    client.close()


def test_a_cancel_with_nothing_to_cancel_does_nothing(scripted_client, script):
    scripted_client.cancel()
    assert answers(scripted_client, script)


def test_what_a_library_prints_spoils_no_event(scripted_client, script, tmp_path):
    events = []
    finished = scripted_client.generate(script("say:a print say:b"), events.append)
    assert finished.ending == "done"
    assert text_of(events) == "a b "
    scripted_client.close()
    log = (tmp_path / "worker.log").read_text()
    assert "native" in log
    assert "python" in log


def test_a_refused_model_is_named_and_another_can_be_loaded(scripted_client, script):
    with pytest.raises(ModelFileDamaged):
        scripted_client.load_model(Load(0, "damaged.gguf", "llm", 2048))
    scripted_client.load_model(Load(0, "scripted.gguf", "llm", 2048))
    assert answers(scripted_client, script)


def test_work_without_a_model_is_refused(scripted_command, script):
    client = WorkerClient(scripted_command)
    with pytest.raises(ModelError, match="no model"):
        client.generate(script("say:a"))
    client.close()


def test_a_command_that_does_not_exist_is_a_dead_worker(tmp_path):
    client = WorkerClient([str(tmp_path / "nothing")])
    with pytest.raises(WorkerDied):
        client.start()


def test_a_program_that_is_no_worker_is_told_apart():
    client = WorkerClient([sys.executable, "-c", "print('hello')"])
    with pytest.raises(WorkerGarbled):
        client.start()
    client.close()


@pytest.mark.parametrize("words", ["say:a hang", "say:a deaf"])
def test_close_ends_a_busy_worker(scripted_command, script, words):
    client = WorkerClient(scripted_command)
    client.load_model(Load(0, "scripted.gguf", "llm", 2048))
    pid = client.pid
    closing = []

    def close(event):
        if isinstance(event, Token):
            closing.append(threading.Thread(target=client.close))
            closing[0].start()

    with pytest.raises(WorkerDied):
        client.generate(script(words), close)
    closing[0].join()
    assert gone(pid)
    with pytest.raises(WorkerDied):
        client.start()


def test_status_is_told_while_the_worker_works(scripted_command, script):
    process = subprocess.Popen(scripted_command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    load = Load(1, "scripted.gguf", "llm", 2048)
    hang = script("say:a hang")
    lines = [encode(load), encode(hang), b'{"v":1,"type":"status"}\n', b"no message\n"]
    process.stdin.write(b"".join(lines))
    process.stdin.flush()
    seen = []
    while not {"StatusReport", "Failed", "Token"} <= {type(event).__name__ for event in seen}:
        seen.append(decode_event(process.stdout.readline()))
    report = next(event for event in seen if isinstance(event, StatusReport))
    assert report.memory > 0
    process.stdin.close()
    assert process.wait(30) == 0
    process.stdout.close()


def test_no_worker_outlives_a_killed_program(scripted_command, wait_until, tmp_path):
    program = f"""
import sys
from models.client import WorkerClient
from models.protocol import Generate, Load, Message, Token
client = WorkerClient({scripted_command!r})
client.load_model(Load(0, "scripted.gguf", "llm", 2048))
def said(event):
    if isinstance(event, Token):
        print(client.pid, flush=True)
client.generate(Generate(0, (Message("user", "say:a deaf"),)), said)
"""
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    worker = int(parent.stdout.readline())
    assert not gone(worker)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_until(lambda: gone(worker), "the end of the worker")


@pytest.mark.skipif(sys.platform != "linux", reason="the out-of-memory killer is Linux's")
def test_the_worker_goes_before_the_window_when_memory_runs_out(scripted_client):
    score = Path(f"/proc/{scripted_client.pid}/oom_score_adj").read_text()
    assert int(score) > 0


def test_five_hundred_requests_leave_nothing_behind(scripted_client, script):
    def memory():
        return psutil.Process(scripted_client.pid).memory_info().rss

    def ask(times):
        for _ in range(times):
            scripted_client.generate(script("read:1 flood:20"))
            scripted_client.encode([EncodeItem("passage", "Titel", ("Eins.", "Zwei."))])

    ask(50)
    before, own_threads, pid = memory(), threading.active_count(), scripted_client.pid
    ask(500)
    assert scripted_client.pid == pid
    assert memory() - before < 4_000_000
    assert threading.active_count() == own_threads


def test_two_threads_take_turns(scripted_client, script):
    results = []

    def ask():
        results.extend(answers(scripted_client, script) for _ in range(20))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 40
