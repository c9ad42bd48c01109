using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Index;
using ComposePipCache.Python.Markers;
using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Versions;
using ComposePipCache.Python.Wheels;
using CsCheck;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Index;

public class CandidateChoiceTests
{
    private static readonly string[] Lines = File.ReadAllLines(Fixtures.Folder("candidates.txt"));

    private static readonly InterpreterFacts Facts = new()
    {
        Implementation = "cpython",
        Version = "3.11",
        Abi = "cp311",
        Machine = "x86_64",
        Libc = "glibc-2.36",
    };

    private static readonly SupportedTags Tags = SupportedTags.Of(Facts);

    public static TheoryData<int> Cases() =>
        [.. Enumerable.Range(0, Lines.Length).Where(index => Lines[index][0] == 'c')];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_file_is_the_one_that_pip_tries_first(int line)
    {
        var (demand, options, files) = Case(line);

        var found = CandidateChoice.Find(demand, files.Select(file => file.File), Rules(options, "3.11.7"));

        files.FindIndex(file => ReferenceEquals(file.File, found)).ShouldBe(files.FindIndex(file => file.IsChosen));
    }

    [Fact]
    public void Without_the_last_number_of_the_version_no_other_file_is_chosen()
    {
        var isTold = 0;
        foreach (var line in Cases().Select(row => row.Data))
        {
            var (demand, options, files) = Case(line);
            var all = files.ConvertAll(file => file.File);
            if (CandidateChoice.Find(demand, all, Rules(options, null)) is { } found)
            {
                isTold++;
                // 3.11.0 to 3.11.4 would leave out what needs 3.11.5
                found.RequiresPython.ShouldNotBe(">=3.11.5");
                found.ShouldBeOneOf([.. new[] { "3.11.4", "3.11.5" }.Select(
                    version => CandidateChoice.Find(demand, all, Rules(options, version)))]);
            }
        }

        isTold.ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData("--python-version=3.9")]
    [InlineData("--platform=manylinux2014_aarch64")]
    [InlineData("--uploaded-prior-to=2024-01-01")]
    [InlineData("--all-releases=:all:")]
    public void Options_that_are_not_read_leave_the_choice_to_pip(string option)
    {
        var file = new IndexFile { FileName = "alpha-1.0.tar.gz", Url = new Uri("https://h/alpha-1.0.tar.gz") };

        CandidateChoice.Find(Demand(""), [file], Rules([], "3.11.7")).ShouldBe(file);
        CandidateChoice.Find(Demand(""), [file], Rules([Option(option)], "3.11.7")).ShouldBeNull();
    }

    [Fact]
    public void A_file_that_no_hash_allows_is_not_foretold()
    {
        var file = new IndexFile
        {
            FileName = "alpha-1.0.tar.gz",
            Url = new Uri("https://h/alpha-1.0.tar.gz"),
            Sha256 = new string('a', 64),
        };

        var allowing = Demand("") with { HasHashes = true, Sha256s = [new string('a', 64)] };
        CandidateChoice.Find(allowing, [file], Rules([], null)).ShouldBe(file);
        CandidateChoice.Find(Demand("") with { HasHashes = true }, [file], Rules([], null)).ShouldBeNull();
    }

    [Fact]
    public void The_order_of_the_page_matters_only_between_equals()
    {
        var cases = Cases().Select(row => row.Data).ToArray();
        Gen.Select(Gen.Int[0, cases.Length - 1], Gen.Int[1, 96]).Sample((index, seed) =>
        {
            var (demand, options, files) = Case(cases[index]);
            var all = files.ConvertAll(file => file.File);
            var shuffled = all.Index().OrderBy(file => (file.Index + 1) * seed % 97).Select(file => file.Item);
            var rules = Rules(options, "3.11.7");

            var found = CandidateChoice.Find(demand, all, rules);
            var foundShuffled = CandidateChoice.Find(demand, shuffled, rules);

            (found is null).ShouldBe(foundShuffled is null);
            VersionOf(foundShuffled).ShouldBe(VersionOf(found));
        });
    }

    private static PythonVersion? VersionOf(IndexFile? file) => file is null ? null
        : WheelName.Parse(file.FileName)?.Version ?? SdistName.Parse(file.FileName)?.Version;

    private static ProjectDemand Demand(string specifier) => new("alpha", VersionSpecifier.Parse(specifier)!);

    private static CandidateRules Rules(PipOption[] options, string? version) =>
        new(Tags, MarkerEnvironment.Of(Facts, version), options);

    private static PipOption Option(string text) =>
        text.Split('=', 2) is [var name, var value] ? new PipOption(name, value) : new PipOption(text);

    private static (ProjectDemand Demand, PipOption[] Options, List<(IndexFile File, bool IsChosen)> Files) Case(
        int line)
    {
        var fields = Lines[line].Split('\t');
        var hashes = fields[4] == "-" ? [] : fields[4].Split(' ').Select(Digest).ToArray();
        var demand = new ProjectDemand(fields[1], VersionSpecifier.Parse(fields[2] == "-" ? "" : fields[2])!)
        {
            Sha256s = hashes!,
            HasHashes = hashes.Length > 0,
        };
        PipOption[] options = fields[3] == "-" ? [] : [.. fields[3].Split(' ').Select(Option)];
        var files = Lines.Skip(line + 1).TakeWhile(text => text[0] != 'c').Select((text, index) =>
        {
            var parts = text[2..].Split('\t');
            var file = new IndexFile
            {
                FileName = parts[0],
                Url = new Uri($"https://h/{index}/{Uri.EscapeDataString(parts[0])}"),
                Sha256 = Digest(parts[1]),
                RequiresPython = parts[2] == "-" ? null : parts[2],
                IsYanked = parts[3] == "yanked",
            };
            return (file, text[0] == '*');
        });
        return (demand, options, [.. files]);
    }

    private static string? Digest(string text) => text == "-" ? null : string.Concat(Enumerable.Repeat(text, 4));
}
