using ComposePipCache.Python.Commands;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Commands;

/// <summary>The shapes in which real Dockerfiles install Python packages.</summary>
public class ShapeTests
{
    private const string Pip = "Pip: pip install";

    [Theory]
    [InlineData("pip install --no-cache-dir -r requirements.txt", Pip)]
    [InlineData("pip3 install -r /app/req.txt && rm -rf /root/.cache/pip", "Pip: pip3 install")]
    [InlineData("python -m pip install x", "Pip: python -m pip install")]
    [InlineData("python3 -m pip --quiet install x", "Pip: python3 -m pip install")]
    [InlineData("python3 -Im pip install x", "Pip: python3 -Im pip install")]
    [InlineData("python3 -u -W ignore -mpip install x", "Pip: python3 -u -W ignore -mpip install")]
    [InlineData("pip2.7 install x", "Pip: pip2.7 install")]
    [InlineData(
        "python3.11 -m pip install -U pip && python3.11 -m pip install -r r.txt",
        "Pip: python3.11 -m pip install|Pip: python3.11 -m pip install")]
    [InlineData("/opt/venv/bin/pip install x", "Pip: /opt/venv/bin/pip install")]
    [InlineData("venv/bin/python -m pip install x", "Pip: venv/bin/python -m pip install")]
    [InlineData("$(which python3) -m pip install x", "Pip: python3 -m pip install")]
    [InlineData(". /venv/bin/activate && pip install x", Pip)]
    [InlineData("python -m venv v && v/bin/pip install x", "Pip: v/bin/pip install")]
    [InlineData("pip install --upgrade pip \\\n && pip install .", Pip + "|" + Pip)]
    [InlineData("set -ex && pip install -r r.txt", Pip)]
    [InlineData("apt-get update; apt-get -y install gcc; pip install x", Pip)]
    [InlineData("apt-get update \\\n# the compiler\n && pip install uv \\\n && uv sync", Pip + "|Uv: uv sync")]
    [InlineData("curl -sS https://bootstrap.pypa.io/get-pip.py | python3.11", "GetPip: python3.11")]
    [InlineData("wget https://x/get-pip.py -O /dev/stdout | python3", "GetPip: python3")]
    [InlineData("curl -O https://x/get-pip.py && python get-pip.py", "GetPip: python get-pip.py")]
    [InlineData("cat requirements.txt | xargs -n 1 pip install", Pip)]
    [InlineData("xargs -a requirements.txt -n1 pip install", Pip)]
    [InlineData(
        "if [ \"$X\" = cpu ]; then pip install --extra-index-url https://h/cpu -r r.txt; else pip install -r g.txt; fi",
        Pip + "|" + Pip)]
    [InlineData("pip install torch==2.5.1+cu121 --index-url https://download.pytorch.org/whl/cu121", Pip)]
    [InlineData("pip install --timeout 1000 --retries 20 -r r.txt", Pip)]
    [InlineData("pip install -e . && pip install -e ./apps/api", Pip + "|" + Pip)]
    [InlineData("git clone https://h/x && pip install -r x/requirements.txt", Pip)]
    [InlineData("pip wheel --wheel-dir /wheels -r r.txt", "Pip: pip wheel")]
    [InlineData("pip download -d /pkgs -r r.txt", "Pip: pip download")]
    [InlineData("conda run -n env pip install x", "CondaRunPip: conda run -n env pip install")]
    [InlineData("conda run --no-capture-output -n e bash -c \"pip install x\"",
        "CondaRunPip: conda run --no-capture-output -n e pip install")]
    [InlineData("conda env create -f environment.yml", "Conda: conda env create")]
    [InlineData("pipx install poetry", "Pipx: pipx install")]
    [InlineData(
        "python3 -m pipx install --pip-args=\"--no-cache-dir\" cpplint==2.0.*", "Pipx: python3 -m pipx install")]
    [InlineData(
        "pip install poetry && poetry config virtualenvs.create false && poetry install",
        Pip + "|Poetry: poetry config|Poetry: poetry install")]
    [InlineData(
        "poetry export -f requirements.txt | /venv/bin/pip install -r /dev/stdin",
        "Poetry: poetry export|Pip: /venv/bin/pip install")]
    [InlineData(
        "pip3 install pipenv && pipenv install --deploy --system", "Pip: pip3 install|Pipenv: pipenv install")]
    [InlineData("pdm sync", "Pdm: pdm sync")]
    [InlineData("uv venv && uv pip install -r r.txt", "Uv: uv venv|Uv: uv pip install")]
    [InlineData("uvx ruff check", "Uv: uvx tool run")]
    [InlineData("PIP_NO_BINARY=lxml pip install lxml", Pip)]
    [InlineData("CFLAGS=-O3 LDFLAGS=\"-L /x\" pip install lxml", Pip)]
    [InlineData("sudo -H pip install x", Pip)]
    [InlineData("python setup.py install", "SetupPy: python setup.py install")]
    [InlineData("easy_install x", "SetupPy: easy_install")]
    [InlineData("python peep.py install -r r.txt", "Indirect: python peep.py")]
    [InlineData("pip3 install coverme>=0.6.2", "Pip: pip3 install")]
    [InlineData("pip install --upgrade", Pip)]
    [InlineData("pip3 pip3 install x", "Pip: pip3 pip3")]
    [InlineData("python -m spacy download en_core_web_sm", "Indirect: python -m spacy download")]
    [InlineData("tox -e py311", "Indirect: tox")]
    [InlineData("nox", "Indirect: nox")]
    [InlineData("pre-commit install-hooks", "Indirect: pre-commit install-hooks")]
    public void Every_shape_is_recognised(string text, string expected) =>
        Steps.Summary(Steps.Analyze(text)).ShouldBe(expected.Split('|'));

