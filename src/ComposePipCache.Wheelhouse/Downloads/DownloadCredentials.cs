namespace ComposePipCache.Wheelhouse.Downloads;

/// <summary>User and password for one server; they never go where that server redirects to.</summary>
public sealed record DownloadCredentials(string User, string Password)
{
    /// <summary>Without the password, so that no log can show it.</summary>
    public override string ToString() => "(credentials)";
}
