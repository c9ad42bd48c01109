using ComposePipCache.Python.Commands;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Commands;

public class PipArgumentsTests
{
    [Theory]
    [InlineData("-r a.txt", "--requirement=a.txt")]
    [InlineData("-ra.txt", "--requirement=a.txt")]
    [InlineData("--requirement a.txt", "--requirement=a.txt")]
    [InlineData("--requirement=a.txt", "--requirement=a.txt")]
    [InlineData("--requirem a.txt", "--requirement=a.txt")]
    [InlineData("-qUr a.txt", "--quiet --upgrade --requirement=a.txt")]
    [InlineData("-c c.txt --build-constraint b.txt", "--constraint=c.txt --build-constraint=b.txt")]
    [InlineData("-i https://h --extra-index-url https://h/t", "--index-url=https://h --extra-index-url=https://h/t")]
    [InlineData("--pypi-url https://h/s", "--index-url=https://h/s")]
    [InlineData("--index https://h/s", "--index-url=https://h/s")]
    [InlineData("-f /wheels --no-index", "--find-links=/wheels --no-index")]
    [InlineData("--no-cache", "--no-cache-dir")]
    [InlineData("--no-cache-dir --isolated --require-hashes", "--no-cache-dir --isolated --require-hashes")]
    [InlineData("--no-dependencies --pre --prefer-binary", "--no-deps --pre --prefer-binary")]
    [InlineData("--no-binary :all: --only-binary=numpy", "--no-binary=:all: --only-binary=numpy")]
    [InlineData("-t /x --prefix=/y --user", "--target=/x --prefix=/y --user")]
    [InlineData("--default-timeout=100 --retries 3", "--timeout=100 --retries=3")]
    [InlineData("-e ./x -e.", "--editable=./x --editable=.")]
    [InlineData("--req x", "--req")]
    [InlineData("--unknown=1 --other -K", "--unknown=1 --other -K")]
    [InlineData("--proxy http://user:secret@h:1", "--proxy=http://****@h:1")]
    public void Options_are_read_as_pip_reads_them(string text, string expected)
    {
        var arguments = Steps.Analyze($"pip install {text}").Commands[0].Arguments;

        string.Join(' ', arguments.Options).ShouldBe(expected);
    }

    [Fact]
    public void Options_may_stand_on_both_sides_of_the_sub_command()
    {
        var command = Steps.Analyze("pip --no-cache-dir --proxy p install flask -U -- -odd").Commands[0];

        command.SubCommand.ShouldBe("install");
        command.Arguments.IsNoCacheDir.ShouldBeTrue();
        command.Arguments.IsUpgrade.ShouldBeTrue();
        command.Arguments.Operands.ShouldBe(["flask", "-odd"]);
    }

    [Fact]
    public void Operands_are_told_apart()
    {
        var arguments = Steps.Analyze(
            "pip install 'flask>=2' . '.[dev]' ./a -e ./b /w/x-1-py3-none-any.whl y-1.tar.gz https://h/z.whl "
            + "git+https://h/g@main#egg=g 'p @ https://h/p.zip' -e git+ssh://git@h/q").Commands[0].Arguments;

        arguments.NamedRequirements.ShouldBe(["flask>=2"]);
        arguments.LocalProjects.ShouldBe([".", ".[dev]", "./a", "/w/x-1-py3-none-any.whl", "y-1.tar.gz", "./b"]);
        arguments.Urls.ShouldBe(
            ["https://h/z.whl", "git+https://h/g@main#egg=g", "p @ https://h/p.zip", "git+ssh://git@h/q"]);
    }

    [Fact]
    public void A_redirection_is_no_part_of_a_requirement() =>
        Steps.Analyze("pip3 install coverme>=0.6.2").Commands[0].Arguments.Operands.ShouldBe(["coverme"]);

