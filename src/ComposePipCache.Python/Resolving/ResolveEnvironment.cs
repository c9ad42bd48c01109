using System.Globalization;
using ComposePipCache.Python.Commands;
using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Python.Resolving;

/// <summary>The variables of a command that is run before its step: the step's own, and what builds inherit.</summary>
internal static class ResolveEnvironment
{
    private const string Path = "PATH";
    private const string PathMark = Path + "=";
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    // before, variables beat --proxy, and builds are not told of it
    private static readonly (int, int) ProxyCounts = (25, 0);

    private static readonly string[] ProxyVariables =
        ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

    public static IReadOnlyDictionary<string, string?> Build(
        InstallerCommand command, RunStep step, ResolveSettings settings)
    {
        var variables = command.EnvironmentChanges.ToDictionary();
        if (command.ActivatedEnvironment is { } folder)
        {
            variables["VIRTUAL_ENV"] = folder;
            variables[Path] = $"{folder}/bin:{variables.GetValueOrDefault(Path) ?? PathOf(step) ?? DefaultPath}";
        }

        var timeout = settings.Timeout.ToString(CultureInfo.InvariantCulture);
        variables["PIP_RETRIES"] = "0";
        variables["PIP_TIMEOUT"] = timeout;
        variables["PIP_DEFAULT_TIMEOUT"] = timeout;
        variables["PIP_DISABLE_PIP_VERSION_CHECK"] = "1";
        if (settings.Certificates is { } certificates)
        {
            variables["PIP_CERT"] = certificates;
        }

        if (settings.Proxy is { } proxy)
        {
            AddProxy(variables, proxy, settings.PipVersion);
        }

        return variables;
    }

    private static void AddProxy(Dictionary<string, string?> variables, string proxy, string pipVersion)
    {
        variables["PIP_PROXY"] = proxy;
        if (SupportedTags.TwoNumbers(pipVersion).CompareTo(ProxyCounts) >= 0)
        {
            return;
        }

        foreach (var name in ProxyVariables)
        {
            variables[name] = proxy;
        }

        variables["no_proxy"] = variables["NO_PROXY"] = "";
    }

    private static string? PathOf(RunStep step) =>
        step.Environment.LastOrDefault(variable => variable.StartsWith(PathMark, StringComparison.Ordinal))
            ?[PathMark.Length..];
}
