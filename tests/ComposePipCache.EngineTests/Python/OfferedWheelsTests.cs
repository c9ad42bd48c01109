using System.Security.Cryptography;
using CliWrap;
using CliWrap.Buffered;
using ComposePipCache.Bed;
using ComposePipCache.Python.Links;
using ComposePipCache.Python.Logs;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.Python;

/// <summary>Which file real pips take when our page of links and the index have the same version.</summary>
public sealed class OfferedWheelsTests : IDisposable
{
    private const string Engine = "28";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Images => ["3.11", "3.13", "3.14"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Images))]
    public async Task The_page_wins_over_the_index(string image)
    {
        var alias = await OfferAsync();

        var log = await InstallAsync(image, "six==1.17.0");

        log.Files.ShouldHaveSingleItem().Source.ShouldBe(FileSource.FindLinks);
        log.Files[0].FileName.ShouldBe(alias);
        log.Installed.ShouldBe(["six-1.17.0"]);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task It_wins_in_hash_mode_and_over_an_index_of_the_requirements_file(string image)
    {
        var alias = await OfferAsync();
        var hash = Sha256(Path.Combine(_folder.Path, alias));
        var index = await BedScript.PathAsync("index");
        File.WriteAllText(
            Path.Combine(_folder.Path, "requirements.txt"), $"--index-url {index}\nsix==1.17.0 --hash=sha256:{hash}\n");

        var log = await InstallAsync(image, "-r /offer/requirements.txt");

        log.Files.ShouldHaveSingleItem().FileName.ShouldBe(alias);
        log.Installed.ShouldBe(["six-1.17.0"]);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task The_index_wins_with_a_newer_version(string image)
    {
        await OfferAsync("six-1.16.0");

        var log = await InstallAsync(image, "six");

        log.Files.ShouldHaveSingleItem().Source.ShouldBe(FileSource.Index);
        log.Installed.ShouldBe(["six-1.17.0"]);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public async Task A_damaged_file_is_refused(string image)
    {
        var alias = await OfferAsync();
        var path = Path.Combine(_folder.Path, alias);
        var content = File.ReadAllBytes(path);
        content[100] ^= 1;
        File.WriteAllBytes(path, content);

        var result = await RunAsync(image, "six==1.17.0");

        result.ExitCode.ShouldNotBe(0);
        result.StandardError.ShouldContain("DO NOT MATCH THE HASHES");
    }

    private async Task<string> OfferAsync(string release = "six-1.17.0")
    {
        var original = Path.Combine(await BedScript.PathAsync("wheels"), $"{release}-py3-none-any.whl");
        var alias = BuildTagAlias.Of(Path.GetFileName(original));
        File.Copy(original, Path.Combine(_folder.Path, alias));
        File.WriteAllBytes(
            Path.Combine(_folder.Path, LinksPage.FileName), LinksPage.Write([(alias, Sha256(original))]));
        return alias;
    }

    private async Task<PipLogSummary> InstallAsync(string image, string arguments)
    {
        var result = await RunAsync(image, arguments);

        result.ExitCode.ShouldBe(0, result.StandardOutput + result.StandardError);
        using var log = File.OpenText(Path.Combine(_folder.Path, "pip.log"));
        return PipLogReader.Read(log);
    }

    private async Task<BufferedCommandResult> RunAsync(string image, string arguments) =>
        await Cli.Wrap(await BedScript.PathAsync("docker"))
            .WithArguments(
            [
                "-H", "unix://" + await BedScript.PathAsync($"socket-{Engine}"), "run", "--rm",
                "-v", $"{_folder.Path}:/offer", "-e", $"PIP_FIND_LINKS=file:///offer/{LinksPage.FileName}",
                "-e", "PIP_LOG=/offer/pip.log", "-e", "PIP_DISABLE_PIP_VERSION_CHECK=1",
                $"python:{image}", "sh", "-c", $"pip install --no-cache-dir {arguments}",
            ])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
