using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Resolving;
using ComposePipCache.Tests.Python.Commands;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Resolving;

public class ResolveCommandsTests
{
    private const string Added = "--quiet --no-input --disable-pip-version-check --no-cache-dir";

    private const string Before = "GAP other commands run before it";
    private const string Branch = "GAP it stands in a branch, a loop or a function";
    private const string Pipe = "GAP its requirements come through a pipe";
    private const string Unwritten = "GAP what it installs is not written in the step";
    private const string Uv = "GAP uv chooses its files by itself";

    private static readonly ResolveSettings Settings = new()
    {
        PipVersion = "23.0",
        Folder = "/r",
    };

    /// <summary>The shapes in which real Dockerfiles install Python packages.</summary>
    [Theory]
    [InlineData("pip install --no-cache-dir -r requirements.txt", "pip install * --requirement=requirements.txt")]
    [InlineData("pip3 install -r /a/r.txt && rm -rf /root/.cache/pip", "pip3 install * --requirement=/a/r.txt")]
    [InlineData("python -m pip install x", "python -m pip install * x")]
    [InlineData("python3 -Im pip -q install x", "python3 -Im pip install * x")]
    [InlineData("pip2.7 install x", "pip2.7 install * x")]
    [InlineData(
        "python3.11 -m pip install -U pip && python3.11 -m pip install -r r.txt",
        "python3.11 -m pip install * pip", "~python3.11 -m pip install * --requirement=r.txt")]
    [InlineData("/opt/venv/bin/pip install x", "/opt/venv/bin/pip install * x")]
    [InlineData("venv/bin/python -m pip install x", "venv/bin/python -m pip install * x")]
    [InlineData(". /venv/bin/activate && pip install x", "/venv/bin/pip install * x")]
    [InlineData(". v/bin/activate && python -m pip install x", "/app/v/bin/python -m pip install * x")]
    [InlineData("python -m venv v && v/bin/pip install x", Before)]
    [InlineData("pip install --upgrade pip \\\n && pip install .", "pip install * pip", "~pip install * .")]
    [InlineData("pip install pip && pip install x", "pip install * x")]
    [InlineData("set -ex && pip install -r r.txt", "pip install * --requirement=r.txt")]
    [InlineData("apt-get update; apt-get -y install gcc; pip install x", Before)]
    [InlineData("apt-get install gcc && pip install uv && uv sync && apt-get purge gcc", Before, Uv)]
    [InlineData("curl -sS https://bootstrap.pypa.io/get-pip.py | python3.11", "GAP the script brings a pip of its own")]
    [InlineData("cat requirements.txt | xargs -n 1 pip install", Pipe)]
    [InlineData("xargs -a r.txt pip install", Pipe)]
    [InlineData(
        "if [ \"$X\" = cpu ]; then pip install --prefer-binary -r r.txt; else pip install -r g.txt; fi",
        Branch, Branch)]
    [InlineData("for f in a b; do pip install x; done", Branch)]
    [InlineData("pip install x || pip install y", "pip install * x", Branch)]
    [InlineData("pip install x || true", "pip install * x")]
    [InlineData(
        "pip install torch==2.5.1+cu121 --index-url https://download.pytorch.org/whl/cu121",
        "pip install * --index-url=https://download.pytorch.org/whl/cu121 torch==2.5.1+cu121")]
    [InlineData("pip install --timeout 1000 --retries 20 -r r.txt", "pip install * --requirement=r.txt")]
    [InlineData(
        "pip install -e . && pip install --no-deps -e ./apps/api[test]",
        "pip install * --editable=.", "pip install * --no-deps --editable=./apps/api[test]")]
    [InlineData("pip install --no-build-isolation -e .", "pip install * --no-build-isolation --editable=.")]
    [InlineData("pip install git+https://h/r@0a1b", "pip install * git+https://h/r@0a1b")]
    [InlineData("git clone https://h/x && pip install -r x/requirements.txt", Before)]
    [InlineData("pip install --user -r r.txt", "pip install * --requirement=r.txt")]
    [InlineData("pip install --prefix=/install --root /x x", "pip install * x")]
    [InlineData("pip install -t /python --upgrade x", "pip install * x")]
    [InlineData("pip wheel --wheel-dir /wheels --no-deps -r r.txt", "pip install * --no-deps --requirement=r.txt")]
    [InlineData("pip download -d /wheels x", "pip install * x")]
    [InlineData("pip install --no-index --find-links=/wheels /wheels/*")]
    [InlineData("pip install --no-index -f /w a && pip install b", "pip install * b")]
    [InlineData("conda run -n env pip install x", "GAP conda chooses the interpreter")]
    [InlineData("conda run -n e bash -c \"pip install x\"", "GAP conda chooses the interpreter")]
    [InlineData("conda env create -f environment.yml", "GAP conda chooses its files by itself")]
    [InlineData("pipx install poetry", "GAP pipx chooses its files by itself")]
    [InlineData(
        "pip install poetry && poetry config virtualenvs.create false && poetry install",
        "pip install * poetry", "GAP poetry chooses its files by itself")]
    [InlineData("poetry export -f requirements.txt | /venv/bin/pip install -r /dev/stdin", Pipe)]
    [InlineData(
        "pip3 install pipenv && pipenv install --system",
        "pip3 install * pipenv", "GAP pipenv chooses its files by itself")]
    [InlineData("pdm sync", "GAP pdm chooses its files by itself")]
    [InlineData("pip install --no-cache-dir uv && uv sync --locked", "pip install * uv", Uv)]
    [InlineData("uv venv && uv pip install -r r.txt", Uv)]
    [InlineData("PIP_NO_BINARY=lxml pip install lxml", "pip install * lxml")]
    [InlineData("CFLAGS=-O3 pip install lxml", "pip install * lxml")]
    [InlineData("sudo -H pip install x", "GAP sudo hides the build's settings from it")]
    [InlineData("su user -c 'pip install x'", "GAP it runs as user")]
    [InlineData("pip install --isolated x", "GAP --isolated hides the build's settings from it")]
    [InlineData("python setup.py install", Unwritten)]
    [InlineData("pip3 install coverme>=0.6.2", "pip3 install * coverme")]
    [InlineData("pip install --upgrade")]
    [InlineData("pip3 pip3 install x")]
    [InlineData("pip install --help")]
    [InlineData("pip freeze && pip list")]
    [InlineData("tox -e py311", Unwritten)]
    [InlineData("python -m spacy download en_core_web_sm", Unwritten)]
    [InlineData("make deps")]
    [InlineData("pip install \"$PACKAGES\"", "GAP a word of it is known only when the step runs")]
    [InlineData("${VENV:-$(pwd)}/bin/pip install x", "GAP a word of it is known only when the step runs")]
    [InlineData("cd $(mktemp -d) && pip install .", "GAP a word of it is known only when the step runs")]
    [InlineData("pip install ./wheels/*.whl", "GAP the shell replaces ./wheels/*.whl")]
    [InlineData("pip install -r ~/r.txt", "GAP the shell replaces ~/r.txt")]
    [InlineData("pip install --nonsense=1 x", "GAP its option --nonsense is not known")]
    [InlineData("pip lock -r r.txt", "GAP it writes a lock file")]
    [InlineData("export PATH=$(pwd)/bin && pip install x", "GAP the value of PATH is known only when the step runs")]
    public void Every_shape_is_resolved_or_left_to_its_run(string text, params string[] expected)
    {
        var found = ResolveCommands.For(Steps.Analyze(text, "X=1", "PACKAGES="), Settings);

        if (text.Contains("$PACKAGES", StringComparison.Ordinal))
        {
            found = ResolveCommands.For(Steps.Analyze("PACKAGES=$(cat p); " + text), Settings);
        }

        Show(found).ShouldBe(expected, ignoreOrder: true);
        found.IsComplete.ShouldBe(!expected.Any(line => line.StartsWith("GAP", StringComparison.Ordinal)));
        (found.NotResolvable is null).ShouldBe(found.IsComplete);
    }

