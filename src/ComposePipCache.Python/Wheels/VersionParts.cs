using System.Globalization;
using System.Text;

namespace ComposePipCache.Python.Wheels;

/// <summary>A version taken apart: <c>epoch!release{a|b|rc}N.postN.devN+local</c>.</summary>
internal sealed record VersionParts(ulong Epoch, IReadOnlyList<ulong> Release)
{
    public (string Phase, ulong Number)? Pre { get; init; }

    public ulong? Post { get; init; }

    public ulong? Dev { get; init; }

    /// <summary>Lower case, numbers without leading zeros.</summary>
    public IReadOnlyList<string> Local { get; init; } = [];

    /// <summary>By value, for numbers without leading zeros of any length.</summary>
    public static int CompareDigits(string left, string right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right);

    public override string ToString()
    {
        var text = new StringBuilder();
        var culture = CultureInfo.InvariantCulture;
        if (Epoch != 0)
        {
            text.Append(culture, $"{Epoch}!");
        }

        text.AppendJoin('.', Release.Select(number => number.ToString(culture)));
        if (Pre is { } pre)
        {
            text.Append(culture, $"{pre.Phase}{pre.Number}");
        }

        if (Post is { } post)
        {
            text.Append(culture, $".post{post}");
        }

        if (Dev is { } dev)
        {
            text.Append(culture, $".dev{dev}");
        }

        return Local.Count == 0 ? text.ToString() : text.Append('+').AppendJoin('.', Local).ToString();
    }
}
