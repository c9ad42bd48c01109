using System.Text;
using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Passes;
using ComposePipCache.Build.Resolve.Relaying;
using ComposePipCache.Python.Links;

namespace ComposePipCache.Build.Resolve.Steps;

/// <summary>Offers the user's own files to a pip that is asked what it would install.</summary>
/// <remarks>
/// They are in the step's view in any run to come. What else is there, an earlier run's files, is not offered: pip
/// does not name what it builds with, and the lock would miss it.
/// </remarks>
internal static class OwnLinks
{
    /// <summary>Where the files of a view are, as pip names it.</summary>
    public const string Folder = "file://" + InjectedMounts.Wheels + "/";

    private const string FileName = "own-links.html";

    /// <summary>Stands for the page where files are foretold; nothing reads it.</summary>
    public static Uri Page { get; } = new(Folder + FileName);

    /// <summary>Whether a URL is that of a file of the view.</summary>
    public static bool IsOf(Uri url) => url.AbsoluteUri.StartsWith(Folder, StringComparison.Ordinal);

    /// <summary>The URL of a file of the view.</summary>
    /// <param name="name">Its name there.</param>
    public static Uri UrlOf(string name) => new(Folder + Uri.EscapeDataString(name));

    /// <param name="command">Runs pip.</param>
    /// <param name="folder">That of the relay.</param>
    /// <param name="answer">What the step itself gets for <c>PIP_FIND_LINKS</c>.</param>
    /// <param name="offered">What lies in the step's view.</param>
    /// <returns>The command as it was where the step's pip would not see the files either.</returns>
    public static RelayCommand Offer(
        RelayCommand command, string folder, string? answer, IEnumerable<OfferedFile> offered)
    {
        var own = offered.Where(file => file.IsOwn).Select(file => (file.Name, file.Stored.Sha256)).ToList();
        if (own.Count == 0 || answer?.Contains(InjectedMounts.LinksPage, StringComparison.Ordinal) != true
            || command.Set.ContainsKey(Switches.FindLinks) || command.Unset.Contains(Switches.FindLinks))
        {
            return command;
        }

        var links = answer.Replace(InjectedMounts.LinksPage, $"file://{folder}/{FileName}", StringComparison.Ordinal);
        return command with
        {
            Set = new Dictionary<string, string>(command.Set, StringComparer.Ordinal) { [Switches.FindLinks] = links },
            Files = new Dictionary<string, string>(command.Files, StringComparer.Ordinal)
            {
                [FileName] = Encoding.UTF8.GetString(LinksPage.Write(own, Folder)),
            },
        };
    }
}
