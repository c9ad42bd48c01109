using System.Text;
using ComposePipCache.Build.Fallback;
using ComposePipCache.BuildKit.Progress;
using ComposePipCache.Protocol.Controls;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Fallback;

public sealed class TargetProgressTests : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly SolveStatusWriter _writer;
    private readonly TargetProgress _progress;

    public TargetProgressTests()
    {
        _writer = new SolveStatusWriter(_output);
        _progress = new TargetProgress(_writer, prefix: null, TimeProvider.System);
    }

    [Fact]
    public async Task A_failure_is_held_back_until_it_is_final()
    {
        await _progress.WriteAsync(Failed("sha256:a", "exit code 1"));
        Written().ShouldNotContain("exit code 1");

        await _progress.EndAttemptAsync(isFinal: true);

        Written().ShouldContain("exit code 1");
    }

    [Fact]
    public async Task A_step_that_is_tried_again_is_shown_as_done()
    {
        await _progress.WriteAsync(Failed("sha256:a", "exit code 1"));

        await _progress.EndAttemptAsync(isFinal: false);

        Written().ShouldNotContain("exit code 1");
        Written().ShouldContain("\"completed\":");
    }

    [Fact]
    public async Task What_a_step_printed_is_kept_for_the_verdict()
    {
        await _progress.WriteAsync(Log("sha256:a", "one "));
        await _progress.WriteAsync(Log("sha256:b", "other"));
        await _progress.WriteAsync(Log("sha256:a", "two"));

        _progress.ConsoleOf("sha256:a").ShouldBe("one two");
    }

    [Fact]
    public async Task Of_a_long_output_the_end_is_kept()
    {
        await _progress.WriteAsync(Log("sha256:a", "begin" + new string('x', 300_000) + "end"));

        _progress.ConsoleOf("sha256:a").ShouldEndWith("end");
        _progress.ConsoleOf("sha256:a").ShouldNotContain("begin");
    }

    public void Dispose()
    {
        _writer.Dispose();
        _output.Dispose();
    }

    private static StatusResponse Failed(string digest, string error) => new()
    {
        Vertexes = { new Vertex { Digest = digest, Name = "RUN pip", Error = error, Started = new Timestamp { Seconds = 1 } } },
    };

    private static StatusResponse Log(string digest, string text) => new()
    {
        Logs = { new VertexLog { Vertex = digest, Msg = ByteString.CopyFromUtf8(text) } },
    };

    private string Written() => Encoding.UTF8.GetString(_output.ToArray());
}
