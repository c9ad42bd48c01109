using System.Text.Encodings.Web;
using System.Text.Json;
using ComposePipCache.Build;
using ComposePipCache.Build.Fetch;
using ComposePipCache.Cli.Commands.Wheels;
using ComposePipCache.Cli.Errors;
using ComposePipCache.Cli.Output;
using ComposePipCache.Cli.Settings;

namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>Puts together what became of everything, and shows it.</summary>
internal static class FetchResult
{
    // Names and reasons as they are, for whoever reads them without a parser.
    private static readonly CliJson Json = new(new JsonSerializerOptions(CliJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The answer, but for the packages.</summary>
    /// <param name="options">What was asked.</param>
    /// <param name="plan">What was needed.</param>
    /// <param name="images">Of services that are not built.</param>
    /// <param name="notes">What the builder found.</param>
    /// <param name="build">Whether it came to its end.</param>
    public static FetchDocument Document(
        FetchOptions options,
        FetchPlan plan,
        IReadOnlyList<FetchedImage> images,
        IReadOnlyList<FetchNote> notes,
        (bool IsDone, PipCacheException? Failure) build)
    {
        var ofBuilds = notes.Where(note => note.Image is not null).Select(note => Of(note, plan));
        var all = FetchedImage.Merge(images.Concat(ofBuilds));
        return new FetchDocument
        {
            DryRun = options.IsDryRun,
            Ready = options is { IsDryRun: false, IsWithoutBuilding: false } && build.IsDone
                && all.All(image => image.IsThere || image.IsOptional),
            Images = all,
            Services =
            [
                .. plan.Built.Select(service => new FetchedService(service.Name, StateOf(options, build.IsDone))),
                .. images
                    .SelectMany(image => image.Services.Select(name => new FetchedService(name, Word(image.State))))
                    .Where(service => plan.Built.All(built => built.Name != service.Name))
                    .DistinctBy(service => service.Name),
            ],
            Steps = options.IsDryRun
                ? [.. notes.Where(note => note.Step is not null).Select(note => StepOf(note, plan))]
                : null,
        };
    }

    /// <summary>Prints it.</summary>
    /// <returns>The exit code.</returns>
    public static int Show(IOutput output, FetchOptions options, FetchDocument document, PipCacheException? failure)
    {
        if (failure is not null)
        {
            output.Note(ErrorRenderer.Render(failure.Text));
        }

        var isComplete = failure is null
            && document.Services.All(service => service.State != FetchedService.Failed)
            && (options.IsDryRun || document.Images.All(image => image.IsThere || image.IsOptional));
        if (options.IsJson)
        {
            output.WriteJson(document, Json.FetchDocument);
        }
        else if (options.IsDryRun)
        {
            foreach (var line in FetchWording.Look(document))
            {
                output.DataLine(line);
            }
        }
        else if (isComplete)
        {
            output.Note(FetchWording.Done(document));
        }

        if (!isComplete && !options.IsDryRun)
        {
            output.Note(ErrorRenderer.Render(FetchWording.Incomplete(document)));
        }

        return isComplete ? ExitCode.Success : ExitCode.Failed;
    }

    private static string StateOf(FetchOptions options, bool isDone) => (options, isDone) switch
    {
        ({ IsDryRun: true }, _) => FetchedService.Unbuilt,
        (_, false) => FetchedService.Failed,
        ({ IsWithoutBuilding: true }, _) => FetchedService.Prepared,
        _ => FetchedService.Built,
    };

    private static string Word(ImageState state) => state switch
    {
        ImageState.Present => "present",
        ImageState.Pulled => "pulled",
        ImageState.Absent => "absent",
        _ => FetchedService.Failed,
    };

    private static FetchedImage Of(FetchNote note, FetchPlan plan) => new()
    {
        Name = note.Image!.Name,
        State = note.Image.State,
        Bytes = note.Image.Bytes,
        Platform = note.Image.Platform,
        Problem = note.Image.Problem,
        IsOptional = note.Image.IsOptional,
        Services = [NameOf(note.Target, plan)],
    };

    private static FetchedStep StepOf(FetchNote note, FetchPlan plan) => new(
        NameOf(note.Target, plan), note.Step!.Name, note.Step.IsKnown, note.Step.FileCount, note.Step.Missing);

    private static string NameOf(string target, FetchPlan plan) =>
        plan.Built.FirstOrDefault(service => service.Target == target)?.Name ?? target;
}
