using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ComposePipCache.TestIndex.Http;

namespace ComposePipCache.TestIndex.Control;

/// <summary>The verbs of the control port; <c>README.md</c> lists them.</summary>
internal sealed class ControlApi(IndexServer index)
{
    private static readonly ControlAnswer Done = new(Ok: true);

    public async Task<Response> AnswerAsync(RequestHead head, byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            return head.Method switch
            {
                "GET" => Read(head),
                "DELETE" => Delete(head.Path),
                "POST" => await ChangeAsync(head.Path, body, cancellationToken),
                _ => Refuse(405, "GET, POST and DELETE only"),
            };
        }
        catch (JsonException error)
        {
            return Refuse(400, error.Message);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            return Refuse(500, error.Message);
        }
    }

    private Response Read(RequestHead head) => head.Path switch
    {
        "/stats" => Json(index.Snapshot(), ControlJson.Default.Snapshot),
        "/log" => Json(index.Log(), ControlJson.Default.IReadOnlyListRequestEntry),
        "/faults" => Json(index.Faults, ControlJson.Default.IReadOnlyListRuleStatus),
        "/mode" => Json(new ModeChange(index.Mode), ControlJson.Default.ModeChange),
        "/tls/certificates" => Response.Text(200, index.CertificatesPem),
        _ => Refuse(404, $"nothing to read at {head.Path}"),
    };

    private Response Delete(string path)
    {
        const string One = "/faults/";
        if (path == "/faults")
        {
            index.ClearFaults();
            return Json(Done, ControlJson.Default.ControlAnswer);
        }

        return path.StartsWith(One, StringComparison.Ordinal) && index.RemoveFault(path[One.Length..])
            ? Json(Done, ControlJson.Default.ControlAnswer)
            : Refuse(404, $"nothing to delete at {path}");
    }

    private async Task<Response> ChangeAsync(string path, byte[] body, CancellationToken cancellationToken)
    {
        switch (path)
        {
            case "/faults":
                var id = index.AddFault(Parse(body, ControlJson.Default.FaultRule));
                return Json(new RuleAdded(id), ControlJson.Default.RuleAdded);
            case "/wait":
                var wait = Parse(body, ControlJson.Default.WaitFor);
                var reached = await index.WaitAsync(wait.IsReached, cancellationToken);
                return Json(reached, ControlJson.Default.Snapshot);
            case "/mode":
                var change = Parse(body, ControlJson.Default.ModeChange);
                await index.SetModeAsync(change.Mode, change.Cut);
                break;
            case "/link":
                index.SetLink(Parse(body, ControlJson.Default.LinkSettings));
                break;
            case "/tls":
                index.TlsMode = Parse(body, ControlJson.Default.TlsChange).Mode;
                break;
            case "/stats/reset":
                index.ResetCounters();
                break;
            case "/rescan":
                index.Rescan();
                break;
            default:
                return Refuse(404, $"nothing to change at {path}");
        }

        return Json(Done, ControlJson.Default.ControlAnswer);
    }

    private static T Parse<T>(byte[] body, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(body, type) ?? throw new JsonException("null is no value here");

    private static Response Json<T>(T value, JsonTypeInfo<T> type) =>
        Response.Of(200, JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json");

    private static Response Refuse(int status, string why) =>
        Json(new ControlAnswer(Ok: false, why), ControlJson.Default.ControlAnswer) with { Status = status };
}
