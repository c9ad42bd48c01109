namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>
/// A shell pattern as Go's <c>filepath.Match</c> takes it: <c>*</c> and <c>?</c> stop at a slash, <c>^</c> alone
/// negates a class, a backslash escapes.
/// </summary>
/// <remarks>Like there, a mistake is only noticed when matching gets as far as the part it is in.</remarks>
internal sealed class Glob
{
    private readonly List<GlobChunk> _chunks = [];

    private Glob(string pattern)
    {
        for (var position = 0; position < pattern.Length;)
        {
            var start = position;
            while (position < pattern.Length && pattern[position] == '*')
            {
                position++;
            }

            var end = ChunkEnd(pattern, position);
            _chunks.Add(GlobChunk.Parse(pattern[position..end], afterStar: position > start));
            position = end;
        }
    }

    internal static Glob Parse(string pattern) => new(pattern);

    /// <returns>Null when the pattern turned out to be malformed.</returns>
    internal bool? Matches(string name)
    {
        ReadOnlySpan<int> rest = name.EnumerateRunes().Select(rune => rune.Value).ToArray();
        for (var index = 0; index < _chunks.Count; index++)
        {
            var chunk = _chunks[index];
            if (chunk.IsMalformed)
            {
                return null;
            }

            if (chunk is { IsAfterStar: true, IsEmpty: true })
            {
                return !rest.Contains('/');
            }

            if (!TryAdvance(chunk, isLast: index == _chunks.Count - 1, ref rest))
            {
                return false;
            }
        }

        return rest.IsEmpty;
    }

    private static bool TryAdvance(GlobChunk chunk, bool isLast, ref ReadOnlySpan<int> rest)
    {
        for (var skipped = 0; ; skipped++)
        {
            var after = rest[skipped..];
            if (chunk.TryTake(ref after) && (after.IsEmpty || !isLast))
            {
                rest = after;
                return true;
            }

            if (!chunk.IsAfterStar || skipped == rest.Length || rest[skipped] == '/')
            {
                return false;
            }
        }
    }

    /// <summary>A chunk ends before the next star that is not in a class.</summary>
    private static int ChunkEnd(string pattern, int position)
    {
        var isInClass = false;
        for (; position < pattern.Length && (isInClass || pattern[position] != '*'); position++)
        {
            switch (pattern[position])
            {
                case '\\' when position + 1 < pattern.Length:
                    position++;
                    break;
                case '[':
                    isInClass = true;
                    break;
                case ']':
                    isInClass = false;
                    break;
            }
        }

        return position;
    }
}
