"""Finding and running the program: where it is looked for, what becomes of what it says."""

import logging
import os
import pickle
import signal
import threading

import pytest

import plotratio
from plotratio._program import call, program


def test_the_environment_names_it_first(fake, monkeypatch, tmp_path):
    assert program() == tmp_path / "fake" / "plotratio"
    monkeypatch.setenv("PLOTRATIO", str(tmp_path / "nothing"))
    with pytest.raises(plotratio.ProgramMissing, match="PLOTRATIO names"):
        program()


def test_what_was_installed_goes_before_path(monkeypatch, tmp_path):
    monkeypatch.delenv("PLOTRATIO", raising=False)
    places = [tmp_path / "scripts", tmp_path / "path"]
    for place in places:
        place.mkdir()
    monkeypatch.setattr("sysconfig.get_path", lambda *_: str(places[0]))
    monkeypatch.setenv("PATH", str(places[1]))
    with pytest.raises(plotratio.ProgramMissing, match="install"):
        program()
    for place in reversed(places):
        (place / "plotratio").touch(0o755)
        assert program() == place / "plotratio"


def test_version():
    assert plotratio.version().startswith("plotratio ")


def test_a_function_is_told_how_far_it_is(fake, caplog):
    told = []
    with caplog.at_level(logging.INFO, "plotratio"):
        call(["watch"], progress=lambda *step: told.append(step))
    assert told == [("reading", 0, 2), ("reading", 1, 2), ("reading", 2, 2)]
    assert [record.message for record in caplog.records] == ["a note"]


@pytest.mark.parametrize("without_tqdm", [False, True])
def test_bars_are_drawn_on_standard_error(fake, capfd, monkeypatch, without_tqdm):
    if without_tqdm:
        monkeypatch.setitem(__import__("sys").modules, "tqdm.auto", None)
    call(["watch"], progress=True)
    assert "reading" in capfd.readouterr().err
    call(["watch"])
    assert capfd.readouterr().err == ""


def test_errors_carry_message_and_code(fake):
    with pytest.raises(plotratio.Error, match=r"^no such command$") as raised:
        call(["nonsense"])
    assert raised.value.exit_code == 2
    again = pickle.loads(pickle.dumps(raised.value))
    assert (str(again), again.exit_code) == ("no such command", 2)
    with pytest.raises(plotratio.Error, match="SIGKILL") as raised:
        call(["die"])
    assert raised.value.exit_code == -9


def test_an_interrupt_ends_the_program(fake):
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        call(["hang"])
