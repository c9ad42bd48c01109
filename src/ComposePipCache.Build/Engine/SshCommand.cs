using System.Globalization;
using System.Text.RegularExpressions;

namespace ComposePipCache.Build.Engine;

/// <summary>The arguments docker gives to ssh.</summary>
internal static partial class SshCommand
{
    public static IReadOnlyList<string> Arguments(EngineAddress address)
    {
        List<string> arguments = [];
        if (address.User is { } user)
        {
            arguments.AddRange(["-l", user]);
        }

        if (address.Port > 0)
        {
            arguments.AddRange(["-p", address.Port.ToString(CultureInfo.InvariantCulture)]);
        }

        arguments.AddRange(["-o", "ConnectTimeout=30", "-T", "--", address.Name, RemoteCommand(address.Path)]);
        return arguments;
    }

    // The other side hands this one string to a shell.
    private static string RemoteCommand(string socketPath) => socketPath.Length == 0
        ? "docker system dial-stdio"
        : $"docker {Quote($"--host=unix://{socketPath}")} system dial-stdio";

    private static string Quote(string argument) => PlainArgument().IsMatch(argument)
        ? argument
        : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[\w@%+=:,./-]+$", RegexOptions.ECMAScript, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainArgument();
}
