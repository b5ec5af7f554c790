"""Rules of the workflows: what runs on GitHub or GitLab may do no more than it must.

They hold for those of this repository, which other indexes call, for those that call them, and for
those that `linkindex workflows` writes whole.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from linkindex.catalogue import LinkIndexError
from linkindex.cli import main
from linkindex.site.hosts import Place, written
from linkindex.starting.automation import (
    FOLDER,
    GITHUB,
    HERE,
    Source,
    github_files,
    gitlab_files,
    reusable_files,
    source_named,
)
from linkindex.starting.origin import installed_from, released
from tests.conftest import REPOSITORY

COMMIT = "0123456789" * 4
CALLS = github_files(Source("example/linkindex", COMMIT, "0.1.0"))
WHOLE = github_files(None)
OURS = {
    path.relative_to(REPOSITORY).as_posix(): path.read_text("utf-8")
    for path in sorted((REPOSITORY / FOLDER).glob("*.yml"))
}
EVERY = {
    f"{kind} {Path(path).stem}": text
    for kind, files in (("ours", OURS), ("calls", CALLS), ("whole", WHOLE))
    for path, text in files.items()
}

each_workflow = pytest.mark.parametrize("text", EVERY.values(), ids=EVERY.keys())


def jobs(text):
    return yaml.safe_load(text)["jobs"].values()


def steps(text):
    return [step for job in jobs(text) for step in job.get("steps", ())]


@each_workflow
def test_a_workflow_has_no_rights_and_a_job_only_its_own(text):
    assert yaml.safe_load(text)["permissions"] == {}
    for job in jobs(text):
        assert job["permissions"]
        writes = {right for right, level in job["permissions"].items() if level == "write"}
        assert writes in (
            set(),
            {"pages", "id-token"},
            {"attestations", "id-token"},  # publishes the program
            {"contents", "issues", "actions"},
            {"contents", "issues", "pull-requests"},  # answers a suggestion
            {"pull-requests"},  # keeps one comment
            {"contents", "pull-requests"},  # records what was published
            {"pages", "id-token", "contents", "pull-requests"},  # calls both
        )


@pytest.mark.parametrize("name", GITHUB)
def test_who_calls_a_workflow_gives_each_of_its_jobs_the_rights_it_needs_and_no_more(name):
    (caller,) = jobs(CALLS[f"{FOLDER}/{name}.yml"])
    needed = {}
    for job in jobs(OURS[f"{FOLDER}/index-{name}.yml"]):
        for right, level in job["permissions"].items():
            if needed.get(right) != "write":
                needed[right] = level
    assert caller["permissions"] == needed


@each_workflow
def test_an_action_is_pinned_to_a_commit_whose_release_is_named(text):
    used = re.findall(r"uses: (.*)", text)
    assert used
    for action in used:
        of_ours = re.fullmatch(r"\$/\.github/workflows/index-[a-z-]+\.yml", action)
        assert of_ours or re.fullmatch(r"[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


@each_workflow
def test_a_checkout_keeps_no_credentials(text):
    for step in steps(text):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", ["pull-request", "publish"])
@pytest.mark.parametrize(("files", "prefix"), [(OURS, "index-"), (WHOLE, "")])
def test_what_checks_or_publishes_the_index_can_see_whether_its_ledger_was_lost(
    files, prefix, name
):
    first = next(iter(jobs(files[f"{FOLDER}/{prefix}{name}.yml"])))
    checkout = next(step for step in first["steps"] if "actions/checkout@" in step.get("uses", ""))
    assert checkout["with"]["fetch-depth"] == 0


@each_workflow
def test_code_of_a_pull_request_never_meets_a_secret(text):
    assert "pull_request_target:" not in text
    assert "secrets" not in re.sub(r"#.*", "", text)


@each_workflow
def test_every_job_ends_some_time(text):
    for job in jobs(text):
        assert "uses" in job or job["timeout-minutes"] <= 60


@each_workflow
def test_what_may_write_runs_no_code_of_a_pull_request(text):
    triggers = yaml.safe_load(text)[True]
    writes = any("write" in job["permissions"].values() for job in jobs(text))
    assert not (writes and "pull_request" in triggers)


@each_workflow
def test_whoever_fetches_the_history_may_read_a_private_repository(text):
    for job in jobs(text):
        for step in job.get("steps", ()):
            if " links fetch" in step.get("run", "") or " links keep" in step.get("run", ""):
                assert step["env"]["GITHUB_TOKEN"] == "${{ github.token }}"
                assert job["permissions"]["contents"] in ("read", "write")


@pytest.mark.parametrize(("files", "prefix"), [(OURS, "index-"), (WHOLE, "")])
def test_what_was_published_is_recorded_once_it_is_live(files, prefix):
    found = yaml.safe_load(files[f"{FOLDER}/{prefix}publish.yml"])["jobs"]
    record = found["record"]
    assert record["needs"] == "deploy"
    assert found["deploy"]["needs"] == "build"
    commands = [step.get("run", "") for step in record["steps"]]
    assert commands[-1] == '.venv/bin/linkindex publish --keep --branch "$BRANCH"'
    # What the history hides is on no card, so it must be known.
    assert any("links fetch" in command for command in commands[:-1])


def test_gitlab_is_told_how_a_code_opens_by_both_commands_alike():
    (text,) = gitlab_files().values()
    place = Place("https://example.org/", "example.org", "/", "/var/www/example.org")
    alone = yaml.safe_load(written("gitlab", place))["pages"]["script"]
    script = yaml.safe_load(text)["pages"]["script"]
    assert script[-2:] == alone[-2:]
    record = yaml.safe_load(text)["record"]
    assert record["needs"] == ["pages"]
    assert record["script"][-1].startswith(".venv/bin/linkindex publish --keep --branch")


@each_workflow
def test_nothing_runs_that_is_no_command_of_the_program(text):
    for step in steps(text):
        assert "/history" not in step.get("run", "")
        assert not re.search(r"python[0-9.]* -( |c)", step.get("run", ""))


def test_zizmor_finds_nothing(tmp_path):
    for kind, files in (("ours", OURS), ("calls", CALLS), ("whole", WHOLE)):
        for path, text in files.items():
            (tmp_path / kind / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / kind / path).write_text(text, "utf-8")
    program = Path(sys.executable).with_name("zizmor")
    looked = [tmp_path / kind / FOLDER for kind in ("ours", "calls", "whole")]
    done = subprocess.run(
        [program, "--offline", "--no-progress", "--strict-collection", *looked],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    for name in EVERY:
        assert f"{name.partition(' ')[2]}.yml" in done.stderr


def test_what_an_index_calls_is_a_few_lines_and_all_that_it_needs_is_there():
    for path, text in CALLS.items():
        lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
        assert len(lines) < 25
        called = re.findall(r"uses: example/linkindex/(\S+)@", text)
        assert called == [f"{FOLDER}/index-{Path(path).name}"]
        assert called[0] in OURS
        assert "on:\n  workflow_call:\n" in OURS[called[0]]


def test_this_repository_is_the_first_that_calls_them():
    for path, text in github_files(Source(HERE, "", "")).items():
        assert OURS[path].startswith(text)
        assert OURS[path] == text or path.endswith(
            "pull-request.yml"
        )  # which tests the program, too


def test_those_that_are_called_are_as_their_templates_say():
    # Else: make reference
    assert {path: OURS.get(path) for path in reusable_files()} == reusable_files()


def test_a_workflow_installs_what_the_lock_names_and_nothing_else():
    for path, text in WHOLE.items():
        for line in re.findall(r"pip install .*", text):
            assert line == "pip install --quiet --require-hashes -r requirements.txt", path
        assert "make" not in re.sub(r"#.*", "", text).split()
        assert "tests" not in text


def test_gitlab_checks_publishes_and_keeps_what_it_found():
    (text,) = gitlab_files().values()
    document = yaml.safe_load(text)
    assert {"check", "links", "pages"} <= document.keys()
    for name, wanted in (("check", "check --changed-since"), ("links", "links keep")):
        assert any(wanted in line for line in document[name]["script"])
    for job in ("check", "links", "pages"):
        assert document[job]["timeout"]
        assert any("links fetch" in line for line in document[job]["script"])
    assert document["pages"]["artifacts"]["paths"] == ["public"]
    assert "pip install --quiet --require-hashes -r requirements.txt" in text


def workflows(folder, *arguments):
    catalogue = ["--catalogue", str(folder / "resources.yaml")]
    return CliRunner().invoke(main, ["workflows", *catalogue, *arguments])


def test_the_command_writes_them_whole_and_says_when_they_are_so_already(tmp_path):
    assert workflows(tmp_path, "--dry-run").output.count("Would write") == len(GITHUB)
    assert not (tmp_path / ".github").exists()
    assert workflows(tmp_path).output.count("Wrote .github/workflows/") == len(GITHUB)
    assert (tmp_path / FOLDER / "weekly.yml").read_text("utf-8") == WHOLE[f"{FOLDER}/weekly.yml"]
    assert workflows(tmp_path).output == "They are as this version writes them.\n"
    named = f"example/linkindex@{COMMIT}"
    assert workflows(tmp_path, "--call", named).output.count("Wrote") == len(GITHUB)
    assert f"@{COMMIT} # v" in (tmp_path / FOLDER / "weekly.yml").read_text("utf-8")
    assert workflows(tmp_path, "--for", "gitlab").output == "Wrote .gitlab-ci.yml.\n"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--for", "none"], 1, "name `--for github` or `--for gitlab`"),
        (["--for", "gitlab", "--call", f"a/b@{COMMIT}"], 1, "only GitHub can call workflows"),
        (["--call", "a/b@main"], 2, "is not a whole commit"),
        (["--call", "a/b"], 2, "write OWNER/NAME@COMMIT"),
        (["--call", f"a/b/c@{COMMIT}"], 2, "write OWNER/NAME@COMMIT"),
    ],
)
def test_what_cannot_be_written_or_pinned_is_refused(tmp_path, arguments, status, said):
    refused = workflows(tmp_path, *arguments)
    assert (refused.exit_code, refused.output.count("\n")) == (status, 1)
    assert said in refused.output
    assert [*tmp_path.iterdir()] == []


def test_areleased_program_and_one_from_github_know_what_to_call():
    assert released({"repository": None, "commit": None}) == ""
    assert released({"repository": "a/b", "commit": COMMIT}) == f"a/b@{COMMIT}"
    from_git = {"vcs_info": {"vcs": "git", "commit_id": COMMIT}}
    for address in (
        "https://github.com/a/b.git",
        "https://github.com/a/b",
        "ssh://git@github.com/a/b",
    ):
        assert installed_from({"url": address, **from_git}) == f"a/b@{COMMIT}"
    assert installed_from({"url": "https://git.example.org/a/b", **from_git}) == ""
    assert installed_from({"url": "file:///a/b", "dir_info": {}}) == ""
    with pytest.raises(LinkIndexError):
        source_named("a/b@v1", "1")


def weekly():
    return yaml.safe_load(WHOLE[f"{FOLDER}/weekly.yml"])


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
