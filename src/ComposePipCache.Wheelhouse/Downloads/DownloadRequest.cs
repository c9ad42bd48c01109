namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>A package file to fetch.</summary>
/// <param name="Url">Over http or https; a user and password in it are used as <see cref="Credentials"/>.</param>
/// <param name="FileName">The name to keep it under.</param>
/// <param name="Sha256">Null when nobody promised anything; such a download starts anew in each process.</param>
public sealed record DownloadRequest(Uri Url, string FileName, string? Sha256)
{
    public DownloadCredentials? Credentials { get; init; }

    /// <summary>Told what is there when an answer begins, and after each piece of it.</summary>
    public IProgress<DownloadProgress>? Progress { get; init; }

    /// <summary>Without the URL's user and password.</summary>
    public override string ToString() => FileName;
}
