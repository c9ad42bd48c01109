using System.Text;
using ComposePipCache.BuildKit.Session;

namespace ComposePipCache.Build.Bake;

/// <summary>A target's build secrets, read when the daemon asks for them.</summary>
internal sealed class BakeSecrets : ISecretStore
{
    /// <summary>As buildx: larger ones are no secrets.</summary>
    private const int MaximumLength = 500 * 1024;

    private readonly Dictionary<string, CsvOptions> _secrets = new(StringComparer.Ordinal);
    private readonly BakeTarget _target;
    private readonly EnvironmentSnapshot _environment;

    /// <summary>Checks the files that are named; variables are looked up when asked for.</summary>
    /// <exception cref="PipCacheException">A file is missing or too large, or a secret has no id.</exception>
    public BakeSecrets(BakeTarget target, EnvironmentSnapshot environment)
    {
        _target = target;
        _environment = environment;
        foreach (var text in target.Secrets)
        {
            var options = new CsvOptions(text);
            var id = options["id"] ?? throw BakeErrors.Invalid(target.Name, "secret", text, "id=…");
            _secrets[id] = options;
            Check(id, options);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!_secrets.TryGetValue(id, out var options))
        {
            return null;
        }

        return Path(options) is { } path
            ? await File.ReadAllBytesAsync(path, cancellationToken)
            : Variable(id, options);
    }

    private static string? Path(CsvOptions options) =>
        options["type"] is "env" ? null : options["src"] ?? options["source"];

    private ReadOnlyMemory<byte>? Variable(string id, CsvOptions options)
    {
        var name = options["env"] ?? options["src"] ?? options["source"] ?? id;
        // The type matters: a bare null would become an empty secret.
        return _environment.Variables.GetValueOrDefault(name) is { } value
            ? Encoding.UTF8.GetBytes(value)
            : default(ReadOnlyMemory<byte>?);
    }

    private void Check(string id, CsvOptions options)
    {
        if (Path(options) is not { } path)
        {
            return;
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw BakeErrors.NoSecret(_target.Name, id, $"{path} does not exist");
        }

        if (file.Length > MaximumLength)
        {
            throw BakeErrors.NoSecret(_target.Name, id, $"{path} is larger than {MaximumLength / 1024} kB");
        }
    }
}