    [Fact]
    public void The_exec_form_is_resolved_as_well()
    {
        var step = StepAnalysis.Of(Steps.Exec("python", "-m", "pip", "install", "-r", "my r.txt", "--", "-x"));

        Show(ResolveCommands.For(step, Settings)).ShouldBe(["python -m pip install * --requirement=my r.txt -- -x"]);
    }

    [Fact]
    public void What_says_nothing_about_the_files_is_left_out_and_the_rest_kept()
    {
        var text = "pip -v install --report x --dry-run --log l --proxy http://p --cert c --retries 9 "
            + "--progress-bar off --no-cache-dir --no-compile --root-user-action ignore --break-system-packages "
            + "--no-warn-script-location --trusted-host h --client-cert k --keyring-provider import -I "
            + "--force-reinstall -i https://u:p@h/s --extra-index-url https://e/ -f /l -c c.txt --pre "
            + "--prefer-binary --no-binary :all: --only-binary=a --require-hashes --no-deps --ignore-requires-python "
            + "-C k=v --use-feature f x";

        Show(ResolveCommands.For(Steps.Analyze(text), Settings)).ShouldBe(
        [
            "pip install * --trusted-host=h --client-cert=k --keyring-provider=import --index-url=https://u:p@h/s "
                + "--extra-index-url=https://e/ --find-links=/l --constraint=c.txt --pre --prefer-binary "
                + "--no-binary=:all: --only-binary=a --require-hashes --no-deps --ignore-requires-python "
                + "--config-settings=k=v --use-feature=f x",
        ]);
    }

