"""An index folder is for its owner alone; one that others could have written to is not opened."""

import os
import sys

import pytest

from search.engines import open_engine
from search.engines.private import check_private
from search.errors import EngineError
from tests.factories import document, library

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no owners and modes of this kind")


@pytest.fixture
def index(tmp_path):
    engine = open_engine("whoosh", tmp_path)
    engine.add(document(), library("harbour"), "r1")
    engine.commit()
    engine.close()
    return tmp_path / "index" / "whoosh"


def test_a_new_index_is_private_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        engine = open_engine("whoosh", tmp_path)
        engine.add(document(), library("harbour"), "r1")
        engine.commit()
    finally:
        os.umask(before)
    assert (tmp_path / "index" / "whoosh").stat().st_mode & 0o777 == 0o700
    assert engine.count() == 1
    engine.close()


#: Mode of the folder, mode of a file in it, whether others could have written.
MODES = [
    (0o700, 0o600, False),
    (0o755, 0o644, False),
    (0o750, 0o640, False),
    (0o500, 0o400, False),
    # nobody gets to the file
    (0o700, 0o666, False),
    (0o740, 0o664, False),
    # in a folder that the group may enter the group may not write
    (0o710, 0o664, True),
    (0o750, 0o646, False),
    (0o755, 0o646, True),
    (0o770, 0o600, True),
    (0o777, 0o600, True),
    (0o1777, 0o600, True),
]


@pytest.mark.parametrize(("folder", "file", "refused"), MODES)
def test_what_others_can_write_to_is_refused(index, tmp_path, folder, file, refused):
    next(index.glob("*.seg")).chmod(file)
    index.chmod(folder)
    engine = open_engine("whoosh", tmp_path)
    if refused:
        with pytest.raises(EngineError, match=r"can be written by other users: run `chmod"):
            engine.count()
        with pytest.raises(EngineError, match="can be written by other users"):
            engine.add(document("other"), library("x"), "r1")
    else:
        assert engine.count() == 1
    engine.close()


def test_a_rebuild_closes_the_folder(index, tmp_path):
    index.chmod(0o777)
    engine = open_engine("whoosh", tmp_path)
    engine.clear()
    engine.commit()
    assert (engine.count(), engine.health(), index.stat().st_mode & 0o022) == (0, "", 0)
    engine.close()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can give files away")
def test_owners(index, tmp_path):
    stranger, librarian = 4321, 1234
    toc = next(index.glob("*.toc"))
    os.chown(toc, stranger, -1)
    with pytest.raises(EngineError, match=r"\.toc belongs to another user"):
        check_private(index, tmp_path)
    os.chown(index, stranger, -1)
    with pytest.raises(EngineError, match="whoosh belongs to another user"):
        check_private(index, tmp_path)
    # as root in a container over the folders of a user
    for path in (tmp_path, index, *index.iterdir()):
        os.chown(path, librarian, -1)
    check_private(index, tmp_path)
    # mounted there with some files of root's
    os.chown(toc, 0, -1)
    check_private(index, tmp_path)


def test_no_folder_is_no_fault(tmp_path):
    check_private(tmp_path / "absent", tmp_path)
