using System.Text.Json;
using ComposePipCache.Python.Index;
using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Resolving;

/// <summary>Reads the parts of a report.</summary>
internal static class ReportedJson
{
    /// <summary>Null where something essential is missing.</summary>
    public static ReportedProject? Project(JsonElement entry)
    {
        if (Member(entry, "metadata", JsonValueKind.Object) is not { } metadata
            || Member(entry, "download_info", JsonValueKind.Object) is not { } origin
            || Text(metadata, "name") is not { Length: > 0 } name
            || Text(metadata, "version") is not { Length: > 0 } version
            || Text(origin, "url") is not { Length: > 0 } url)
        {
            return null;
        }

        var kind = KindOf(origin, url);
        var folder = Member(origin, "dir_info", JsonValueKind.Object);
        return new ReportedProject
        {
            Name = ProjectName.Normalize(name),
            Version = version,
            Kind = kind,
            Url = url,
            FileName = kind is ReportedKind.Archive or ReportedKind.LocalArchive ? FileNameOf(url) : null,
            Sha256 = Sha256Of(Member(origin, "archive_info", JsonValueKind.Object)),
            IsDirect = IsTrue(entry, "is_direct"),
            IsRequested = IsTrue(entry, "requested"),
            IsEditable = folder is { } info && IsTrue(info, "editable"),
            IsYanked = IsTrue(entry, "is_yanked"),
            Requires = [.. Requires(metadata)],
        };
    }

    public static string? Text(JsonElement parent, string name) =>
        Member(parent, name, JsonValueKind.String)?.GetString();

    public static JsonElement? Member(JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var found)
            && found.ValueKind == kind
            ? found
            : null;

    /// <summary>The members of an object that are texts.</summary>
    public static IReadOnlyDictionary<string, string> Texts(JsonElement parent, string name)
    {
        var texts = new Dictionary<string, string>();
        if (Member(parent, name, JsonValueKind.Object) is { } members)
        {
            foreach (var member in members.EnumerateObject())
            {
                if (member.Value.ValueKind == JsonValueKind.String)
                {
                    texts[member.Name] = member.Value.GetString()!;
                }
            }
        }

        return texts;
    }

    private static ReportedKind KindOf(JsonElement origin, string url) =>
        Member(origin, "vcs_info", JsonValueKind.Object) is not null ? ReportedKind.VersionControl
        : Member(origin, "dir_info", JsonValueKind.Object) is not null ? ReportedKind.Folder
        : url.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? ReportedKind.LocalArchive
        : ReportedKind.Archive;

    private static string? FileNameOf(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? url : url[..end];
        var name = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        return FileName.IsSafe(name) ? name : null;
    }

    // format 0, and direct URLs up to pip 23.0, have the first of the two alone
    private static string? Sha256Of(JsonElement? archive)
    {
        if (archive is not { } info)
        {
            return null;
        }

        return Member(info, "hashes", JsonValueKind.Object) is { } hashes && Text(hashes, "sha256") is { } text
            ? FileLink.Sha256(text)
            : FileLink.NamedSha256(Text(info, "hash"));
    }

    private static IEnumerable<Requirement> Requires(JsonElement metadata)
    {
        if (Member(metadata, "requires_dist", JsonValueKind.Array) is not { } list)
        {
            yield break;
        }

        foreach (var entry in list.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.String))
        {
            yield return Requirement.Parse(entry.GetString()!);
        }
    }

    private static bool IsTrue(JsonElement parent, string name) =>
        Member(parent, name, JsonValueKind.True) is not null;
}
