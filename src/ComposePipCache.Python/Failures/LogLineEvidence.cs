using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Text;

namespace ComposePipCache.Python.Failures;

internal static class LogLineEvidence
{
    private const int LongestLine = 600;

    public static NetworkEvidence Evidence(
        this LogLine line, NetworkCause cause, EvidenceStrength strength,
        EvidenceOrigin origin = EvidenceOrigin.Installer)
    {
        var url = UrlFinder.First(line.Text);
        return new NetworkEvidence(
            cause, strength, origin, Shown(UrlCredentials.Redact(line.Text)), UrlFinder.HostIn(line.Text),
            url is null ? null : UrlCredentials.Remove(url));
    }

    public static OtherEvidence Other(this LogLine line, OtherCause cause, bool isFirm = true) =>
        new(cause, Shown(UrlCredentials.Redact(line.Text)), isFirm);

    private static string Shown(string text) => text.Length <= LongestLine ? text : text[..LongestLine] + "…";
}
