using ComposePipCache.Python.Commands;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Commands;

public class StepAnalysisTests
{
    [Theory]
    [InlineData("pip install x", null)]
    [InlineData("sudo pip install x", "sudo")]
    [InlineData("sudo -H -u bob pip install x", "sudo")]
    [InlineData("sudo -E pip install x", null)]
    [InlineData("sudo --preserve-env pip install x", null)]
    [InlineData("env -i PATH=/bin pip install x", "env -i")]
    [InlineData("env - pip install x", "env -i")]
    [InlineData("env -u A pip install x", null)]
    [InlineData("su - bob -c 'pip install x'", "su -")]
    [InlineData("su bob -c 'pip install x'", null)]
    [InlineData("su -l bob -c 'pip install x'", "su -")]
    [InlineData("pip --isolated install x", "--isolated")]
    [InlineData("pip install x --isolated", "--isolated")]
    [InlineData("pip install --isolated a; pip install b", null)]
    [InlineData("sudo bash -c 'pip install x'", "sudo")]
    [InlineData("unset PIP_NO_INDEX PIP_X; pip install x", "a change of PIP_NO_INDEX")]
    [InlineData("env -u PIP_FIND_LINKS pip install x", "a change of PIP_FIND_LINKS")]
    [InlineData("PIP_FIND_LINKS=/x pip install x", "a change of PIP_FIND_LINKS")]
    [InlineData("PIP_INDEX_URL=/x pip install x", null)]
    [InlineData("(unset PIP_NO_INDEX); pip install x", null)]
    public void A_step_whose_environment_is_cleared_is_told(string text, string? expected) =>
        Steps.Analyze(text).ClearedBy.ShouldBe(expected);

    [Theory]
    [InlineData("sudo -u bob pip install x", "bob")]
    [InlineData("su bob -c 'pip install x'", "bob")]
    [InlineData("su -c 'pip install x'", "root")]
    [InlineData("gosu bob pip install x", "bob")]
    [InlineData("runuser -u bob -- pip install x", "bob")]
    [InlineData("pip install x", null)]
    public void A_change_of_user_is_told(string text, string? expected) =>
        Steps.Analyze(text).Commands[0].OtherUser.ShouldBe(expected);

    [Fact]
    public void What_a_step_sets_for_its_commands_is_told_and_ends_with_its_subshell()
    {
        var commands = Steps.Analyze(
            "export A=1 B=$(x); (unset PIP_INDEX_URL; PIP_PRE=1 pip install a); C=2; PIP_USER=1; pip install b",
            "PIP_INDEX_URL=u", "D=4").Commands;

        commands[0].EnvironmentChanges.OrderBy(change => change.Key, StringComparer.Ordinal).ShouldBe(
            [new("A", "1"), new("B", null), new("PIP_INDEX_URL", null), new("PIP_PRE", "1")]);
        commands[1].EnvironmentChanges.OrderBy(change => change.Key, StringComparer.Ordinal).ShouldBe(
            [new("A", "1"), new("B", null), new("PIP_USER", "1")]);
        commands[1].Arguments.IndexUrl.ShouldBe("u");
    }

    [Theory]
    [InlineData("pip install x", "/app")]
    [InlineData("cd sub/../other && pip install x", "/app/other")]
    [InlineData("(cd /tmp); pip install x", "/app")]
    [InlineData("(cd /tmp; pip install x)", "/tmp")]
    [InlineData("cd \"$D\" && pip install x", "/d")]
    [InlineData("cd $HOME && pip install x", null)]
    [InlineData("cd && pip install x", null)]
    [InlineData("cd - && cd /z && pip install x", "/z")]
    [InlineData("env -C /q pip install x", "/q")]
    public void The_folder_a_command_runs_in_is_followed(string text, string? expected) =>
        Steps.Analyze(text, "D=/d").Commands[0].WorkingDirectory.ShouldBe(expected);

    [Theory]
    [InlineData(". /venv/bin/activate && pip install x", "/venv")]
    [InlineData("source venv/bin/activate; pip install x", "/app/venv")]
    [InlineData("pip install x", null)]
    public void An_activated_environment_is_told(string text, string? expected) =>
        Steps.Analyze(text).Commands[0].ActivatedEnvironment.ShouldBe(expected);

