using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ComposePipCache.BuildKit.Session;

namespace ComposePipCache.Build.Engine;

/// <summary>Asks one of docker's credential helpers, the programs named <c>docker-credential-…</c>.</summary>
internal sealed class CredentialHelper(string name, EnvironmentSnapshot environment)
{
    private const string Prefix = "docker-credential-";
    private const string NotFoundText = "credentials not found in native keychain";
    private const string TokenUser = "<token>";

    private readonly string _program = Prefix + name;

    /// <summary>docker's choice for this platform when nothing is configured; null if not installed.</summary>
    public static string? PlatformDefault(EnvironmentSnapshot environment)
    {
        var helper = OperatingSystem.IsWindows() ? "wincred"
            : OperatingSystem.IsMacOS() ? "osxkeychain"
            : environment.FindProgram("pass") is not null ? "pass"
            : "secretservice";
        return environment.FindProgram(Prefix + helper) is null ? null : helper;
    }

    /// <summary>What the helper knows of a host; null when it knows nothing.</summary>
    public async Task<RegistryCredential?> GetAsync(string key, CancellationToken cancellationToken)
    {
        using var process = Start(key);
        try
        {
            await using var errorText = new ErrorTextKeeper(process.StandardError);
            var reading = process.StandardOutput.ReadToEndAsync(cancellationToken);
            await AskAsync(process, key);
            var output = await reading;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? Understand(key, output)
                : NotFoundOrFailed(key, process.ExitCode, output.Trim(), await errorText.ReadAsync());
        }
        catch (OperationCanceledException)
        {
            ChildProcess.Kill(process);
            throw;
        }
    }

    private Process Start(string key)
    {
        var path = environment.FindProgram(_program)
            ?? throw new PipCacheException(CredentialErrors.NoHelper(_program, key));
        try
        {
            return ChildProcess.Start([path, "get"], environment);
        }
        catch (Win32Exception error)
        {
            throw Failed(key, $"does not start: {error.Message}", error);
        }
    }

    private static async Task AskAsync(Process process, string key)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(key), CancellationToken.None);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code and output tell the rest.
        }
    }

    // Helpers explain themselves on standard output. Anything like an answer in JSON is never shown.
    private RegistryCredential? NotFoundOrFailed(string key, int exitCode, string output, string errorText)
    {
        if (output == NotFoundText)
        {
            return null;
        }

        var said = (output.Length > 0 ? output : errorText).Split('\n')[0].Trim();
        var isShown = said.Length > 0 && !said.Contains('{', StringComparison.Ordinal);
        throw Failed(key, string.Create(
            CultureInfo.InvariantCulture, $"ended with exit code {exitCode}{(isShown ? $": {said}" : "")}"));
    }

    private RegistryCredential? Understand(string key, string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var user = document.RootElement.GetProperty("Username").GetString() ?? "";
            var secret = document.RootElement.GetProperty("Secret").GetString() ?? "";
            return user == TokenUser ? new RegistryCredential("", secret)
                : user.Length == 0 && secret.Length == 0 ? null
                : new RegistryCredential(user, secret);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // Not as inner exception: a parser's message may quote the answer, and the answer holds the secret.
            throw Failed(key, "gave an answer that is not the JSON it should be");
        }
    }

    private PipCacheException Failed(string key, string reason, Exception? inner = null) =>
        new(CredentialErrors.HelperFailed(_program, key, reason), inner);
}
