"""The user's folders are where other programs keep theirs."""

import sys

import platformdirs
import pytest

from desktop.paths import APP, find_paths


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked itself")
@pytest.mark.parametrize("folder", [None, "", "  ", "/somewhere/of my own", "not/absolute"])
def test_folders_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch, folder: str | None) -> None:
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
        if folder is not None:
            monkeypatch.setenv(variable, folder)
    paths = find_paths()
    assert paths.data_dir == platformdirs.user_data_path(APP, appauthor=False, roaming=False)
    assert paths.model_dirs[-1] == platformdirs.user_cache_path(APP, appauthor=False) / "models"
