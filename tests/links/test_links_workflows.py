"""Rules of the workflows: what runs on GitHub may do no more than it must."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))

pytestmark = pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)


def jobs(file):
    return yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"].values()


def test_a_workflow_has_no_rights_and_a_job_only_its_own(file):
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert document["permissions"] == {}
    for job in jobs(file):
        assert job["permissions"]
        writes = {right for right, level in job["permissions"].items() if level == "write"}
        assert writes in (set(), {"pages", "id-token"}, {"contents", "issues", "actions"})


def test_an_action_is_pinned_to_a_commit_whose_release_is_named(file):
    used = re.findall(r"uses: (.*)", file.read_text(encoding="utf-8"))
    assert used
    for action in used:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


def test_a_checkout_keeps_no_credentials(file):
    for job in jobs(file):
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_code_of_a_pull_request_never_meets_a_secret(file):
    text = file.read_text(encoding="utf-8")
    assert "pull_request_target:" not in text
    assert "secrets." not in text


def test_every_job_ends_some_time(file):
    assert all(job["timeout-minutes"] <= 60 for job in jobs(file))


def test_what_may_write_runs_no_code_of_a_pull_request(file):
    triggers = yaml.safe_load(file.read_text(encoding="utf-8"))[True]
    writes = any("write" in job["permissions"].values() for job in jobs(file))
    assert not (writes and "pull_request" in triggers)


def test_zizmor_finds_nothing(file):
    program = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [program, "--offline", "--no-progress", file], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
