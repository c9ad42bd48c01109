using System.Collections.Frozen;

namespace ComposePipCache.Python.Commands;

/// <summary>The options of one tool: names, which take a value, and which leave the result as it is.</summary>
internal sealed class PipOptionTable
{
    // one option a line: its names, then = for a value, ! for "changes nothing", and ~ for "written in full only":
    // not all pips have it, so it must not make abbreviations ambiguous
    private const string PipOptions =
        """
        -r --requirement =
        -c --constraint =
        --build-constraint =
        -e --editable =
        --group =
        --requirements-from-script = ~
        -i --index-url --pypi-url =
        --extra-index-url =
        --no-index
        -f --find-links =
        --trusted-host = !
        --no-cache-dir !
        --cache-dir = !
        --isolated
        --hash =
        --require-hashes
        --no-require-hashes ~
        -U --upgrade
        --upgrade-strategy =
        --force-reinstall
        -I --ignore-installed
        --ignore-requires-python
        --no-deps --no-dependencies
        --only-deps --only-dependencies ~
        --no-binary =
        --only-binary =
        --prefer-binary
        --pre
        --all-releases = ~
        --only-final = ~
        --uploaded-prior-to = ~
        --refresh-package = ! ~
        -t --target =
        --prefix =
        --root =
        --user
        --no-user
        -d --dest --destination-dir --destination-directory = !
        -w --wheel-dir = !
        --src --source --source-dir --source-directory = !
        --platform =
        --python-version =
        --implementation =
        --abi =
        --python =
        -C --config-settings =
        --global-option =
        --build-option =
        --no-build-isolation
        --use-pep517
        --no-use-pep517
        --check-build-dependencies ! ~
        --use-feature =
        --use-deprecated =
        --dry-run
        --report = !
        --compile !
        --no-compile !
        --timeout --default-timeout = !
        --retries = !
        --resume-retries = !
        --progress-bar = !
        -q --quiet !
        -v --verbose !
        -h --help
        -V --version
        --debug !
        --no-color !
        --no-input !
        --no-proxy-env ! ~
        --disable-pip-version-check !
        --no-python-version-warning !
        --no-warn-script-location !
        --no-warn-conflicts !
        --root-user-action = !
        --break-system-packages !
        --exists-action = !
        --log --log-file --local-log = !
        --proxy = !
        --cert = !
        --client-cert = !
        --keyring-provider = !
        --require-virtualenv --require-venv !
        --no-clean !
        --no-verify !
        --install-option = ~
        --process-dependency-links ~
        --allow-external = ~
        --allow-all-external ~
        --allow-unverified = ~
        --egg ~
        --download = ! ~
        --download-cache = ! ~
        -b --build --build-dir --build-directory = ! ~
        --use-wheel ! ~
        --no-use-wheel ~
        --use-mirrors ! ~
        --mirrors = ! ~
        -Z --always-unzip ! ~
        """;

    private const string UvOptions =
        """
        -r --requirement --requirements =
        -c --constraint --constraints =
        -b --build-constraint --build-constraints =
        --override --overrides =
        -e --editable =
        --group =
        --only-group =
        --no-group =
        --extra =
        --package =
        -i --index-url =
        --default-index =
        --index =
        --extra-index-url =
        --no-index
        -f --find-links =
        -n --no-cache --no-cache-dir !
        --cache-dir = !
        --offline
        --require-hashes
        -U --upgrade
        -P --upgrade-package =
        --no-deps
        --no-binary =
        --only-binary =
        --no-binary-package =
        --no-build-package =
        --no-build-isolation-package =
        --no-install-package =
        --pre
        --prerelease =
        --resolution =
        --fork-strategy =
        --index-strategy =
        --exclude-newer =
        --exclude-newer-package =
        --reinstall-package =
        --refresh-package = !
        --torch-backend =
        -t --target =
        --prefix =
        -p --python =
        --python-version =
        --python-platform =
        -C --config-setting --config-settings =
        --link-mode = !
        --config-file =
        --directory =
        --project =
        --env-file =
        --with =
        --with-editable =
        --with-requirements =
        --from =
        --keyring-provider = !
        --allow-insecure-host --trusted-host = !
        --color = !
        -q --quiet !
        -v --verbose !
        --no-progress !
        --compile-bytecode --compile !
        --no-compile-bytecode --no-compile !
        """;

    private const string PipxOptions =
        """
        --pip-args =
        -i --index-url =
        -e --editable
        -f --force !
        -v --verbose !
        -q --quiet !
        --suffix =
        --python =
        --preinstall =
        --spec =
        --include-deps
        --include-apps
        --system-site-packages
        --global
        """;

    private readonly FrozenDictionary<string, Entry> _entries;
    private readonly string[] _abbreviable;

    private PipOptionTable(string text, bool allowsAbbreviations)
    {
        var entries = new Dictionary<string, Entry>();
        var abbreviable = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            var words = line.Trim().Split(' ');
            var names = words.Where(word => word.StartsWith('-')).ToArray();
            var canonical = Array.Find(names, name => name.StartsWith("--", StringComparison.Ordinal))!;
            var entry = new Entry(canonical, words.Contains("="), !words.Contains("!"));
            foreach (var name in names)
            {
                entries[name] = entry;
            }

            var isCurrent = allowsAbbreviations && !words.Contains("~");
            abbreviable.AddRange(names.Where(name => isCurrent && name.StartsWith("--", StringComparison.Ordinal)));
        }

        _entries = entries.ToFrozenDictionary();
        _abbreviable = [.. abbreviable];
    }

    public static PipOptionTable Pip { get; } = new(PipOptions, allowsAbbreviations: true);

    public static PipOptionTable Uv { get; } = new(UvOptions, allowsAbbreviations: false);

    public static PipOptionTable Pipx { get; } = new(PipxOptions, allowsAbbreviations: true);

    public Entry? FindExactly(string name) => _entries.GetValueOrDefault(name);

    /// <summary>Finds an option by its name, or by the beginning of it when no other begins so.</summary>
    public Entry? Find(string name)
    {
        if (_entries.TryGetValue(name, out var entry))
        {
            return entry;
        }

        if (name.Length <= 2 || !name.StartsWith("--", StringComparison.Ordinal))
        {
            return null;
        }

        Entry? found = null;
        foreach (var candidate in _abbreviable)
        {
            if (candidate.StartsWith(name, StringComparison.Ordinal) && _entries[candidate] != found)
            {
                if (found is not null)
                {
                    return null;
                }

                found = _entries[candidate];
            }
        }

        return found;
    }

    internal sealed record Entry(string Name, bool TakesValue, bool IsMeaningful);
}
