using ComposePipCache.Python.Requirements;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Requirements;

public class RequirementLineTests
{
    [Theory]
    [InlineData("a\n\nb\r\nc", "a|b|c")]
    [InlineData("\uFEFFa", "a")]
    [InlineData("# x\n  # y\na # z", "a")]
    [InlineData("a#b", "a#b")]
    [InlineData("a==1 \\\n  --hash=sha256:2 \\\n  --hash=sha256:1", "a==1 --hash=sha256:1 --hash=sha256:2")]
    [InlineData("a==1 \\\n# comment\nb", "a==1|b")]
    [InlineData("a \\", "a")]
    [InlineData("-i https://u:p@h/s", "--index-url=https://h/s")]
    [InlineData("--index-url https://h/s --extra-index-url 'https://h/t'",
        "--index-url=https://h/s --extra-index-url=https://h/t")]
    [InlineData("--trusted-host h", "")]
    [InlineData("-e git+https://h/x#egg=x", "-e git+https://h/x#egg=x")]
    [InlineData("-e ./x[a] ; os_name == 'nt'", "-e ./x[a] ; os_name == nt")]
    [InlineData("--editable=.", "-e .")]
    [InlineData("a --config-settings=x=y --global-option=\"z\"", "a --config-settings=x=y --global-option=z")]
    [InlineData("a==${V} ${v} ${NONE}", "a==1 ${v} ${NONE}")]
    [InlineData("https://${TOKEN}@h/x.whl", "https://h/x.whl")]
    [InlineData("a-b --hash=sha256:1", "a-b --hash=sha256:1")]
    public void Lines_are_read_as_pip_reads_them(string text, string expected)
    {
        var lines = RequirementLine.Read(text, name => name == "V" ? "1" : null);

        string.Join('|', lines).ShouldBe(expected);
    }

    [Theory]
    [InlineData("-r x.txt", "x.txt", false)]
    [InlineData("-rx.txt", "x.txt", false)]
    [InlineData("--requirement=x.txt", "x.txt", false)]
    [InlineData("-c x.txt", "x.txt", true)]
    [InlineData("--constraint x.txt # why", "x.txt", true)]
    public void Included_files_are_found(string text, string expected, bool isConstraint)
    {
        var line = RequirementLine.Read(text, _ => null).ShouldHaveSingleItem();

        line.IncludedFile.ShouldBe(expected);
        line.IncludesConstraints.ShouldBe(isConstraint);
    }
}
