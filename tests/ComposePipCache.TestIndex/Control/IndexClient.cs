using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;

namespace ComposePipCache.TestIndex.Control;

/// <summary>Drives an index in another process through its control port.</summary>
public sealed class IndexClient(Uri controlUrl) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = controlUrl,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public Task<Snapshot> SnapshotAsync(CancellationToken cancellationToken) =>
        GetAsync("/stats", ControlJson.Default.Snapshot, cancellationToken);

    public Task<IReadOnlyList<RequestEntry>> LogAsync(CancellationToken cancellationToken) =>
        GetAsync("/log", ControlJson.Default.IReadOnlyListRequestEntry, cancellationToken);

    public Task<IReadOnlyList<RuleStatus>> FaultsAsync(CancellationToken cancellationToken) =>
        GetAsync("/faults", ControlJson.Default.IReadOnlyListRuleStatus, cancellationToken);

    /// <summary>The certificates of the TLS port, for clients that shall trust them.</summary>
    public Task<string> CertificatesAsync(CancellationToken cancellationToken) =>
        _http.GetStringAsync("/tls/certificates", cancellationToken);

    /// <summary>Adds a fault rule and returns its id; a rule with the id of another replaces it.</summary>
    public async Task<string> AddFaultAsync(FaultRule rule, CancellationToken cancellationToken) => (await PostAsync(
        "/faults", rule, ControlJson.Default.FaultRule, ControlJson.Default.RuleAdded, cancellationToken)).Id;

    public Task RemoveFaultAsync(string id, CancellationToken cancellationToken) =>
        DeleteAsync($"/faults/{Uri.EscapeDataString(id)}", cancellationToken);

    public Task ClearFaultsAsync(CancellationToken cancellationToken) => DeleteAsync("/faults", cancellationToken);

    public Task SetModeAsync(ServingMode mode, CancellationToken cancellationToken, Cut cut = Cut.Reset) =>
        TellAsync("/mode", new ModeChange(mode, cut), ControlJson.Default.ModeChange, cancellationToken);

    public Task SetLinkAsync(LinkSettings link, CancellationToken cancellationToken) =>
        TellAsync("/link", link, ControlJson.Default.LinkSettings, cancellationToken);

    public Task SetTlsAsync(TlsMode mode, CancellationToken cancellationToken) =>
        TellAsync("/tls", new TlsChange(mode), ControlJson.Default.TlsChange, cancellationToken);

    public Task ResetCountersAsync(CancellationToken cancellationToken) => TellAsync(
        "/stats/reset", new ControlAnswer(Ok: true), ControlJson.Default.ControlAnswer, cancellationToken);

    public Task RescanAsync(CancellationToken cancellationToken) => TellAsync(
        "/rescan", new ControlAnswer(Ok: true), ControlJson.Default.ControlAnswer, cancellationToken);

    /// <summary>Waits until all the counts are reached.</summary>
    public Task<Snapshot> WaitAsync(WaitFor counts, CancellationToken cancellationToken) => PostAsync(
        "/wait", counts, ControlJson.Default.WaitFor, ControlJson.Default.Snapshot, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync(path, type, cancellationToken)
            ?? throw new InvalidDataException($"the index said nothing at {path}");

    private Task TellAsync<T>(string path, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        PostAsync(path, value, type, ControlJson.Default.ControlAnswer, cancellationToken);

    private async Task<TAnswer> PostAsync<T, TAnswer>(
        string path, T value, JsonTypeInfo<T> type, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(value, type);
        await content.LoadIntoBufferAsync(cancellationToken); // The control port takes no chunked bodies.
        using var response = await _http.PostAsync(path, content, cancellationToken);
        await ThrowIfRefusedAsync(response, path, cancellationToken);
        return await response.Content.ReadFromJsonAsync(answer, cancellationToken)
            ?? throw new InvalidDataException($"the index said nothing at {path}");
    }

    private async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.DeleteAsync(path, cancellationToken);
        await ThrowIfRefusedAsync(response, path, cancellationToken);
    }

    private static async Task ThrowIfRefusedAsync(
        HttpResponseMessage response, string path, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var answer = await response.Content.ReadFromJsonAsync(
                ControlJson.Default.ControlAnswer, cancellationToken);
            throw new InvalidOperationException($"the index refused {path}: {answer?.Error}");
        }
    }
}
