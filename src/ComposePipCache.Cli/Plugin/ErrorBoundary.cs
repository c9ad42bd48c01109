using ComposePipCache.Build;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Cli.Output;
using ComposePipCache.Wheelhouse.Errors;

namespace ComposePipCache.Cli.Plugin;

/// <summary>The one place where a failure becomes text and an exit code.</summary>
internal static class ErrorBoundary
{
    public static async Task<int> RunAsync(IOutput output, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (PipCacheException error)
        {
            output.Note(ErrorRenderer.Render(error.Text));
        }
        catch (WheelhouseException error)
        {
            output.Note(ErrorRenderer.Render(CliErrors.Of(error.Problem)));
        }
#pragma warning disable CA1031 // the last stop: whatever gets here is told, with its stack
        catch (Exception error)
#pragma warning restore CA1031
        {
            output.Note(ErrorRenderer.RenderBug(error, PluginVersion.Text));
        }

        return ExitCode.Failed;
    }
}
