using ComposePipCache.Python.Text;

namespace ComposePipCache.Python.Failures;

internal static class LogLineEvidence
{
    private const int LongestLine = 600;

    public static NetworkEvidence Evidence(
        this LogLine line, NetworkCause cause, EvidenceStrength strength,
        EvidenceOrigin origin = EvidenceOrigin.Installer)
    {
        var text = Credentials.Hide(line.Text);
        var url = UrlText.First(text);
        return new NetworkEvidence(
            cause, strength, origin, Shown(text), UrlText.HostIn(text), url is null ? null : Credentials.Remove(url));
    }

    public static OtherEvidence Other(this LogLine line, OtherCause cause, bool isFirm = true) =>
        new(cause, Shown(Credentials.Hide(line.Text)), isFirm);

    private static string Shown(string text) => text.Length <= LongestLine ? text : text[..LongestLine] + "…";
}
