using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Index;

/// <summary>What <c>--no-binary</c> and <c>--only-binary</c> say of each project, the later word counting.</summary>
internal sealed class FormatRules
{
    private const string All = ":all:";
    private const string None = ":none:";

    private readonly HashSet<string> _noBinary = [];
    private readonly HashSet<string> _onlyBinary = [];

    public FormatRules(IEnumerable<PipOption> options)
    {
        foreach (var option in options.Where(option => option.Value is not null))
        {
            switch (option.Name)
            {
                case "--no-binary":
                    Add(option.Value!, _noBinary, _onlyBinary);
                    break;
                case "--only-binary":
                    Add(option.Value!, _onlyBinary, _noBinary);
                    break;
            }
        }
    }

    /// <summary>Whether wheels and whether sdists may be taken.</summary>
    public (bool Wheels, bool Sdists) Of(string project) =>
        _onlyBinary.Contains(project) ? (true, false)
        : _noBinary.Contains(project) ? (false, true)
        : _onlyBinary.Contains(All) ? (true, false)
        : (!_noBinary.Contains(All), true);

    private static void Add(string value, HashSet<string> named, HashSet<string> others)
    {
        foreach (var name in value.Split(','))
        {
            switch (name)
            {
                case All:
                    others.Clear();
                    named.Clear();
                    named.Add(All);
                    break;
                case None:
                    named.Clear();
                    break;
                default:
                    var project = ProjectName.Normalize(name);
                    others.Remove(project);
                    named.Add(project);
                    break;
            }
        }
    }
}