    [Theory]
    [InlineData("bash -c \"pip install x\"")]
    [InlineData("bash -lc 'pip install x'")]
    [InlineData("bash -euxo pipefail -c 'pip install x'")]
    [InlineData("(cd a && pip install x)")]
    [InlineData("{ pip install x; }")]
    [InlineData("pip install x || true")]
    [InlineData("! pip install x")]
    [InlineData("for f in a b; do pip install $f; done")]
    [InlineData("while read p; do pip install \"$p\"; done < r.txt")]
    [InlineData("case $A in x|y) pip install a;; *) ;; esac")]
    [InlineData("deps() { pip install x; }; deps")]
    [InlineData("function deps { pip install x; }")]
    [InlineData("X=$(pip install x)")]
    [InlineData("echo `pip install x`")]
    [InlineData("timeout -k 5 600 nice -n 5 pip install x")]
    [InlineData("env PIP_PRE=1 pip install x")]
    [InlineData("exec pip install x")]
    [InlineData("time -p pip install x")]
    [InlineData("su user -c 'pip install x'")]
    [InlineData("gosu user pip install x")]
    [InlineData("eval \"pip install x\"")]
    [InlineData("find . -name r.txt -exec pip install -r {} \\;")]
    [InlineData("bash <<EOF\npip install x\nEOF")]
    [InlineData("cat > r.txt <<EOF\nflask\nEOF\npip install -r r.txt")]
    [InlineData("# comment\npip install x # another")]
    [InlineData("p\\\nip install x")]
    [InlineData("\"pip\" install x")]
    [InlineData("poetry run pip install x")]
    [InlineData("uv --quiet run --no-sync pip install x", "Uv: uv run|Pip: pip install")]
    [InlineData("pip install a>log 2>&1 && echo done")]
    [InlineData("if pip install x; then :; fi")]
    public void A_command_is_found_wherever_the_shell_finds_it(string text, string expected = Pip) =>
        Steps.Summary(Steps.Analyze(text)).Distinct().ShouldBe(expected.Split('|'));

