using System.Globalization;

namespace ComposePipCache.Benchmarks;

/// <summary>One figure against its bar.</summary>
internal sealed record Result(string Name, double Value, double Bar, string Unit, string Detail)
{
    private const double Tolerance = 1.25;

    public bool IsMissed => Value > Bar * Tolerance;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"| {Name} | {Value:0.##}{Unit} | ≤ {Bar:0.##}{Unit} | {Detail} |");
}
