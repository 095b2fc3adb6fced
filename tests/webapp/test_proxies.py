"""Who asked, and by which scheme, is what the connection says, unless proxies of ours stand before us."""

import urllib.request

import pytest
from flask import request

from webapp import create_app
from webapp.server import make_server, sockets_of
from webapp.settings import Settings
from webapp.workers import workers

FORGED = {
    "X-Forwarded-For": "203.0.113.9, 198.51.100.4",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Prefix": "/evil",
}


def add_probe(app):
    @app.get("/probe")
    def probe():
        return {"address": request.remote_addr, "root": request.url_root}


@pytest.mark.parametrize(
    ("proxies", "address", "root"),
    [
        (0, "127.0.0.1", "http://localhost/"),
        (1, "198.51.100.4", "https://localhost/"),
        (2, "203.0.113.9", "http://localhost/"),  # of two proxies both must have stated the scheme
        (3, "127.0.0.1", "http://localhost/"),  # fewer addresses than proxies: somebody came round them
    ],
)
def test_forwarded_headers_are_believed_of_so_many_proxies(library, proxies, address, root):
    app = create_app(Settings(proxies=proxies), library=library)
    add_probe(app)
    assert app.test_client().get("/probe", headers=FORGED).json == {"address": address, "root": root}


@pytest.mark.parametrize(("proxies", "expected"), [(0, "http://127.0.0.1"), (1, "https://127.0.0.1")])
def test_the_server_hands_them_on_to_the_application_alone(library, proxies, expected):
    settings = Settings(library=library.folder, port=0, proxies=proxies)
    server = make_server(settings, library)  # bound, and never run: a worker answers
    asked = urllib.request.Request(
        f"http://127.0.0.1:{server.effective_port}/opensearch.xml", headers=FORGED
    )  # our own loopback address
    try:
        with workers(1, settings, sockets_of(server), print), urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310  # the same
            text = answer.read().decode()
    finally:
        server.close()
    assert f'template="{expected}:' in text
    assert "evil" not in text


def test_fewer_proxies_than_none_are_refused():
    with pytest.raises(ValueError, match="PINCITE_PROXIES must be 0 or more"):
        Settings.from_environment({"PINCITE_PROXIES": "-1"})
