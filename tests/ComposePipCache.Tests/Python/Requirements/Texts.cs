using CsCheck;

namespace ComposePipCache.Tests.Python.Requirements;

/// <summary>Random requirements and requirements files.</summary>
internal static class Texts
{
    private static readonly Gen<string> Name = Gen.String[Gen.Char["abXY01"], 1, 4];

    private static readonly Gen<string> Clause = Gen.Select(
        Pick("==", ">=", "<", "~=", "!=", "==="), Gen.Int[0, 99], (@operator, version) => $"{@operator}{version}.0");

    public static Gen<string> Requirement { get; } = Gen.Select(
        Name, Pick("", "[x]", "[b,a]"), Clause.Array[0, 2], Pick("", " ; os_name == 'nt'", ";python_version<\"3.9\""),
        (name, extras, clauses, marker) => $"{name}{extras}{string.Join(',', clauses)}{marker}");

    public static Gen<string> Line { get; } = Gen.OneOf(
        Requirement, Requirement, Requirement, Requirement.Select(text => $"{text} --hash=sha256:0a"),
        Pick(
            "-i https://h/simple", "--extra-index-url=https://h/x", "-e ./lib", "https://h/a.whl#sha256=1",
            "git+https://h/r@main#egg=r", "--no-binary :all:", "--pre"));

    public static Gen<string[]> File { get; } = Line.Array[0, 8];

    private static Gen<string> Pick(params string[] texts) =>
        Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
