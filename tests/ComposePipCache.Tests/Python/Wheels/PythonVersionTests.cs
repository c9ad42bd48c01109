using ComposePipCache.Python.Wheels;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Wheels;

public class PythonVersionTests
{
    private static readonly string[] Lines = File.ReadAllLines(Fixtures.Folder("versions.txt"));

    private static readonly string[] Known = [.. Lines.Where(line => line[0] != '-').Select(line => line.Split(' ')[1])];

    private static readonly string[] Kinds = ["", "a", "b", "rc", ".post", ".dev", "a1.post1.dev", "+", "+x."];

    private static readonly Gen<PythonVersion> Any = Gen.Select(
        Gen.Int[0, 2],
        Gen.UInt[0, 30].Array[1, 4],
        Gen.Int[0, Kinds.Length - 1].Select(index => Kinds[index]),
        Gen.UInt[0, 12],
        (epoch, release, kind, number) => PythonVersion.Parse(
            (epoch == 0 ? "" : $"{epoch}!") + string.Join('.', release) + kind + (kind.Length == 0 ? "" : number))!);

    public static TheoryData<string, string> Normal() =>
        [.. Lines.Where(line => line[0] != '-').Select(line => line.Split(' ')).Select(words => (words[1], words[2]))];

    public static TheoryData<string> Wrong() => [.. Lines.Where(line => line[0] == '-').Select(line => line[2..])];

    [Theory]
    [MemberData(nameof(Normal))]
    public void Every_spelling_has_one_normal_form(string text, string normal)
    {
        PythonVersion.Parse(text).ShouldNotBeNull().Text.ShouldBe(normal);
        PythonVersion.Parse($" {text.ToUpperInvariant()} ").ShouldNotBeNull().Text.ShouldBe(normal);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Other_texts_are_no_versions(string text)
    {
        PythonVersion.Parse(text).ShouldBeNull();
    }

    [Fact]
    public void The_order_is_that_of_pip()
    {
        PythonVersion? before = null;
        foreach (var line in Lines.Where(line => line[0] != '-'))
        {
            var version = PythonVersion.Parse(line.Split(' ')[1])!;
            if (before is not null)
            {
                Math.Sign(version.CompareTo(before)).ShouldBe(line[0] == '=' ? 0 : 1, line);
            }

            before = version;
        }
    }

    [Fact]
    public void The_order_has_no_contradiction()
    {
        Gen.Select(Any, Any, Any).Sample((a, b, c) =>
        {
            Math.Sign(a.CompareTo(b)).ShouldBe(-Math.Sign(b.CompareTo(a)));
            if (a <= b && b <= c)
            {
                a.CompareTo(c).ShouldBeLessThanOrEqualTo(0);
            }

            if (a == b)
            {
                a.GetHashCode().ShouldBe(b.GetHashCode());
            }
        });
    }

    [Fact]
    public void The_normal_form_is_the_same_version()
    {
        Any.Sample(version =>
        {
            PythonVersion.Parse(version.Text).ShouldBe(version);
            PythonVersion.Parse(version.Text)!.Text.ShouldBe(version.Text);
        });
    }

    [Fact]
    public void Any_text_is_read_without_an_error()
    {
        var letters = Gen.Char["0123456789.!+-_abcdeprstuvwxy *é"];
        Gen.Select(Gen.Int[0, Known.Length - 1], Gen.String[letters, 0, 6], Gen.Int[0, 12])
            .Sample((index, noise, at) =>
            {
                var text = Known[index].Insert(Math.Min(at, Known[index].Length), noise);
                if (PythonVersion.Parse(text) is { } version)
                {
                    PythonVersion.Parse(version.Text).ShouldBe(version);
                }
            });
    }

    [Fact]
    public void Prereleases_are_known_as_such()
    {
        PythonVersion.Parse("1.0rc1")!.IsPrerelease.ShouldBeTrue();
        PythonVersion.Parse("1.0.post1.dev2")!.IsPrerelease.ShouldBeTrue();
        PythonVersion.Parse("1.0.post1")!.IsPrerelease.ShouldBeFalse();
        PythonVersion.Parse("1.0+dev")!.IsPrerelease.ShouldBeFalse();
        PythonVersion.Parse("1.0+CPU-1")!.Local.ShouldBe("cpu.1");
    }
}
