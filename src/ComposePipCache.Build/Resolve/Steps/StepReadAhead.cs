using System.Text;
using ComposePipCache.Build.Doorbell;
using ComposePipCache.Build.Passes;
using ComposePipCache.Build.Resolve.Serving;
using ComposePipCache.Python.Index;
using ComposePipCache.Python.Markers;
using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Wheels;
using ComposePipCache.Wheelhouse.Sources;
using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Build.Resolve.Steps;

/// <summary>
/// Asks for pages and files that pip will want, many at a time, while pip asks for one after the other.
/// </summary>
/// <remarks>Nothing depends on it: what it gets wrong, or cannot get, pip asks for itself.</remarks>
internal sealed class StepReadAhead : IReadAhead, IAsyncDisposable
{
    private readonly WheelhouseStore _store;
    private readonly IReadOnlyList<(ReadAheadPlan Plan, CommandRequirements Command)> _plans;
    private readonly Dictionary<Uri, (IndexFile File, StoredFile Stored)> _own;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];
    private readonly HashSet<Uri> _arrived = [];
    private readonly TaskCompletionSource<IReadOnlyList<IndexFile>> _foretold =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IndexServing? _serving;

    /// <summary>A plan for each command of the step.</summary>
    /// <param name="store">Where files arrive.</param>
    /// <param name="step">The step.</param>
    /// <param name="inputs">What it asks for.</param>
    /// <param name="offered">What lies in the step's view: the user's own files are candidates too.</param>
    public StepReadAhead(
        WheelhouseStore store, PipStep step, StepInputs inputs, IReadOnlyList<OfferedFile> offered)
    {
        _store = store;
        _own = offered.Where(file => file.IsOwn).ToDictionary(
            file => OwnLinks.UrlOf(file.Name),
            file => (
                new IndexFile { FileName = file.Name, Url = OwnLinks.UrlOf(file.Name), Sha256 = file.Stored.Sha256 },
                file.Stored));
        _plans = inputs.Interpreter is { PipVersion: not null } interpreter
            ? [.. inputs.Requirements.Commands.Select(command => (Plan(interpreter, step, inputs, command), command))]
            : [];
    }

    /// <summary>
    /// All that pip can take, once it is known for certain and on this host. Where it never is, this never ends.
    /// </summary>
    public Task<IReadOnlyList<IndexFile>> Foretold => _foretold.Task;

    /// <summary>Whether a kept page will do that names the one file that a requirement leaves.</summary>
    public bool MayUseKeptPages { get; init; }

    /// <summary>Asks for what the requirements name.</summary>
    public void Begin(IndexServing serving)
    {
        _serving = serving;
        foreach (var (plan, command) in _plans)
        {
            Tell(plan, one => one.Start(command));
        }
    }

    /// <inheritdoc/>
    public void PageArrived(ArrivedPage page)
    {
        foreach (var (plan, _) in _plans)
        {
            Tell(plan, one => one.PageArrived(page.Url, page.Files));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Task[] left;
        lock (_gate)
        {
            left = [.. _running];
        }

        await Task.WhenAll(left).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _end.Dispose();
    }

    private static ReadAheadPlan Plan(
        Doorbell.Containers.InterpreterFacts interpreter, PipStep step, StepInputs inputs, CommandRequirements command)
    {
        var facts = StepFit.Describe(interpreter);
        var shortened = facts with { Version = string.Join('.', facts.Version.Split('.').Take(2)) };
        var rules = new CandidateRules(
            SupportedTags.Of(facts), MarkerEnvironment.Of(shortened, facts.Version), [.. command.Options]);
        var indexes = inputs.Indexes(step)
            .Select(index => Uri.TryCreate(index, UriKind.Absolute, out var url) ? url : null)
            .OfType<Uri>();
        return new ReadAheadPlan(new ReadAheadContext(rules, [.. indexes])
        {
            LinkPages = [OwnLinks.Page],
            IsNoDeps = command.Command.Arguments.IsNoDeps,
        });
    }

    private void Tell(ReadAheadPlan plan, Func<ReadAheadPlan, ReadAheadWants> news)
    {
        lock (_gate)
        {
            var wants = news(plan);
            foreach (var page in wants.Pages)
            {
                Start(AskPageAsync(plan, page));
            }

            foreach (var file in wants.Metadata)
            {
                Start(AskMetadataAsync(plan, file));
            }

            foreach (var file in wants.Files.Concat(wants.LikelyFiles))
            {
                Start(AskFileAsync(plan, file));
            }
        }
    }

    // Under the gate, so that nothing is started after the end was seen.
    private void Start(Task work)
    {
        if (!work.IsCompleted)
        {
            _running.Add(work);
            _ = ForgetAsync(work);
        }
    }

    private async Task ForgetAsync(Task work)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        lock (_gate)
        {
            _running.Remove(work);
            if (_running.Count == 0)
            {
                Foretell();
            }
        }
    }

    // Under the gate.
    private void Foretell()
    {
        if (_plans.Count > 0 && _plans.All(one => one.Plan.IsCertain && one.Plan.Chosen.All(file => _arrived.Contains(file.Url))))
        {
            _foretold.TrySetResult([.. _plans.SelectMany(one => one.Plan.Chosen).DistinctBy(file => file.Url)]);
        }
    }

    private async Task AskPageAsync(ReadAheadPlan plan, PageRequest request)
    {
        await Task.Yield();
        if (request.Url == OwnLinks.Page)
        {
            Tell(plan, one => one.PageArrived(request.Url, [.. _own.Values.Select(own => own.File)]));
        }
        else if (UseKeptPage(plan, request) is { } kept)
        {
            Tell(plan, one => one.PageArrived(request.Url, kept.Files));
        }
        else if (await _serving!.PrefetchPageAsync(request.Url, _end.Token) is { } page)
        {
            Tell(plan, one => one.PageArrived(request.Url, page.Files));
        }
    }

    private ArrivedPage? UseKeptPage(ReadAheadPlan plan, PageRequest request) => MayUseKeptPages && _plans.Count == 1
        ? _serving!.UseKeptPage(request.Url, files => Foretell(plan, request, files) is { } file && Stored(file) is not null)
        : null;

    private IndexFile? Foretell(ReadAheadPlan plan, PageRequest request, IReadOnlyList<IndexFile> files)
    {
        lock (_gate)
        {
            return plan.Foretell(request, files);
        }
    }

    private async Task AskMetadataAsync(ReadAheadPlan plan, IndexFile file)
    {
        await Task.Yield();
        if (Stored(file) is { } stored)
        {
            await TellMetadataAsync(plan, file, stored);
        }
        else if (await _serving!.PrefetchMetadataAsync(file, _end.Token) is { } metadata)
        {
            Tell(plan, one => one.MetadataArrived(file, Encoding.UTF8.GetString(metadata.Span)));
        }
    }

    private async Task AskFileAsync(ReadAheadPlan plan, IndexFile file)
    {
        await Task.Yield();
        if (!_own.ContainsKey(file.Url) && !await _serving!.PrefetchFileAsync(file, _end.Token))
        {
            return;
        }

        lock (_gate)
        {
            _arrived.Add(file.Url);
        }

        if (!file.HasMetadata && Stored(file) is { } stored)
        {
            await TellMetadataAsync(plan, file, stored);
        }
    }

    private StoredFile? Stored(IndexFile file) => _own.TryGetValue(file.Url, out var own) ? own.Stored
        : file.Sha256 is { } sha256 ? _store.Find(sha256, file.FileName)
        : null;

    private async Task TellMetadataAsync(ReadAheadPlan plan, IndexFile file, StoredFile stored)
    {
        if (await WheelText.ReadMetadataAsync(stored, _end.Token) is { } metadata)
        {
            Tell(plan, one => one.MetadataArrived(file, metadata));
        }
    }
}