    [Theory]
    [InlineData("echo \"pip install x\"")]
    [InlineData("echo pip install x")]
    [InlineData("# pip install x")]
    [InlineData("true # && pip install x")]
    [InlineData("pip-compile requirements.in")]
    [InlineData("pipdeptree")]
    [InlineData("grep pip install.log")]
    [InlineData("apt-get install -y python3-pip")]
    [InlineData("apk add py3-pip")]
    [InlineData("x='; pip install x'")]
    [InlineData("cat <<EOF > x.sh\npip install x\nEOF")]
    [InlineData("python <<EOF\npip install x\nEOF")]
    [InlineData("python -c 'print(\"pip install x\")'")]
    [InlineData("python -c 'x' -m pip install")]
    [InlineData("which pip install")]
    [InlineData("command -v pip")]
    [InlineData("python app.py pip install x")]
    [InlineData("rm -rf /usr/bin/pip")]
    [InlineData("pip_install x")]
    [InlineData("case pip in pip) ;; esac")]
    [InlineData("for pip in install x; do :; done")]
    [InlineData("python setup.py build_ext --inplace")]
    [InlineData("python -m venv /venv")]
    [InlineData("conda install -y numpy")]
    [InlineData("")]
    public void What_only_looks_like_an_installer_is_none(string text) =>
        Steps.Summary(Steps.Analyze(text)).ShouldBeEmpty();

    [Theory]
    [InlineData("pip freeze > x")]
    [InlineData("pip list")]
    [InlineData("pip --version")]
    [InlineData("pip config set global.timeout 60")]
    [InlineData("pip uninstall -y x")]
    [InlineData("poetry --version")]
    [InlineData("uv venv")]
    public void A_tool_that_installs_nothing_makes_no_pip_step(string text) =>
        Steps.Analyze(text).IsPipStep.ShouldBeFalse();

    [Fact]
    public void The_exec_form_is_read_without_a_shell()
    {
        var step = StepAnalysis.Of(Steps.Exec("pip", "install", "-r", "requirements.txt", "a&&b"));

        Steps.Summary(step).ShouldBe([Pip]);
        step.Commands[0].Arguments.RequirementFiles.ShouldBe(["requirements.txt"]);
        step.Commands[0].Arguments.Operands.ShouldBe(["a&&b"]);
        Steps.Summary(StepAnalysis.Of(Steps.Exec("python", "-m", "pip", "install", "x")))
            .ShouldBe(["Pip: python -m pip install"]);
        Steps.Summary(StepAnalysis.Of(Steps.Exec("A=b", "pip", "install", "x"))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/bin/bash", "-o", "pipefail", "-c", "pip install x | tee log")]
    [InlineData("/bin/bash", "--login", "-e", "-c", "pip install x")]
    [InlineData("bash", "-eo", "pipefail", "-xc", "pip install x")]
    [InlineData("/bin/ash", "-eo", "pipefail", "-c", "pip install x")]
    public void Another_shell_is_read_as_well(params string[] arguments) =>
        Steps.Summary(StepAnalysis.Of(Steps.Exec(arguments))).ShouldBe([Pip]);

    [Fact]
    public void A_shell_inside_conda_marks_its_commands() =>
        Steps.Summary(StepAnalysis.Of(Steps.Exec("conda", "run", "-n", "e", "/bin/bash", "-c", "pip install x")))
            .ShouldBe(["CondaRunPip: conda run -n e pip install"]);

    [Theory]
    [InlineData("#!/usr/bin/env bash\nset -e\npip install x\n", true)]
    [InlineData("#!/bin/sh -e\npip install x", true)]
    [InlineData("pip install x", true)]
    [InlineData("#!/usr/bin/env python3\npip install x\n", false)]
    [InlineData("#!", false)]
    public void A_mounted_script_is_read_when_a_shell_runs_it(string script, bool isFound)
    {
        var step = Steps.Exec("/dev/pipes/EOF") with
        {
            Files = new Dictionary<string, string> { ["/dev/pipes/EOF"] = script },
        };

        StepAnalysis.Of(step).IsPipStep.ShouldBe(isFound);
    }

    [Fact]
    public void A_here_document_without_a_first_line_is_the_shells_text() => Steps.Summary(
        Steps.Analyze("set -eux\npip install --no-cache-dir -r requirements.txt\npip check\n"))
        .ShouldBe([Pip, "Pip: pip check"]);
}