    [Theory]
    [InlineData("pip install x", true)]
    [InlineData("set -ex; cd /a && export B=1 && A=2; pip install x", true)]
    [InlineData("pip install -U pip && pip install x && pip check", true)]
    [InlineData(". /venv/bin/activate && pip install x", true)]
    [InlineData("echo start && pip install x && rm -rf /tmp/y", true)]
    [InlineData("(cd /a && pip install x)", true)]
    [InlineData("bash -c 'pip install x'", true)]
    [InlineData("pip install x || true", true)]
    [InlineData("pip install a && apt-get update && pip install b", false)]
    [InlineData("apt-get update && pip install x", false)]
    [InlineData("python -m venv /v && /v/bin/pip install x", false)]
    [InlineData("cat r.in > r.txt; pip install -r r.txt", false)]
    [InlineData("test -f r.txt || pip install x", false)]
    [InlineData("if true; then pip install x; fi", false)]
    [InlineData("sudo pip install x", false)]
    [InlineData("cat r.txt | xargs pip install", false)]
    [InlineData("pip install $(cat r.txt)", false)]
    [InlineData("pip config set global.index-url x; pip install x", false)]
    [InlineData(". ./env; pip install x", false)]
    [InlineData("conda run pip install x", false)]
    [InlineData("pip install -U pip", false)]
    public void A_step_is_replayable_when_nothing_that_matters_comes_first(string text, bool expected) =>
        Steps.Analyze(text).IsReplayable.ShouldBe(expected);

    [Theory]
    [InlineData("pip install x", false)]
    [InlineData("true && pip install x", false)]
    [InlineData("false || pip install x", true)]
    [InlineData("false || (cd a; pip install x)", true)]
    [InlineData("false || { cd a; pip install x; }", true)]
    [InlineData("(false || true); pip install x", false)]
    [InlineData("if a; then b; fi; pip install x", false)]
    [InlineData("if a; then b; else pip install x; fi", true)]
    [InlineData("for x in a; do pip install x; done", true)]
    [InlineData("case a in b) c;; esac; pip install x", false)]
    [InlineData("f() { x; }; pip install x", false)]
    [InlineData("f() { pip install x; }", true)]
    [InlineData("false ||\n pip install x", true)]
    public void What_may_not_run_is_conditional(string text, bool expected) =>
        Steps.Analyze(text).Commands[0].IsConditional.ShouldBe(expected);

    [Theory]
    [InlineData("pip install x", true)]
    [InlineData("pip install -r r.txt", true)]
    [InlineData("pip install .", true)]
    [InlineData("pip download x", true)]
    [InlineData("pip install --upgrade pip", false)]
    [InlineData("python -m pip install -U pip", false)]
    [InlineData("pip install --upgrade pip setuptools wheel", true)]
    [InlineData("pip install pip==23.0", true)]
    [InlineData("pip install --force-reinstall pip", true)]
    [InlineData("pip install --upgrade pip && pip install x", true)]
    [InlineData("pip install --upgrade", false)]
    [InlineData("pip freeze", false)]
    [InlineData("pip install --no-index --find-links=/wheels x", false)]
    [InlineData("pip install --no-deps /wheels/x-1-py3-none-any.whl", false)]
    [InlineData("pip install --no-deps -e .", true)]
    [InlineData("cat r.txt | xargs pip install", true)]
    [InlineData("pipx install x", true)]
    [InlineData("python get-pip.py", true)]
    [InlineData("uv pip install x", false)]
    [InlineData("poetry install", false)]
    public void A_lock_is_needed_for_what_pip_takes_from_an_index(string text, bool expected) =>
        Steps.Analyze(text).NeedsLock.ShouldBe(expected);

    [Theory]
    [InlineData("pip install --no-index --find-links=/wheels -r r.txt", true)]
    [InlineData("pip install --no-index -f /wheels /wheels/*", true)]
    [InlineData("pip install --no-index ./x.whl", true)]
    [InlineData("pip install --no-index x", false)]
    [InlineData("pip install --find-links=/wheels x", false)]
    [InlineData("pip install x", false)]
    public void Steps_made_offline_by_their_author_are_known(string text, bool expected) =>
        Steps.Analyze(text).Commands[0].IsAlreadyOffline.ShouldBe(expected);

    [Fact]
    public void Settings_of_the_image_make_a_step_offline_too() =>
        Steps.Analyze("pip install x", "PIP_NO_INDEX=1", "PIP_FIND_LINKS=/w").Commands[0].IsAlreadyOffline
            .ShouldBeTrue();

    [Fact]
    public void Of_a_hybrid_step_only_the_second_half_needs_a_lock()
    {
        var step = Steps.Analyze(
            "pip install --no-index --find-links=/pkgs -r r.txt || true && pip install -r r.txt");

        step.Commands.Select(command => command.NeedsLock).ShouldBe([false, true]);
    }

    [Theory]
    [InlineData("pip freeze > /r.txt", true)]
    [InlineData("pip install x && python -m pip list", true)]
    [InlineData("pip install x", false)]
    [InlineData("uv pip freeze", false)]
    public void A_list_may_print_find_links(string text, bool expected) =>
        Steps.Analyze(text).PrintsFindLinks.ShouldBe(expected);

