namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>What a state of the automaton does before it goes on.</summary>
internal enum InstructionKind
{
    Take,
    Fork,
    AtBegin,
    AtEnd,
    AtWordBoundary,
    NotAtWordBoundary,
    Accept,
}