    [Theory]
    [InlineData("22.2", "pip install x", "pip install * x")]
    [InlineData("26.2", "pip install x", "pip install * x")]
    [InlineData("22.1", "pip install -U --user -C a=b -e .[x] y", "pip download * y .[x]")]
    [InlineData("9.0", "pip wheel -w /w -r r.txt", "pip download * --requirement=r.txt")]
    [InlineData("8.1", "pip install x", "GAP its pip is too old to tell")]
    [InlineData("", "pip install x", "GAP its pip is too old to tell")]
    [InlineData(
        "23.2", "pip install --platform p --only-binary=:all: -t /x y",
        "pip download * --platform=p --only-binary=:all: y")]
    [InlineData(
        "23.3", "pip install --platform p --only-binary=:all: -t /x y",
        "pip install * --platform=p --only-binary=:all: y")]
    public void An_older_pip_downloads_instead(string pip, string text, string expected)
    {
        var found = ResolveCommands.For(Steps.Analyze(text), Settings with { PipVersion = pip });

        Show(found).ShouldBe([expected]);
        foreach (var command in found.Commands)
        {
            (command.Report is null).ShouldBe(command.Downloads is not null);
        }
    }

    [Fact]
    public void A_command_keeps_the_place_and_the_variables_of_the_step()
    {
        var found = ResolveCommands.For(
            Steps.Analyze(
                "export A=1 && cd sub && . /v/bin/activate && unset B && PIP_PRE=1 pip install x && cd .. "
                    + "&& pip install y",
                "PATH=/usr/bin", "B=2"),
            Settings).Commands;

        found.Select(command => command.WorkingDirectory).ShouldBe(["/app/sub", "/app"]);
        found.Select(command => command.Report).ShouldBe(["/r/1.json", "/r/2.json"]);
        found[0].Environment["A"].ShouldBe("1");
        found[0].Environment.ContainsKey("B").ShouldBeTrue();
        found[0].Environment["B"].ShouldBeNull();
        found[0].Environment["PIP_PRE"].ShouldBe("1");
        found[0].Environment["VIRTUAL_ENV"].ShouldBe("/v");
        found[0].Environment["PATH"].ShouldBe("/v/bin:/usr/bin");
        found[1].Environment.ContainsKey("PIP_PRE").ShouldBeFalse();
    }

    [Fact]
    public void Credentials_stand_in_no_text_for_people()
    {
        var found = ResolveCommands.For(
            Steps.Analyze("pip install -i https://u:secret@h/s x && ls && pip install -i https://u:secret@h/s y"),
            Settings);

        found.Commands[0].ToString().ShouldNotContain("secret");
        found.NotResolvable.ShouldNotBeNull().ShouldNotContain("secret");
        found.Commands[0].Arguments.ShouldContain("--index-url=https://u:secret@h/s");
    }

    [Fact]
    public void Any_script_has_an_answer_and_no_command_of_it_installs()
    {
        Gen.OneOf(Scripts.Anything, Scripts.Plausible).Sample(text =>
        {
            foreach (var command in ResolveCommands.For(Steps.Analyze(text), Settings).Commands)
            {
                command.Arguments.ShouldContain("--dry-run");
                command.Source.IsReplayable.ShouldBeTrue();
                command.WorkingDirectory.ShouldStartWith("/");
            }
        });
    }

    private static IEnumerable<string> Show(ResolveCommands found) =>
    [
        .. found.Commands.Select((command, index) => Short(command, index + 1)),
        .. found.Gaps.Select(gap => "GAP " + gap[(gap.IndexOf("`: ", StringComparison.Ordinal) + 3)..]),
    ];

    private static string Short(ResolveCommand command, int number)
    {
        var text = string.Join(' ', command.Arguments)
            .Replace($"--dry-run --ignore-installed --report /r/{number}.json {Added}", "*", StringComparison.Ordinal)
            .Replace($"--dest /r/{number} {Added}", "*", StringComparison.Ordinal);
        return command.IsApproximate ? "~" + text : text;
    }
}