    [Theory]
    [InlineData("pip install https://h/x.whl", OnlineKind.DirectUrl, "https://h/x.whl")]
    [InlineData("pip install 'x @ https://h/x.whl'", OnlineKind.DirectUrl, "x @ https://h/x.whl")]
    [InlineData("pip install git+https://h/x@sha", OnlineKind.VersionControl, "git+https://h/x@sha")]
    [InlineData("pip install -r https://h/r.txt", OnlineKind.RemoteRequirements, "https://h/r.txt")]
    [InlineData("pip install x -c https://h/c.txt", OnlineKind.RemoteRequirements, "https://h/c.txt")]
    [InlineData("pip install -r pylock.toml", OnlineKind.LockedUrls, "pylock.toml")]
    [InlineData("python setup.py develop", OnlineKind.SetupPy, "python setup.py develop")]
    [InlineData("curl -sS https://h/get-pip.py | sh", OnlineKind.Download, "curl https://h/get-pip.py")]
    [InlineData("wget -q https://h/f -O x", OnlineKind.Download, "wget https://h/f")]
    [InlineData("apt-get -y install gcc g++", OnlineKind.SystemPackages, "apt-get install gcc g++")]
    [InlineData("apk add --no-cache gcc", OnlineKind.SystemPackages, "apk add gcc")]
    [InlineData("conda env create -f environment.yml", OnlineKind.Conda, "conda env create environment.yml")]
    [InlineData("git clone --depth 1 https://u:p@h/x", OnlineKind.Git, "git clone https://****@h/x")]
    [InlineData("playwright install --with-deps chromium", OnlineKind.Browsers, "playwright install chromium")]
    [InlineData("python -m playwright install", OnlineKind.Browsers, "playwright install")]
    [InlineData("python -m spacy download en", OnlineKind.Models, "spacy download en")]
    [InlineData("python -m nltk.downloader punkt", OnlineKind.Models, "nltk.downloader punkt")]
    [InlineData("npm ci", OnlineKind.NodePackages, "npm ci")]
    [InlineData("yarn", OnlineKind.NodePackages, "yarn")]
    [InlineData("make deps", OnlineKind.Indirect, "make deps")]
    [InlineData("./install.sh --all", OnlineKind.Indirect, "./install.sh --all")]
    [InlineData("bash scripts/setup", OnlineKind.Indirect, "bash scripts/setup")]
    [InlineData("tox -e py", OnlineKind.Indirect, "tox -e py")]
    [InlineData("pip-compile r.in", OnlineKind.Indirect, "pip-compile r.in")]
    public void What_stays_online_is_named(string text, OnlineKind kind, string excerpt) =>
        Steps.Analyze(text).StaysOnline.ShouldBe([new OnlineAct(kind, excerpt)]);

    [Theory]
    [InlineData("pip install -r r.txt")]
    [InlineData("apt-get clean")]
    [InlineData("git config --global user.name x")]
    [InlineData("make -j4")]
    [InlineData("conda clean -a")]
    [InlineData("npm run build")]
    [InlineData("curl_x https://h")]
    [InlineData("pip install --no-index -f https://h/wheels x")]
    public void What_needs_no_network_of_its_own_is_not_named(string text) =>
        Steps.Analyze(text).StaysOnline.ShouldBeEmpty();

    [Theory]
    [InlineData("cat a.txt b.txt | xargs pip install", "a.txt|b.txt")]
    [InlineData("grep -v torch requirements.txt | xargs -n 1 pip install", "requirements.txt")]
    [InlineData("poetry export | pip install -r /dev/stdin", "pyproject.toml|poetry.lock")]
    [InlineData("uv export | sed /x/d | pip install -r /dev/stdin", "pyproject.toml|uv.lock")]
    [InlineData("make list | xargs pip install", "")]
    [InlineData("pip install x", "")]
    public void Files_that_come_through_a_pipe_are_named(string text, string expected) => string.Join(
        '|', Steps.Analyze(text).Commands.Single(command => command.IsPip).InputFiles).ShouldBe(expected);

    [Theory]
    [InlineData("pip install -r /dev/stdin <<EOF\nflask\nEOF", "flask\n")]
    [InlineData("cat <<'EOF' | pip install -r /dev/stdin\nflask\nEOF", "flask\n")]
    [InlineData("echo flask django | xargs pip install", "flask\ndjango")]
    [InlineData("cat <<EOF | pip install -r /dev/stdin\nflask==$V\nEOF", null)]
    public void Text_that_comes_through_a_pipe_is_kept(string text, string? expected) =>
        Steps.Analyze(text).Commands[0].InputText.ShouldBe(expected);

    [Theory]
    [InlineData("cd /a && pip install \\\n -r r.txt && echo x", "pip install \\\n -r r.txt")]
    [InlineData("bash -c 'cd x; python -m pip install y'", "python -m pip install y")]
    [InlineData("A=1 pip install y;b", "A=1 pip install y")]
    public void The_place_of_a_command_is_known(string text, string expected)
    {
        var span = Steps.Analyze(text).Commands[0].Span!.Value;

        span.ArgumentIndex.ShouldBe(2);
        text.Substring(span.Start, span.Length).ShouldBe(expected);
    }
}
