using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using ComposePipCache.Build.Passes;
using ComposePipCache.BuildKit.Session;

namespace ComposePipCache.Build.Doorbell;

/// <summary>One session's secrets: the author's, and the switches of steps about to run.</summary>
/// <remarks>
/// The daemon asks for a step's secrets only when the step must run, on a parent that is built, and before its mounts
/// are made. Steps with the same text share their ids; such steps are made ready together and get one answer.
/// </remarks>
internal sealed class DoorbellSecrets(ISecretStore? author) : ISecretStore
{
    private readonly ConcurrentDictionary<string, ImmutableList<StepBell>> _bells = new(StringComparer.Ordinal);

    /// <summary>Puts up a bell.</summary>
    public void Add(StepBell bell) => _bells.AddOrUpdate(
        bell.Step.SwitchPrefix, _ => [bell], (_, others) => others.Add(bell));

    /// <summary>Takes a bell down: its attempt is over.</summary>
    public void Remove(StepBell bell) => _bells.AddOrUpdate(
        bell.Step.SwitchPrefix, _ => [], (_, others) => others.Remove(bell));

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!SwitchId.TryParse(id, out var prefix, out var variable))
        {
            return author is null ? null : await author.FindAsync(id, cancellationToken);
        }

        var bells = _bells.GetValueOrDefault(prefix, []);
        var answers = await Task.WhenAll(bells.Select(bell => AnswerAsync(bell, variable))).WaitAsync(cancellationToken);
        return Encoding.UTF8.GetBytes(Common(variable, answers));
    }

    private static async Task<string> AnswerAsync(StepBell bell, string variable)
    {
        var prepared = await bell.RingAsync();
        return prepared.Answers.GetValueOrDefault(variable, "");
    }

    /// <summary>Without the index only if all can do without; a step that could still has its view.</summary>
    private static string Common(string variable, string[] answers) => answers switch
    {
        [] => "",
        [var one, ..] when answers.All(answer => answer == one) => one,
        _ => variable == Switches.NoIndex ? "" : answers[0],
    };
}
