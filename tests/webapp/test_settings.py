"""Settings that are read from files, and those that are refused."""

import pytest

from webapp.settings import Settings


def test_a_secret_is_read_from_a_file(tmp_path):
    (tmp_path / "token").write_text("a token of more than twenty letters\n")
    read = Settings.from_environment({"PINCITE_ADMIN_TOKEN_FILE": str(tmp_path / "token")})
    assert read.admin_token == "a token of more than twenty letters"  # noqa: S105  # of this test


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"PINCITE_STORE_FILE": "nowhere/at/all"}, "PINCITE_STORE_FILE: nowhere/at/all cannot be read"),
        ({"PINCITE_STORE_FILE": "a", "PINCITE_STORE": "b"}, "PINCITE_STORE and PINCITE_STORE_FILE are both set"),
        ({"PINCITE_LOG": "xml"}, "PINCITE_LOG must be one of quiet, text, json, not 'xml'"),
        ({"PINCITE_METRICS": "yes"}, "PINCITE_METRICS must be 1 or 0"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(environment, message):
    with pytest.raises(ValueError, match=message):
        Settings.from_environment(environment)
