"""Rules of the workflows: what runs on GitHub may do no more than it must."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))

each_workflow = pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)


def jobs(file):
    return yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"].values()


@each_workflow
def test_a_workflow_has_no_rights_and_a_job_only_its_own(file):
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert document["permissions"] == {}
    for job in jobs(file):
        assert job["permissions"]
        writes = {right for right, level in job["permissions"].items() if level == "write"}
        assert writes in (
            set(),
            {"pages", "id-token"},
            {"contents", "issues", "actions"},
            {"contents", "issues", "pull-requests"},  # answers a suggestion
            {"pull-requests"},  # keeps one comment
        )


@each_workflow
def test_an_action_is_pinned_to_a_commit_whose_release_is_named(file):
    used = re.findall(r"uses: (.*)", file.read_text(encoding="utf-8"))
    assert used
    for action in used:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


@each_workflow
def test_a_checkout_keeps_no_credentials(file):
    for job in jobs(file):
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", ["pull-request.yml", "publish.yml"])
def test_what_checks_or_publishes_the_index_can_see_whether_its_ledger_was_lost(name):
    first = next(iter(jobs(FOLDER / name)))
    checkout = next(step for step in first["steps"] if "actions/checkout@" in step.get("uses", ""))
    assert checkout["with"]["fetch-depth"] == 0


@each_workflow
def test_code_of_a_pull_request_never_meets_a_secret(file):
    text = file.read_text(encoding="utf-8")
    assert "pull_request_target:" not in text
    assert "secrets." not in text


@each_workflow
def test_every_job_ends_some_time(file):
    assert all(job["timeout-minutes"] <= 60 for job in jobs(file))


@each_workflow
def test_what_may_write_runs_no_code_of_a_pull_request(file):
    triggers = yaml.safe_load(file.read_text(encoding="utf-8"))[True]
    writes = any("write" in job["permissions"].values() for job in jobs(file))
    assert not (writes and "pull_request" in triggers)


@each_workflow
def test_zizmor_finds_nothing(file):
    program = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [program, "--offline", "--no-progress", file], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def weekly():
    return yaml.safe_load((FOLDER / "weekly.yml").read_text(encoding="utf-8"))


def step_of(job, name):
    return next(step["run"] for step in weekly()["jobs"][job]["steps"] if step.get("name") == name)


def test_a_part_that_crashed_does_not_keep_the_others_from_being_reported():
    assert weekly()["jobs"]["report"]["if"] == "${{ !cancelled() }}"


def test_a_part_ends_before_its_job_is_broken_off():
    job = weekly()["jobs"]["links"]
    minutes = re.search(r"--minutes (\d+)", step_of("links", "Check this part of the links"))
    assert 30 <= int(minutes[1]) <= job["timeout-minutes"] - 10


def test_the_weekly_check_joins_as_many_parts_as_it_makes():
    parts = weekly()["jobs"]["links"]["strategy"]["matrix"]["part"]
    assert parts == [*range(1, weekly()["env"]["PARTS"] + 1)]


def joined(place, *parts):
    """Run the step that joins the parts, with a program that names what it was given."""
    program = place / ".venv" / "bin" / "linkindex"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$@" | tee links.json links.md\nexit 1\n', "utf-8")
    program.chmod(0o755)
    (place / "parts").mkdir()
    for part in parts:
        (place / "parts" / f"part-{part}.json").write_text("{}", encoding="utf-8")
    summary = place / "summary.md"
    done = [
        subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step_of("report", name)],
            cwd=place, capture_output=True, text=True, check=False,
            env={**os.environ, "PARTS": "3", "GITHUB_STEP_SUMMARY": str(summary)},
        )
        for name in ("Join the parts", "Show the report")
    ]  # fmt: skip
    return done[0], summary.read_text(encoding="utf-8")


def test_all_parts_are_joined_and_none_is_called_missing(tmp_path):
    done, summary = joined(tmp_path, 1, 2, 3)
    assert done.returncode == 0
    assert "merge parts/part-1.json parts/part-2.json parts/part-3.json --record" in done.stdout
    assert "missing" not in done.stdout + summary


def test_the_issue_is_told_of_the_parts_that_are_missing():
    """Only the report of the run knows of them: the history keeps what was found."""
    written = re.search(r"--json (\S+)", step_of("report", "Join the parts"))[1]
    assert f"--report {written}" in step_of("report", "Keep the issue up to date")


def test_what_parts_there_are_are_joined_and_the_missing_ones_are_named(tmp_path):
    done, summary = joined(tmp_path, 1, 3)
    assert done.returncode == 0
    assert "merge parts/part-1.json parts/part-3.json --record" in done.stdout
    assert "::warning::Part 2 of 3 is missing" in done.stdout
    assert summary.startswith("links merge parts/part-1.json")


def test_without_any_part_the_job_fails_and_says_why(tmp_path):
    done, summary = joined(tmp_path)
    assert done.returncode == 1
    assert "::error::Every part is missing" in done.stdout
    assert "links merge" not in done.stdout
    assert summary == "**Every part is missing, so nothing was found.**\n"


def reached(job, failing):
    """The named steps of a job that run where those of some names fail."""
    outcomes, run = {}, []
    for step in weekly()["jobs"][job]["steps"]:
        asked = step.get("if", "success()").removeprefix("${{ ").removesuffix(" }}")
        met = [
            {"!cancelled()": True, "success()": "failure" not in outcomes.values()}[part]
            if part in ("!cancelled()", "success()")
            else "hashFiles" in part
            or outcomes[re.fullmatch(r"steps\.(\w+)\.outcome == 'success'", part)[1]] == "success"
            for part in asked.split(" && ")
        ]
        name = step.get("name", step.get("uses"))
        outcome = ("failure" if name in failing else "success") if all(met) else "skipped"
        outcomes[step.get("id", name)] = outcome
        run += [name] if all(met) else []
    return run


PUBLISH, KEEP = "Publish what was found", "Keep the history"
REPORTING = ["Show the report", "Keep the report", "Keep the issue up to date"]


@pytest.mark.parametrize("failing", [[], *([name] for name in REPORTING), REPORTING])
def test_publishing_never_depends_on_reporting(failing):
    run = reached("report", failing)
    assert run.index(KEEP) < run.index(PUBLISH)
    assert all(run.index(PUBLISH) < run.index(name) for name in REPORTING)


@pytest.mark.parametrize("failing", [KEEP, PUBLISH])
def test_what_cannot_be_kept_or_published_is_still_reported(failing):
    assert set(REPORTING) <= set(reached("report", [failing]))


def test_what_was_not_kept_is_not_published():
    assert PUBLISH not in reached("report", [KEEP])
    assert not {PUBLISH, KEEP, *REPORTING[1:]} & set(reached("report", ["Join the parts"]))


def test_a_check_that_could_not_judge_pages_fails_whatever_else_failed():
    assert "Fail where the check itself failed" in reached("report", [KEEP, PUBLISH, *REPORTING])
