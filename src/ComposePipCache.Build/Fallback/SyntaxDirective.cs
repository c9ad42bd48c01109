namespace ComposePipCache.Build.Fallback;

/// <summary>The <c># syntax=</c> line of a Dockerfile: the image of the frontend that is to read it.</summary>
internal static class SyntaxDirective
{
    /// <summary>Finds it; null where there is none.</summary>
    /// <remarks>Directives stand before everything else, one a line (buildkit frontend/dockerfile/parser/directives.go).</remarks>
    public static string? Find(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var text = line.TrimStart();
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (!text.StartsWith('#') || equals < 0)
            {
                return null;
            }

            if (text[1..equals].Trim().Equals("syntax", StringComparison.OrdinalIgnoreCase))
            {
                return text[(equals + 1)..].Trim().Split(' ')[0];
            }
        }

        return null;
    }
}
