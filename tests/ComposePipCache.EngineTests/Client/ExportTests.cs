using System.Formats.Tar;
using ComposePipCache.Bed;
using ComposePipCache.BuildKit.Gateway;
using ComposePipCache.BuildKit.Session;
using ComposePipCache.Protocol.Controls;
using Shouldly;
using Xunit;
using SolveRequest = ComposePipCache.Protocol.Gateways.SolveRequest;

namespace ComposePipCache.EngineTests.Client;

/// <summary>Results that come back to the client over the session.</summary>
public class ExportTests
{
    private const string Step =
        "mkdir -p /out/d && printf text > /out/d/f && chmod 640 /out/d/f && ln -s d/f /out/link && ln /out/d/f /out/hard";

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_local_export_arrives_as_a_folder(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        using var folder = new TemporaryFolder();

        await ExportAsync(engine, "local", new FolderSink(folder.Path));

        var root = Path.Combine(folder.Path, "out");
        File.ReadAllText(Path.Combine(root, "d/f")).ShouldBe("text");
        File.ReadAllText(Path.Combine(root, "hard")).ShouldBe("text");
        new FileInfo(Path.Combine(root, "link")).LinkTarget.ShouldBe("d/f");
        File.GetUnixFileMode(Path.Combine(root, "d/f"))
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_tar_export_arrives_as_one_file(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        using var sink = new FileSink();

        await ExportAsync(engine, "tar", sink);

        using var tar = new TarReader(new MemoryStream(sink.Content.ToArray()));
        var names = new List<string>();
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            names.Add(entry.Name.TrimEnd('/'));
        }

        names.ShouldContain("out/d/f");
        names.ShouldContain("out/link");
    }

    private static async Task ExportAsync(Engine engine, string type, IExportSink sink)
    {
        await using var client = await ClientSession.OpenAsync(engine, new BuildSession { ExportSink = sink });
        var request = new BuildRequest { Ref = "", SessionId = "", Exporter = new Exporter { Type = type } };
        await client.BuildAsync(
            (gateway, token) => gateway.SolveAsync(
                new SolveRequest { Definition = Llb.Image("busybox:latest", Llb.Shell(Step)) }, token),
            request);
    }

    private sealed class FolderSink(string path) : IExportSink
    {
        public string FolderPath => path;

        public Stream? OpenFile() => null;
    }

    private sealed class FileSink : IExportSink, IDisposable
    {
        public MemoryStream Content { get; } = new();

        public string FolderPath => throw new NotSupportedException();

        public Stream OpenFile() => Content;

        public void Dispose() => Content.Dispose();
    }
}
