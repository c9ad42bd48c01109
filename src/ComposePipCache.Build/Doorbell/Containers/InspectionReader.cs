using ComposePipCache.Python.Configuration;

namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Puts an inspection together from the records of the shell.</summary>
internal sealed class InspectionReader(InspectionRequest request, CancellationToken cancellationToken)
{
    private readonly List<ParentFile> _files = [];
    private readonly List<PipConfigFile> _configs = [];
    private string _path = "";
    private string _configPath = "";
    private PipConfigKind _configKind;
    private InterpreterFacts? _interpreter;
    private string? _fingerprint;
    private CacheOwner? _owner;

    public async Task ReadAsync(ShellRecord record)
    {
        switch (record.Name)
        {
            case "interpreter":
                _path = await record.ReadTextAsync(cancellationToken);
                break;
            case "facts":
                _interpreter = InterpreterFacts.Parse(_path, await record.ReadTextAsync(cancellationToken));
                break;
            case "config-path":
                _configPath = await record.ReadTextAsync(cancellationToken);
                _configKind = Enum.Parse<PipConfigKind>(record.Fields[0], ignoreCase: true);
                break;
            case "config":
                _configs.Add(new PipConfigFile(_configKind, _configPath, await record.ReadTextAsync(cancellationToken)));
                break;
            case "fingerprint":
                _fingerprint = await record.ReadTextAsync(cancellationToken);
                break;
            case "owner":
                _owner = ToolCache.ReadOwner(record);
                break;
            default:
                await ReadFileAsync(record);
                break;
        }
    }

    public Inspection Result() =>
        new(_interpreter is null ? null : _interpreter with { ConfigFiles = _configs }, _files, _fingerprint, _owner);

    private async Task ReadFileAsync(ShellRecord record)
    {
        var state = record.Name switch
        {
            "file" => ParentFileState.Read,
            "large" => ParentFileState.TooLarge,
            _ => ParentFileState.Missing,
        };
        _files.Add(new ParentFile(request.Files[_files.Count], state, await record.ReadBytesAsync(cancellationToken)));
    }
}
