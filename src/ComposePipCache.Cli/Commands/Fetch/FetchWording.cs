using ComposePipCache.Build;
using ComposePipCache.Build.Fallback;
using ComposePipCache.Build.Fetch;
using ComposePipCache.Wheelhouse;

namespace ComposePipCache.Cli.Commands.Fetch;

/// <summary>What <c>fetch</c> tells in the end, in a line or two.</summary>
internal static class FetchWording
{
    private const int NamesShown = 5;

    /// <summary>After all went well.</summary>
    public static string Done(FetchDocument document)
    {
        var pulled = document.Images.Where(image => image.State == ImageState.Pulled).ToList();
        var got = new List<string>();
        if (pulled.Count > 0)
        {
            var bytes = pulled.Sum(image => image.Bytes ?? 0);
            var isKnown = bytes > 0 && pulled.All(image => image.Bytes is not null);
            got.Add(Wording.Count(pulled.Count, "image") + (isKnown ? $" ({ByteText.Of(bytes)})" : ""));
        }

        if (document.Wheels is { Files: > 0 } wheels)
        {
            got.Add($"{Wording.Count(wheels.Files, "package")} ({ByteText.Of(wheels.Bytes)})");
        }

        var first = got.Count > 0 ? $"got {string.Join(" and ", got)}" : "all is there, nothing was to be got";
        return document.Ready
            ? $"{first}: ready for `docker pipcache up --build --offline`"
            : $"{first}; nothing was built: steps that fetch by themselves (apt, curl) still need the network";
    }

    /// <summary>What a dry run found.</summary>
    public static IEnumerable<string> Look(FetchDocument document)
    {
        foreach (var image in document.Images.Where(image => !image.IsThere))
        {
            yield return $"would pull {Wanted(image)}";
        }

        foreach (var step in document.Steps ?? [])
        {
            if (!step.IsKnown)
            {
                yield return $"{step.Service}: what {step.Name} needs is not known before it is built";
            }
            else if (step.Missing.Count > 0)
            {
                yield return $"{step.Service}: {step.Name} lacks {step.Missing.Count} of "
                    + $"{Wording.Count(step.Files, "file")}: {Names(step.Missing)}";
            }
        }

        var unbuilt = Of(document, FetchedService.Unbuilt);
        if (unbuilt.Count > 0)
        {
            yield return $"would build {string.Join(", ", unbuilt)}";
        }

        if (document.Images.All(image => image.IsThere))
        {
            yield return $"{Wording.Count(document.Images.Count, "image")} of {document.Images.Count} in the engine's store";
        }
    }

    /// <summary>What is missing after all.</summary>
    public static ErrorText Incomplete(FetchDocument document)
    {
        var missing = document.Images.Where(image => image is { IsThere: false, IsOptional: false }).ToList();
        var failed = Of(document, FetchedService.Failed);
        var what = missing.Count > 0
            ? $"not everything is there: {Names([.. missing.Select(Wanted)])}"
            : $"not everything is there: {Names(failed)} could not be made ready";
        var why = missing is [var only]
            ? only.Problem
            : string.Join('\n', missing.Take(NamesShown).Select(image => $"{image.Name}: {image.Problem}"));
        return new ErrorText(
            "fetch-incomplete",
            what,
            why,
            "run `docker pipcache fetch` again when that is mended; what was got is kept");
    }

    private static List<string> Of(FetchDocument document, string state) =>
        [.. document.Services.Where(service => service.State == state).Select(service => service.Name)];

    private static string Wanted(FetchedImage image) => $"{image.Name} for {string.Join(", ", image.Services)}";

    private static string Names(IReadOnlyList<string> names) => names.Count <= NamesShown
        ? string.Join("; ", names)
        : $"{string.Join("; ", names.Take(NamesShown))} and {names.Count - NamesShown} more";
}
