using ComposePipCache.Python.Markers;
using ComposePipCache.Python.Requirements;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Markers;

public class MarkerEnvironmentTests
{
    private static readonly InterpreterFacts Facts = new()
    {
        Implementation = "cpython",
        Version = "3.11",
        Machine = "x86_64",
    };

    private static readonly MarkerEnvironment Reported = MarkerEnvironment.Of(new Dictionary<string, string>
    {
        ["implementation_name"] = "cpython",
        ["implementation_version"] = "3.11.7",
        ["os_name"] = "posix",
        ["platform_machine"] = "x86_64",
        ["platform_release"] = "6.1.0-18-amd64",
        ["platform_system"] = "Linux",
        ["platform_version"] = "#1 SMP Debian",
        ["python_full_version"] = "3.11.7",
        ["platform_python_implementation"] = "CPython",
        ["python_version"] = "3.11",
        ["sys_platform"] = "linux",
    });

    private static readonly MarkerEnvironment Guessed = MarkerEnvironment.Of(Facts);

    private static readonly string[] Pieces =
    [
        "python_version", "os_name", "extra", "sys.platform", "python_full_version", "==", "!=", ">=", "<", "~=", "in",
        "not in", "not", " ", "'3.8'", "\"posix\"", "'", "\"", "(", ")", "and", "or", "'test'", "\\", ";", "é",
    ];

    public static TheoryData<string, string, string> Lines() =>
        [.. File.ReadAllLines(Fixtures.Folder("markers.txt")).Select(line => line.Split(" | "))
            .Select(fields => (fields[0], fields[1], fields[2]))];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_marker_is_decided_as_packaging_decides_it(string extra, string marker, string expected)
    {
        string[] extras = extra == "-" ? [] : [extra];

        var reported = Show(Reported.Evaluate(marker, extras));
        var guessed = Show(Guessed.Evaluate(marker, extras));

        string[] fitting = expected switch
        {
            "invalid" => ["open"],
            "yes" or "no" => [expected],
            _ when expected.Contains("error", StringComparison.Ordinal) => ["open", "yes", "no"],
            _ => expected.Split(' '),
        };
        reported.ShouldBeOneOf(fitting);
        guessed.ShouldBeOneOf([.. fitting, "open"]);
    }

    [Theory]
    [InlineData("python_full_version >= '3.11'", true)]
    [InlineData("python_full_version < '3.11'", false)]
    [InlineData("python_full_version >= '3.12.1'", false)]
    [InlineData("python_full_version >= '3.11.4'", null)]
    [InlineData("python_full_version == '3.11.4'", null)]
    [InlineData("python_full_version != '3.11.4'", null)]
    [InlineData("python_full_version != '3.10.4'", true)]
    [InlineData("python_full_version == '3.11.*'", true)]
    [InlineData("implementation_version < '3'", false)]
    [InlineData("platform_release >= '5'", null)]
    [InlineData("platform_release >= '5' and os_name == 'nt'", false)]
    [InlineData("platform_release >= '5' or os_name == 'posix'", true)]
    [InlineData("", true)]
    [InlineData("os_name == sys_platform", null)]
    public void What_is_not_known_leaves_a_marker_open_only_where_it_matters(string marker, bool? expected)
    {
        Guessed.Evaluate(marker, []).ShouldBe(expected);
    }

    [Fact]
    public void One_extra_that_fits_is_enough()
    {
        Guessed.Evaluate("extra == 'Test_Extra'", ["dev", "test-extra"]).ShouldBe(true);
        Guessed.Evaluate("extra == 'Test_Extra'", ["dev"]).ShouldBe(false);
        Guessed.Evaluate("extra == 'test'", []).ShouldBe(false);
        Guessed.Evaluate("extra == 'test' and python_version < '3'", ["test"]).ShouldBe(false);
    }

    [Fact]
    public void An_exact_version_decides_all_of_it()
    {
        var exact = MarkerEnvironment.Of(Facts, "3.11.7");

        exact.Evaluate("python_full_version == '3.11.7' and implementation_version == '3.11.7'", []).ShouldBe(true);
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(">=3.8", true, true)]
    [InlineData(">=3.8,<3.11", false, false)]
    [InlineData(">=3.11.4", true, null)]
    [InlineData("!=3.11.7", false, null)]
    [InlineData(">=2.7, !=3.0.*, <4", true, true)]
    [InlineData(">=3.6.*", true, true)]
    [InlineData("nonsense", true, true)]
    public void A_file_is_for_an_interpreter_or_not(string? requiresPython, bool exactly, bool? guessed)
    {
        MarkerEnvironment.Of(Facts, "3.11.7").Accepts(requiresPython).ShouldBe(exactly);
        Guessed.Accepts(requiresPython).ShouldBe(guessed);
    }

    [Theory]
    [InlineData("2.7", "cpython", "sys_platform == 'linux2' and platform_python_implementation == 'CPython'")]
    [InlineData("3.10", "pypy", "sys_platform == 'linux' and platform_python_implementation == 'PyPy'")]
    public void Old_and_other_interpreters_have_their_own_names(string version, string implementation, string marker)
    {
        MarkerEnvironment.Of(Facts with { Version = version, Implementation = implementation })
            .Evaluate(marker, []).ShouldBe(true);
    }

    [Fact]
    public void Any_text_is_read_without_an_error()
    {
        var plausible = Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 12]
            .Select(pieces => string.Concat(pieces));
        Gen.OneOf(Gen.String[0, 30], plausible).Sample(text =>
        {
            _ = Reported.Evaluate(text, []);
            _ = Guessed.Evaluate(text, ["test"]);
        });
        Guessed.Evaluate(new string('(', 100_000), []).ShouldBeNull();
    }

    [Fact]
    public void A_marker_that_is_known_without_the_last_number_is_the_same_with_it()
    {
        var table = File.ReadAllLines(Fixtures.Folder("markers.txt")).Select(line => line.Split(" | ")[1]).ToArray();
        Gen.Select(Gen.Int[0, table.Length - 1], Gen.Int[0, 30]).Sample((index, patch) =>
        {
            if (Guessed.Evaluate(table[index], []) is { } known)
            {
                MarkerEnvironment.Of(Facts, $"3.11.{patch}").Evaluate(table[index], []).ShouldBe(known, table[index]);
            }
        });
    }

    private static string Show(bool? decided) => decided switch { true => "yes", false => "no", null => "open" };
}
