namespace ComposePipCache.Python.Wheels;

/// <summary>Names of projects as indexes compare them (PEP 503).</summary>
public static class ProjectName
{
    /// <summary>Lower case, with every run of <c>-</c>, <c>_</c> and <c>.</c> as one <c>-</c>.</summary>
    public static string Normalize(string name)
    {
        if (IsNormal(name))
        {
            return name;
        }

        return string.Create(NormalLength(name), name, static (target, source) =>
        {
            var length = 0;
            for (var index = 0; index < source.Length; index++)
            {
                if (!IsSeparator(source[index]))
                {
                    target[length++] = char.ToLowerInvariant(source[index]);
                }
                else if (index == 0 || !IsSeparator(source[index - 1]))
                {
                    target[length++] = '-';
                }
            }
        });
    }

    private static bool IsNormal(string name)
    {
        for (var index = 0; index < name.Length; index++)
        {
            var character = name[index];
            if (char.IsUpper(character) || character is '_' or '.'
                || (character == '-' && index > 0 && name[index - 1] == '-'))
            {
                return false;
            }
        }

        return true;
    }

    private static int NormalLength(string name)
    {
        var length = name.Length;
        for (var index = 1; index < name.Length; index++)
        {
            length -= IsSeparator(name[index]) && IsSeparator(name[index - 1]) ? 1 : 0;
        }

        return length;
    }

    private static bool IsSeparator(char character) => character is '-' or '_' or '.';
}
