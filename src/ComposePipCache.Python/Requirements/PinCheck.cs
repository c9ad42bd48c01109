namespace ComposePipCache.Python.Requirements;

/// <summary>Decides whether all requirements of a command are pinned, by themselves or by a constraint.</summary>
internal sealed class PinCheck(bool isNoDeps)
{
    private readonly HashSet<string> _open = [];
    private readonly HashSet<string> _constrained = [];
    private bool _isUnpinned;

    public bool IsHashMode { get; set; }

    public bool IsPinned => IsHashMode || (!_isUnpinned && _open.IsSubsetOf(_constrained));

    public void AddUnpinned() => _isUnpinned = true;

    public void Add(RequirementLine line, bool isConstraint)
    {
        IsHashMode |= line.HasHash || line.Options.Any(option => option.Name == "--require-hashes");
        if (line.Requirement is not { } requirement)
        {
            return;
        }

        if (isConstraint)
        {
            if (requirement.IsPinned)
            {
                _constrained.Add(requirement.Name);
            }
        }
        else if (requirement.Kind == RequirementKind.Named)
        {
            if (!requirement.IsPinned)
            {
                _open.Add(requirement.Name);
            }
        }
        else
        {
            // a folder's own requirements are not written here
            _isUnpinned |= requirement.Kind == RequirementKind.Local ? !isNoDeps : !requirement.IsPinned;
        }
    }
}
