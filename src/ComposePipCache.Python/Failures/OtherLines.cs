using ComposePipCache.Python.Text;

namespace ComposePipCache.Python.Failures;

/// <summary>What installers print when no network would help.</summary>
internal static class OtherLines
{
    private const bool Firm = true;
    private const bool Open = false;

    private static readonly (string Start, OtherCause Cause, bool IsFirm)[] Starts =
    [
        ("Could not find a version that satisfies the requirement ", OtherCause.NoSuchVersion, Open),
        ("No matching distribution found for ", OtherCause.NoSuchVersion, Open),
        ("ResolutionImpossible: ", OtherCause.Conflict, Open),
        ("× No solution found when resolving ", OtherCause.Conflict, Open),
        ("In --require-hashes mode, all requirements must", OtherCause.HashesRequired, Firm),
        ("Hashes are required in --require-hashes mode", OtherCause.HashesRequired, Firm),
        ("Hash mismatch for ", OtherCause.HashMismatch, Firm),
        ("error: subprocess-exited-with-error", OtherCause.BuildFailed, Firm),
        ("error: metadata-generation-failed", OtherCause.BuildFailed, Firm),
        ("Failed building wheel for ", OtherCause.BuildFailed, Firm),
        ("error: failed-wheel-build-for-install", OtherCause.BuildFailed, Firm),
        ("Command errored out with exit status ", OtherCause.BuildFailed, Firm),
        ("Command \"", OtherCause.BuildFailed, Firm),
        ("× Failed to build ", OtherCause.BuildFailed, Firm),
        ("Failed to build ", OtherCause.BuildFailed, Firm),
        ("error: command '", OtherCause.BuildFailed, Firm),
        ("Invalid requirement: ", OtherCause.InvalidRequirement, Firm),
        ("error: externally-managed-environment", OtherCause.ExternallyManaged, Firm),
        ("Could not open requirements file: [Errno 2]", OtherCause.MissingFile, Firm),
        ("no such option: ", OtherCause.Usage, Firm),
        ("HTTP error 401 while getting ", OtherCause.AccessDenied, Firm),
        ("HTTP error 403 while getting ", OtherCause.AccessDenied, Firm),
        // pip asks for a user at a terminal that is not there
        ("User for ", OtherCause.AccessDenied, Firm),
        ("EOFError: EOF when reading a line", OtherCause.AccessDenied, Firm),
        ("HTTP error 404 while getting ", OtherCause.FileGone, Firm),
        ("HTTP error 410 while getting ", OtherCause.FileGone, Firm),
        ("Unable to find installation candidates for ", OtherCause.NoSuchVersion, Firm),
        ("Unable to find candidates for ", OtherCause.NoSuchVersion, Firm),
        ("Network connectivity is disabled, but the requested data", OtherCause.MissingOffline, Firm),
    ];

    private static readonly (string Part, OtherCause Cause, bool IsFirm)[] Parts =
    [
        ("No space left on device", OtherCause.DiskFull, Firm),
        ("because these package versions have conflicting dependencies", OtherCause.Conflict, Open),
        ("version solving failed", OtherCause.Conflict, Open),
        (" requires a different Python: ", OtherCause.PythonVersion, Firm),
        (" but the running Python is ", OtherCause.PythonVersion, Firm),
        (" is not a supported wheel on this platform", OtherCause.UnsupportedWheel, Firm),
        ("is not a trusted or secure host and is being ignored", OtherCause.UntrustedHost, Firm),
        ("not found in known hashes", OtherCause.HashMismatch, Firm),
        ("Packages were unavailable because the network was disabled", OtherCause.MissingOffline, Firm),
        ("HTTP status client error (401", OtherCause.AccessDenied, Firm),
        ("HTTP status client error (403", OtherCause.AccessDenied, Firm),
        ("HTTP status client error (404", OtherCause.FileGone, Firm),
    ];

    public static OtherEvidence? Match(LogLine line)
    {
        foreach (var (start, cause, isFirm) in Starts)
        {
            if (line.Starts(start))
            {
                return line.Other(cause, isFirm);
            }
        }

        foreach (var (part, cause, isFirm) in Parts)
        {
            if (line.Has(part))
            {
                return line.Other(cause, isFirm);
            }
        }

        return PageFailure.Parse(line) is { Status: 401 or 403 } ? line.Other(OtherCause.AccessDenied, Open) : null;
    }
}
