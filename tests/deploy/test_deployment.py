"""What is deployed is what there is: settings, files and versions, and nothing that opens more than it must."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.needed import missing
from webapp.cli import COMMANDS
from webapp.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
UNIT = (ROOT / "deploy" / "pincite.service").read_text()
#: Every variable that Pincite reads.
SETTINGS = {f"PINCITE_{name.upper()}" for name in Settings.__dataclass_fields__}
#: Variables of compose.yaml itself, told of in docs/operations.md.
OF_COMPOSE = {"PINCITE_VERSION", "PINCITE_SOURCES", "PINCITE_BACKUPS", "PINCITE_TLS_CERTIFICATE", "PINCITE_TLS_KEY"}


@pytest.mark.parametrize(
    "text", [DOCKERFILE, (ROOT / "compose.yaml").read_text(), UNIT], ids=["image", "compose", "unit"]
)
def test_every_variable_is_a_setting(text):
    named = {name.removesuffix("_FILE") for name in re.findall(r"PINCITE_[A-Z_]+", text)} - {"PINCITE_NAME"}
    assert named <= SETTINGS | OF_COMPOSE


def test_the_settings_of_compose_can_be_read(tmp_path):
    environment = dict(SERVICES["web1"]["environment"])
    for name in environment:
        if name.endswith("_FILE"):
            (tmp_path / name).write_text("postgresql://pincite:secret@postgres/pincite")
            environment[name] = str(tmp_path / name)
        environment[name] = environment[name].replace("${PINCITE_BASE_URL:?", "https://x.example/").partition("}")[0]
    read = Settings.from_environment(environment)
    assert (read.engine, read.proxies, read.metrics, read.log) == ("opensearch", 1, True, "json")
    assert read.store.startswith("postgresql://")
    assert len(read.cluster.addresses.split(",")) == 3


def test_it_is_two_servers_a_database_three_nodes_and_a_proxy():
    images = [service["image"].partition(":")[0] for service in SERVICES.values() if "profiles" not in service]
    assert sorted(images) == [
        "nginxinc/nginx-unprivileged",
        *["opensearchproject/opensearch"] * 3,
        *["pincite"] * 2,
        "postgres",
    ]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_no_more_than_it_must(name):
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["mem_limit"]
    assert service["restart"] in {"unless-stopped", "no"}
    # OpenSearch writes its key store into its own folder at its start, and runs as a user of its image
    if "opensearch" not in name:
        assert service["read_only"] is True
        assert int(service["user"].partition(":")[0]) > 0
        assert service["pids_limit"]
    assert name == "ingest" or service.get("healthcheck", {}).get("test") or "HEALTHCHECK" in DOCKERFILE


@pytest.mark.parametrize("name", SERVICES)
def test_only_the_proxy_is_reached_from_outside(name):
    service = SERVICES[name]
    assert ("ports" in service) == (name == "proxy")
    outside = [network for network in service["networks"] if not COMPOSE["networks"][network].get("internal")]
    assert outside == (["public"] if name == "proxy" else [])
    assert "network_mode" not in service


@pytest.mark.parametrize("name", SERVICES)
def test_images_are_pinned(name):
    tag = SERVICES[name]["image"].partition(":")[2]
    assert tag == "${PINCITE_VERSION:-latest}" or re.match(r"\d+\.\d+", tag)
    for base in re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE):
        assert re.search(r":\d+\.\d+\.\d+-", base)


def test_secrets_are_files_that_are_never_committed():
    for secret in COMPOSE["secrets"].values():
        assert "./deploy/secrets/" in secret["file"]
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {"/deploy/secrets/", "/.env"} <= set(ignored)
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert name.endswith("_FILE") or not re.search("PASSWORD|TOKEN|SECRET|STORE$", name), value
        assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"])
    made = (ROOT / "deploy" / "secrets.sh").read_text()
    assert all(name in made for name in COMPOSE["secrets"])


def test_the_secrets_are_made_once(tmp_path):
    script = shutil.copy(ROOT / "deploy" / "secrets.sh", tmp_path)
    command = [shutil.which("bash"), script]
    first = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    folder = tmp_path / "secrets"
    assert (folder.stat().st_mode & 0o777) == 0o700
    password = (folder / "postgres_password").read_text().strip()
    assert (folder / "store").read_text() == f"postgresql://pincite:{password}@postgres/pincite\n"
    assert Settings(admin_token=(folder / "admin_token").read_text().strip()).admin_token
    assert password not in first
    subprocess.run(command, capture_output=True, check=True)
    assert (folder / "postgres_password").read_text().strip() == password


def test_what_the_image_is_made_of_is_there_and_reaches_the_builder():
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = set()
    for line in re.findall(r"^COPY (?!--from)(.+)", DOCKERFILE, re.MULTILINE):
        copied |= set(line.split()[:-1])
    assert copied == let_in
    for path in copied:
        assert (ROOT / path).exists(), path


def test_the_image_runs_as_nobody_special_and_builds_nothing():
    final = DOCKERFILE.split("\nFROM ")[-1]
    assert re.search(r"^USER 10001:10001$", final, re.MULTILINE)
    assert final.index("USER 10001") < final.index("ENTRYPOINT")
    assert "pip uninstall" in final
    assert "--without-pip" in DOCKERFILE
    assert not re.search(r"apt-get|build-essential|gcc", DOCKERFILE)
    assert DOCKERFILE.count("--require-hashes") == DOCKERFILE.count("-r ") == 2
    assert "/healthz" in final
    assert SERVICES["web1"]["user"] == "10001:10001"


def test_the_unit_is_right_and_exposes_little(tmp_path):
    program = shutil.which("systemd-analyze")
    if not program:
        missing("systemd-analyze is not installed")
    unit = tmp_path / "pincite.service"
    unit.write_text(UNIT.replace("/opt/pincite/bin/pincite", shutil.which("true")))
    found = subprocess.run([program, "verify", "--man=no", unit], capture_output=True, text=True, check=False)
    assert [line for line in found.stderr.splitlines() if unit.name in line] == []
    assert found.returncode == 0
    command = [program, "security", "--offline=true", "--threshold=20", unit]  # tenths; 100 is a bare service
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_the_guide_names_what_there_is():
    guide = (ROOT / "docs" / "operations.md").read_text()
    named = {name.removesuffix("_FILE") for name in re.findall(r"PINCITE_[A-Z_]*[A-Z]", guide)}
    assert named <= SETTINGS | OF_COMPOSE
    assert named >= OF_COMPOSE
    for command in re.findall(r"`?pincite ([a-z]+)", guide):
        assert command in COMMANDS, command
    for metric in re.findall(r"`(pincite_[a-z_]+)", guide):
        assert metric.removesuffix("_total") in (ROOT / "webapp" / "metrics.py").read_text(), metric
    for path in re.findall(r"`((?:deploy|docs|tests|webapp)/[\w./]+)`", guide):
        assert (ROOT / path).exists() or path == "deploy/secrets", path
