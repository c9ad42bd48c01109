namespace ComposePipCache.Build.Engine;

/// <summary>Words every way registry credentials can be unusable. None of them repeats a secret.</summary>
internal static class CredentialErrors
{
    public static ErrorText BadEntry(string host, string reason) => new(
        "registry-auth-invalid",
        $"the stored login for {host} cannot be used",
        reason,
        $"log in again with `docker login {host}`");

    public static ErrorText BadVariable(string name, string reason) => new(
        "registry-auth-invalid",
        $"the variable {name} cannot be used",
        reason,
        """it takes `{"auths":{"HOST":{"auth":"BASE64 OF USER:PASSWORD"}}}`""");

    public static ErrorText NoHelper(string program, string host) => new(
        "credential-helper-missing",
        $"cannot get credentials for {host}",
        $"`{program}` is not on the PATH",
        "install it, or take it out of credsStore and credHelpers in docker's config.json");

    public static ErrorText HelperFailed(string program, string host, string reason) => new(
        "credential-helper-failed",
        $"cannot get credentials for {host}",
        $"`{program} get` {reason}",
        $"try `echo {host} | {program} get`; `docker logout {host}` removes the entry");
}
