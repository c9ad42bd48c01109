using System.Globalization;
using System.Text;
using System.Text.Json;
using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Cli.Processes;
using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Compose;

/// <summary>Refuses a compose that cannot leave its builds to us.</summary>
/// <remarks>
/// To ask compose takes as long as all we do ourselves, so an answer holds as long as the file is the same.
/// </remarks>
internal sealed class ComposeVersionCheck(string cacheDirectory, IProcessHost processes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task RequireAsync(ComposePlugin compose, CancellationToken cancellationToken)
    {
        var note = NotePath(compose.Path);
        if (File.Exists(note))
        {
            return;
        }

        var version = await AskAsync(compose, cancellationToken);
        if (ComposeVersion.Parse(version)?.IsOlderThan(ComposeVersion.Oldest) is true)
        {
            throw new PipCacheException(CliErrors.ComposeTooOld(version.TrimStart('v'), compose.Path));
        }

        // Versions that are no numbers are builds of somebody's own: those are taken for new.
        TryNote(note, $"{compose.Path} {version}\n");
    }

    private static void TryNote(string note, string text)
    {
        try
        {
            PrivateFiles.CreateDirectory(Path.GetDirectoryName(note)!);
            PrivateFiles.WriteWhenDifferent(note, Encoding.UTF8.GetBytes(text));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next call asks again.
        }
    }

    // The file behind the links, its size and its time: an upgrade changes one of them.
    private string NotePath(string path)
    {
        var file = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
        var identity = string.Create(
            CultureInfo.InvariantCulture, $"{file.FullName}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}");
        return Path.Combine(cacheDirectory, "compose", StableName.Of(identity));
    }

    private async Task<string> AskAsync(ComposePlugin compose, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            var run = await processes.CaptureAsync(compose.MetadataRequest(), deadline.Token);
            using var answer = JsonDocument.Parse(run.StandardOutput);
            return answer.RootElement.TryGetProperty("Version", out var version) ? version.GetString() ?? "" : "";
        }
        catch (JsonException error)
        {
            throw Broken(compose, "it does not answer as a plugin of docker", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw Broken(compose, "it does not answer", error);
        }
    }

    private static PipCacheException Broken(ComposePlugin compose, string reason, Exception error) =>
        new(CliErrors.ComposeBroken(compose.Path, reason), error);
}
