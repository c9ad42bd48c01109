using ComposePipCache.Python.Text;

namespace ComposePipCache.Python.Failures;

/// <summary>
/// A step that succeeded although the network failed it on the way. From 20.3 on pip takes a page it could not get
/// for an empty one and settles for older versions, with exit status 0 and not a word on the console.
/// </summary>
/// <param name="Pages">The pages pip went on without.</param>
public sealed record SuspectRun(IReadOnlyList<PageFailure> Pages)
{
    /// <summary>Null where every index page arrived.</summary>
    public static SuspectRun? Find(TextReader pipLog)
    {
        var pages = new List<PageFailure>();
        var selfCheckFrom = -1;
        while (pipLog.ReadLine() is { } raw)
        {
            var line = LogLine.Parse(raw);
            if (PageFailure.Parse(line) is { Cause: not null } page)
            {
                if (!pages.Contains(page))
                {
                    pages.Add(page);
                }
            }
            else if (line.Has("location(s) to search for versions of pip:"))
            {
                selfCheckFrom = pages.Count;
            }
            else if (selfCheckFrom >= 0 && line.Starts("No remote pip version found"))
            {
                pages.RemoveRange(selfCheckFrom, pages.Count - selfCheckFrom);
                selfCheckFrom = -1;
            }
        }

        return pages.Count == 0 ? null : new SuspectRun(pages);
    }
}
