using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Requirements;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Requirements;

public class StepRequirementsTests
{
    private const string Install = "pip install -r r.txt";

    [Fact]
    public void Files_are_asked_for_in_rounds_until_nothing_is_missing()
    {
        var files = new Dictionary<string, string?>();

        Needed("cd sub && pip install -r r.txt -c ../c.txt").ShouldBe(["/app/sub/r.txt", "/app/c.txt"]);
        files["/app/sub/r.txt"] = "-r more/b.txt\n-c /etc/c.txt\na==1";
        files["/app/c.txt"] = "b==2";
        Needed("cd sub && pip install -r r.txt -c ../c.txt").ShouldBe(["/app/sub/more/b.txt", "/etc/c.txt"]);
        files["/app/sub/more/b.txt"] = "-r ../r.txt\nb";
        files["/etc/c.txt"] = "c==3";
        var read = Read("cd sub && pip install -r r.txt -c ../c.txt", files);

        read.Needed.ShouldBeEmpty();
        read.IsComplete.ShouldBeTrue();
        read.IsPinned.ShouldBeTrue();
        read.Text.ShouldBe("requirements\nb\nconstraint c==3\na==1\nconstraint b==2\n");

        IReadOnlyList<string> Needed(string text) => Read(text, files).Needed;
    }

    [Fact]
    public void Each_command_has_its_own_lines_and_options()
    {
        var files = new Dictionary<string, string?>
        {
            ["/app/r.txt"] = "--pre\na==1 --hash=sha256:0a\n-c c.txt",
            ["/app/c.txt"] = "b<2",
        };

        var commands = Read("PIP_PREFER_BINARY=1 pip install -r r.txt d && pip install --no-binary=e e", files)
            .Commands;

        commands.Select(command => command.Command.SubCommand).ShouldBe(["install", "install"]);
        commands[0].Requirements.Select(line => line.ToString()).ShouldBe(["d", "a==1 --hash=sha256:0a"]);
        commands[0].Constraints.Select(line => line.ToString()).ShouldBe(["b<2"]);
        commands[0].Options.Select(option => option.Name).ShouldBe(["--prefer-binary", "--requirement", "--pre"]);
        commands[1].Options.Select(option => option.ToString()).ShouldBe(["--no-binary=e"]);
    }

    [Theory]
    [InlineData("pip install .", "/app/pyproject.toml|/app/setup.cfg|/app/setup.py")]
    [InlineData("pip install -e ./x[dev]", "/app/x/pyproject.toml|/app/x/setup.cfg|/app/x/setup.py")]
    [InlineData("pip install --group dev", "/app/pyproject.toml")]
    [InlineData("pip install --group sub/pyproject.toml:dev", "/app/sub/pyproject.toml")]
    [InlineData("pip install -r file:///x/r.txt", "/x/r.txt")]
    [InlineData("cat a.txt | xargs pip install", "/app/a.txt")]
    [InlineData("poetry export | pip install -r /dev/stdin", "/app/pyproject.toml|/app/poetry.lock")]
    [InlineData("PIP_CONSTRAINT=/c.txt pip install x", "/c.txt")]
    [InlineData("pip install --no-index -f /w -r r.txt", "")]
    [InlineData("pip install -U pip", "")]
    [InlineData("uv sync", "")]
    [InlineData("pip install x", "")]
    public void The_files_that_decide_are_asked_for(string text, string expected) =>
        string.Join('|', Read(text, []).Needed).ShouldBe(expected);

    [Fact]
    public void A_project_may_read_requirements_files_of_its_own()
    {
        var files = new Dictionary<string, string?>
        {
            ["/app/setup.py"] = "setup(install_requires=open('requirements/base.txt').read())",
            ["/app/setup.cfg"] = null,
            ["/app/pyproject.toml"] = "dependencies = {file = [\"requirements.txt\"]}",
        };

        Read("pip install .", files).Needed.ShouldBe(["/app/requirements.txt", "/app/requirements/base.txt"]);
    }

    [Theory]
    [InlineData(Install, "a==1\nb===2", true)]
    [InlineData(Install, "a==1\nb", false)]
    [InlineData(Install, "a==1.*", false)]
    [InlineData(Install + " b==2", "a==1", true)]
    [InlineData(Install + " b", "a==1", false)]
    [InlineData(Install, "a --hash=sha256:0", true)]
    [InlineData(Install, "--require-hashes\na", true)]
    [InlineData(Install + " --require-hashes", "a", true)]
    [InlineData(Install, "https://h/a.whl#sha256=0", true)]
    [InlineData(Install, "https://h/a.whl", false)]
    [InlineData(Install, "git+https://h/a@main", false)]
    [InlineData(Install + " ./x-1-py3-none-any.whl", "a==1", false)]
    [InlineData(Install + " --no-deps ./x-1-py3-none-any.whl", "a==1", true)]
    [InlineData(Install + " && pip install --upgrade pip", "a==1", true)]
    [InlineData(Install + " && pip install b", "a==1", false)]
    [InlineData("cat r.txt | xargs -n1 pip install", "a==1", true)]
    [InlineData("pip install $(cat r.txt)", "a==1", false)]
    [InlineData("", "", true)]
    public void Pinned_means_that_every_requirement_is(string text, string file, bool expected) =>
        Read(text, new() { ["/app/r.txt"] = file }).IsPinned.ShouldBe(expected);