    [Fact]
    public void Variables_of_the_environment_are_options_too()
    {
        var arguments = Steps.Analyze(
            "export PIP_PRE=1; unset PIP_PROXY; PIP_NO_DEPS=0 pip install -f /b x",
            "PIP_INDEX_URL=https://u:p@h/s", "PIP_FIND_LINKS=/a /c", "PIP_NO_CACHE_DIR=0", "PIP_DEFAULT_TIMEOUT=9",
            "PIP_PROXY=http://h", "PIP_QUIET=", "PIPENV_X=1", "PIP_CONFIG_FILE=/x").Commands[0].Arguments;

        arguments.IndexUrl.ShouldBe("https://u:p@h/s");
        arguments.FindLinks.ShouldBe(["/a", "/c", "/b"]);
        arguments.IsNoCacheDir.ShouldBeTrue();
        arguments.IsPre.ShouldBeTrue();
        arguments.IsNoDeps.ShouldBeFalse();
        arguments.Timeout.ShouldBe("9");
        arguments.ToString().ShouldBe(
            "--timeout=9 --find-links=/a --find-links=/c --index-url=https://****@h/s --no-cache-dir --pre "
            + "--find-links=/b x");
    }

    [Theory]
    [InlineData("pip install -r $DIR/r.txt \"flask==${V}\" $MORE", "/src/r.txt|flask==2|a|b")]
    [InlineData("DIR=/x; pip install -r ${DIR}/r.txt", "/x/r.txt")]
    [InlineData("pip install -r ${NONE:-d}/r.txt ${DIR:+yes} $NONE", "d/r.txt|yes")]
    [InlineData("pip install \"$NONE\" '$DIR' $\"q\"", "|$DIR|q")]
    public void Known_values_take_the_place_of_variables(string text, string expected)
    {
        var arguments = Steps.Analyze(text, "DIR=/src", "V=2", "MORE=a b").Commands[0].Arguments;

        arguments.RequirementFiles.Concat(arguments.Operands).ShouldBe(expected.Split('|'));
        arguments.IsDynamic.ShouldBeFalse();
    }

    [Theory]
    [InlineData("pip install $(cat r.txt)")]
    [InlineData("pip install -r $HOME/r.txt")]
    [InlineData("read X; pip install $X")]
    [InlineData("for x in a b; do pip install $x; done")]
    [InlineData(". ./env.sh; pip install $X")]
    [InlineData("pip install ${X%-*}")]
    [InlineData("pip install $1")]
    [InlineData("pip install -r <(echo x)")]
    [InlineData("pip install $SECRET")]
    public void What_only_the_run_can_tell_is_marked(string text)
    {
        var step = Steps.Shell(text) with { SecretNames = ["SECRET"] };

        StepAnalysis.Of(step).Commands.ShouldHaveSingleItem().Arguments.IsDynamic.ShouldBeTrue();
    }

    [Fact]
    public void What_pipx_passes_on_is_read_too()
    {
        var arguments = Steps.Analyze("pipx install --pip-args='--no-cache-dir -i https://h' x").Commands[0].Arguments;

        arguments.IsNoCacheDir.ShouldBeTrue();
        arguments.IndexUrl.ShouldBe("https://h");
        arguments.Operands.ShouldBe(["x"]);
    }

    [Fact]
    public void No_text_shows_a_password()
    {
        var analysis = Steps.Analyze(
            "https_proxy=http://u:secret@p pip install -i https://u:secret@h/s git+https://secret@h/r "
            + "https://h/x.whl?sig=secret && curl -u u:secret https://u:secret@h/f?token=secret",
            "PIP_EXTRA_INDEX_URL=https://secret@h");

        string.Join('\n', analysis.Commands).ShouldNotContain("secret");
        string.Join('\n', analysis.StaysOnline).ShouldNotContain("secret");
        analysis.Commands[0].Arguments.IndexUrl.ShouldBe("https://u:secret@h/s");
        analysis.StaysOnline.Select(act => act.Excerpt).ShouldBe(
            ["git+https://****@h/r", "https://h/x.whl?****", "curl https://****@h/f?****"]);
    }
}
