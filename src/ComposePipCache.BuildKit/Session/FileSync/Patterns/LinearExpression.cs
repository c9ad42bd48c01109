using System.Text;

namespace ComposePipCache.BuildKit.Session.FileSync.Patterns;

/// <summary>
/// The slice of Go's regular expressions that file patterns can turn into, matched in time linear in the path.
/// </summary>
/// <remarks>.NET's engine would read escapes, classes and characters beyond the basic plane in another way.</remarks>
internal sealed class LinearExpression
{
    private const int End = -1;
    private const int SmallRoom = 256;

    private readonly IReadOnlyList<Instruction> _program;
    private readonly string _prefix;
    private readonly string _suffix;

    internal LinearExpression(IReadOnlyList<Instruction> program, string prefix, string suffix) =>
        (_program, _prefix, _suffix) = (program, prefix, suffix);

    /// <summary>Matches as soon as the text begins with a match.</summary>
    internal bool IsOpenEnded { get; init; }

    /// <param name="expression">The expression, anchored at both ends.</param>
    /// <param name="pattern">What the user wrote, for the message.</param>
    /// <exception cref="PatternException">The expression is malformed.</exception>
    internal static LinearExpression Parse(string expression, string pattern) =>
        new ExpressionParser(expression, pattern).Parse();

    internal bool Matches(string text)
    {
        if (!text.StartsWith(_prefix, StringComparison.Ordinal) || !text.EndsWith(_suffix, StringComparison.Ordinal))
        {
            return false;
        }

        var room = 2 * _program.Count;
        var memory = room <= SmallRoom ? stackalloc int[2 * SmallRoom] : new int[2 * room];
        return Run(text, new StateSet(memory[..room]), new StateSet(memory[room..(2 * room)]));
    }

    private bool Run(string text, StateSet current, StateSet next)
    {
        var previous = End;
        var position = 0;
        Enter(ref current, 0, previous, RuneAt(text, position, out _));
        while (position < text.Length && current.Count > 0)
        {
            if (IsOpenEnded && current.Contains(_program.Count - 1))
            {
                return true;
            }

            var rune = RuneAt(text, position, out var length);
            position += length;
            var following = RuneAt(text, position, out _);
            next.Clear();
            foreach (var state in current.Members)
            {
                if (_program[state] is { Kind: InstructionKind.Take } take && take.Set!.Contains(rune))
                {
                    Enter(ref next, take.Next, rune, following);
                }
            }

            var spare = current;
            current = next;
            next = spare;
            previous = rune;
        }

        return current.Contains(_program.Count - 1);
    }

    private void Enter(ref StateSet states, int state, int previous, int following)
    {
        if (!states.Add(state))
        {
            return;
        }

        var instruction = _program[state];
        if (instruction.Kind == InstructionKind.Fork)
        {
            Enter(ref states, instruction.Next, previous, following);
            Enter(ref states, instruction.Other, previous, following);
        }
        else if (Holds(instruction.Kind, previous, following))
        {
            Enter(ref states, instruction.Next, previous, following);
        }
    }

    private static bool Holds(InstructionKind assertion, int previous, int following) => assertion switch
    {
        InstructionKind.AtBegin => previous == End,
        InstructionKind.AtEnd => following == End,
        InstructionKind.AtWordBoundary => IsWord(previous) != IsWord(following),
        InstructionKind.NotAtWordBoundary => IsWord(previous) == IsWord(following),
        _ => false,
    };

    private static bool IsWord(int rune) =>
        rune is >= 0 and < 128 && (char.IsAsciiLetterOrDigit((char)rune) || rune == '_');

    private static int RuneAt(string text, int position, out int length)
    {
        length = 0;
        if (position >= text.Length)
        {
            return End;
        }

        // A byte that is not UTF-8 reads as the replacement character, as in Go.
        Rune.DecodeFromUtf16(text.AsSpan(position), out var rune, out length);
        return rune.Value;
    }
}