    [Theory]
    [InlineData("b==1", true)]
    [InlineData("b>=1", false)]
    [InlineData("c==1", false)]
    public void A_constraint_can_pin(string constraint, bool expected) => Read(
        Install + " -c c.txt", new() { ["/app/r.txt"] = "a==1\nB", ["/app/c.txt"] = constraint })
        .IsPinned.ShouldBe(expected);

    [Theory]
    [InlineData("pip install $(x)")]
    [InlineData("pip install -r https://h/r.txt")]
    [InlineData("pip install /wheels/*.whl")]
    [InlineData("cd $HOME; pip install -r x.txt")]
    [InlineData("make list | xargs pip install")]
    [InlineData("pip install -r missing.txt")]
    [InlineData("pip install ./empty")]
    public void What_cannot_be_read_is_named(string text)
    {
        var files = new Dictionary<string, string?> { ["/app/missing.txt"] = null };
        foreach (var name in ProjectText.FileNames)
        {
            files[$"/app/empty/{name}"] = null;
        }

        var read = Read(text, files);

        read.Needed.ShouldBeEmpty();
        read.Unknowns.ShouldHaveSingleItem();
        read.IsComplete.ShouldBeFalse();
        read.IsPinned.ShouldBeFalse();
    }

    [Fact]
    public void A_file_that_the_step_exports_is_known_by_its_lock_file()
    {
        var files = new Dictionary<string, string?>
        {
            ["/app/r.txt"] = null,
            ["/app/pyproject.toml"] = "x",
            ["/app/poetry.lock"] = "locked",
        };

        var read = Read("poetry export -o r.txt && pip install -r r.txt", files);

        read.IsComplete.ShouldBeTrue();
        read.Text.ShouldContain("locked");
    }

    [Fact]
    public void Requirements_in_a_here_document_are_read() => Read(
        "cat <<EOF | pip install -r /dev/stdin\na==1 # why\nEOF", []).Text.ShouldBe("requirements\na==1\n");

    [Fact]
    public void Files_tell_of_their_indexes_and_of_what_stays_online()
    {
        var read = Read(Install, new()
        {
            ["/app/r.txt"] =
                "-i https://u:p@h/s\n-f ./w --no-index\ngit+https://t@h/x\nhttps://h/y.whl\n-r https://h/z.txt",
        });

        read.IndexOptions.Select(option => option.Value).ShouldBe(["https://u:p@h/s", "./w", null]);
        read.StaysOnline.ShouldBe(
        [
            new OnlineAct(OnlineKind.VersionControl, "git+https://****@h/x"),
            new OnlineAct(OnlineKind.DirectUrl, "https://h/y.whl"),
            new OnlineAct(OnlineKind.RemoteRequirements, "https://h/z.txt"),
        ]);
        read.Text.ShouldNotContain("u:p");
    }

    [Fact]
    public void Files_that_include_each_other_come_to_an_end() => Read(Install, new()
    {
        ["/app/r.txt"] = "-r s.txt\n-r s.txt\na",
        ["/app/s.txt"] = "-r r.txt\nb",
    }).Text.ShouldBe("requirements\nb\na\n");

    [Fact]
    public void Comments_blank_lines_and_spaces_change_nothing() => Gen.Select(Texts.File, Gen.Int[0, 8], Gen.Int[0, 4])
        .Sample((lines, place, kind) =>
        {
            var noise = kind switch { 0 => "", 1 => "   ", 2 => "# a comment", 3 => "\t# flask==1", _ => "#" };
            List<string> changed = [.. lines];
            changed.Insert(Math.Min(place, lines.Length), noise);

            Key(string.Join('\n', lines)).ShouldBe(Key(string.Join("\r\n", changed) + "\n\n"));
            Key(string.Join('\n', lines)).ShouldBe(Key(string.Join('\n', lines.Select(line => $"  {line}  # c"))));
        });

    [Fact]
    public void Any_other_change_is_a_change() => Gen.Select(Texts.File, Texts.Line, Gen.Int[0, 8])
        .Sample((lines, extra, place) =>
        {
            List<string> changed = [.. lines];
            changed.Insert(Math.Min(place, lines.Length), extra);

            Key(string.Join('\n', changed)).ShouldNotBe(Key(string.Join('\n', lines)));
        });

    [Theory]
    [InlineData("a==1", "a==1.0")]
    [InlineData("a", "b")]
    [InlineData("a[x]", "a")]
    [InlineData("a ; os_name == 'nt'", "a ; os_name != 'nt'")]
    [InlineData("a --hash=sha256:0", "a --hash=sha256:1")]
    [InlineData("-e ./a", "./a")]
    [InlineData("-c c.txt", "-r c.txt")]
    [InlineData("a\nb", "a b")]
    [InlineData("--pre\na", "a")]
    [InlineData("-i https://h/a\na", "-i https://h/b\na")]
    [InlineData("git+https://h/a@1", "git+https://h/a@2")]
    public void Small_changes_count_as_well(string one, string other) => Key(one).ShouldNotBe(Key(other));

    private static StepRequirements Read(string text, Dictionary<string, string?> files) =>
        StepRequirements.Read(Steps.Analyze(text), files);

    private static string Key(string file) => Read(Install, new()
    {
        ["/app/r.txt"] = file,
        ["/app/c.txt"] = "q",
        ["/app/lib/setup.py"] = "x",
        ["/app/lib/setup.cfg"] = null,
        ["/app/lib/pyproject.toml"] = null,
        ["/app/a/setup.py"] = "x",
        ["/app/a/setup.cfg"] = null,
        ["/app/a/pyproject.toml"] = null,
    }).Text;
}
