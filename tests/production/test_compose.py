"""What docker/ promises: fenced containers, no secrets in the file, only the proxy in reach."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.uploads.limits import LARGEST
from portal.uploads.scanner import ADDRESS

DOCKER = Path(__file__).resolve().parents[2] / "docker"
COMPOSE: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SETTINGS_OF_CLAMD = dict(
    line.split()
    for line in (DOCKER / "clamd" / "clamd.conf").read_text().splitlines()
    if line and not line.startswith("#")
)


def test_there_are_a_web_a_worker_a_database_a_cache_a_scanner_an_irma_server_and_a_proxy() -> None:
    assert SERVICES.keys() >= {"web", "worker", "release", "postgres", "redis", "clamd", "irma", "nginx"}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_fenced(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service
    assert "healthcheck" in service


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_runs_as_root(name: str) -> None:
    service = SERVICES[name]
    if "build" in service:
        build = service["build"]
        folder = (DOCKER / build["context"]).resolve()
        written = (folder / build.get("dockerfile", "Dockerfile")).read_text()
        assert re.findall(r"^USER (\S+)", written, re.M)[-1].startswith("10001")
    else:
        assert service.get("user", "0") != "0" or "unprivileged" in service["image"]


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name in ("postgres", "redis"):
        assert SERVICES[name]["networks"] == ["inside"]


def test_only_the_release_knows_the_owner_of_the_tables() -> None:
    knows = [name for name, service in SERVICES.items() if "database_owner_url" in service.get("secrets", [])]
    assert knows == ["release"]
    assert "DATABASE_OWNER_URL_FILE" not in SERVICES["web"]["environment"]


def test_every_secret_is_a_file_and_none_stands_in_the_compose_file() -> None:
    assert all(one["file"].startswith("./secrets/") for one in COMPOSE["secrets"].values())
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEY|DATABASE_URL", name):
                # A place of keys is no key.
                assert value.startswith(("/run/secrets/", "/data/grant-keys")), name
        assert set(service.get("secrets", [])) <= COMPOSE["secrets"].keys()


def test_the_grants_keys_lie_apart_from_the_list_that_is_kept_for_years() -> None:
    """Who backs up the volume of the list must not keep these keys longer than 35 days with it."""
    for name in ("web", "worker"):
        mounts = dict(reversed(one.split(":")[:2]) for one in SERVICES[name]["volumes"])
        environment = SERVICES[name]["environment"]
        holds = {
            what: mounts[max((at for at in mounts if environment[what].startswith(at)), key=len)]
            for what in ("GRANT_KEYS", "ERASURE_LIST", "HEADS_FILE")
        }
        assert holds["GRANT_KEYS"] not in (holds["ERASURE_LIST"], holds["HEADS_FILE"])


def test_the_scanner_is_where_web_and_worker_ask_it_and_in_reach_of_nobody_else() -> None:
    scanner = SERVICES["clamd"]
    for name in ("web", "worker"):
        told = SERVICES[name]["environment"]["CLAMD_ADDRESS"]
        # With a colon in front of it, an operator could not say that there is none.
        default = re.fullmatch(r"\$\{CLAMD_ADDRESS-(.*)\}", told)
        assert default, told
        known = ADDRESS.fullmatch(default[1])
        assert known, default[1]
        assert (known["host"], known["port"]) == ("clamd", SETTINGS_OF_CLAMD["TCPSocket"])
        assert set(scanner["networks"]) <= set(SERVICES[name]["networks"])
        assert "clamd" not in SERVICES[name]["depends_on"], "without a scanner the sites still work"
    others = [one for name, one in SERVICES.items() if name not in ("web", "worker", "clamd")]
    assert not any(set(scanner["networks"]) & set(one["networks"]) for one in others)


def test_the_scanner_may_not_take_all_memory_and_keeps_its_signatures() -> None:
    scanner = SERVICES["clamd"]
    assert scanner["mem_limit"] == "4g"
    assert scanner["pids_limit"]
    mounts = dict(reversed(one.split(":")[:2]) for one in scanner["volumes"])
    assert mounts["/var/lib/clamav"] in COMPOSE["volumes"]
    assert scanner["healthcheck"]["test"] == ["CMD", "clamdcheck.sh"]
    assert scanner["image"] == "clamav/clamav:1.4"


def test_the_scanner_takes_the_largest_file_and_calls_nothing_clean_that_it_could_not_look_into() -> None:
    assert int(SETTINGS_OF_CLAMD["StreamMaxLength"].removesuffix("M")) * 1024 * 1024 > LARGEST
    # What in an archive is larger than MaxFileSize is left out without a word; beyond MaxScanSize it says so.
    scanned, one = (int(SETTINGS_OF_CLAMD[name].removesuffix("M")) for name in ("MaxScanSize", "MaxFileSize"))
    assert one > scanned
    assert SETTINGS_OF_CLAMD["AlertExceedsMax"] == SETTINGS_OF_CLAMD["AlertEncrypted"] == "yes"
    told = (DOCKER.parent / "docs" / "operators.md").read_text()
    for name in ("StreamMaxLength", "MaxFileSize", "MaxScanSize", "AlertExceedsMax", "AlertEncrypted"):
        assert f"{name} {SETTINGS_OF_CLAMD[name]}" in told, name


def test_irmas_log_is_kept_nowhere() -> None:
    assert SERVICES["irma"]["logging"]["driver"] == "none"


def test_the_irma_server_lets_nobody_ask_without_a_key() -> None:
    server = json.loads((DOCKER / "irma" / "server.json").read_text())
    assert server["production"] is True
    assert server["no_auth"] is False
    assert server["disclose_perms"] == server["sign_perms"] == server["issue_perms"] == []
    for requestor in server["requestors"].values():
        assert requestor["auth_method"] == "hmac"
        assert "key" not in requestor
        assert all(name.startswith("pbdf.") and "*" not in name for name in requestor["disclose_perms"])


def test_a_theme_of_ours_that_is_refused_makes_no_image_and_one_of_a_municipality_stops_no_release() -> None:
    built = re.findall(r"python -m themes(.*) \\\n", (DOCKER / "Dockerfile").read_text())
    assert built == [" --strict"]
    assert "python -m themes && " in SERVICES["release"]["command"][-1]


def test_the_image_holds_no_build_tools_and_only_locked_packages() -> None:
    last = (DOCKER / "Dockerfile").read_text().split("\nFROM ")[-1]
    assert "apt-get" not in last
    assert "pip uninstall --yes --quiet setuptools wheel pip" in last
    assert "--require-hashes --only-binary :all:" in (DOCKER / "Dockerfile").read_text()
