using ComposePipCache.Wheelhouse.Store;

namespace ComposePipCache.Wheelhouse.Locks;

/// <summary>What a lock looks like on disk, and which ones are believed.</summary>
internal static class LockRules
{
    /// <summary>The same lock in its one order, without credentials.</summary>
    public static StepLock Tidy(StepLock stepLock) => stepLock with
    {
        FormatVersion = StepLock.CurrentFormat,
        Key = Sha256Text.Normalize(stepLock.Key),
        CreatedAt = stepLock.CreatedAt.ToUniversalTime(),
        Indexes = [.. stepLock.Indexes.Select(index => PublicUrl.Of(index) ?? PublicUrl.Unreadable)],
        Files =
        [
            .. stepLock.Files.Select(Tidy).Distinct()
                .OrderBy(file => file.FileName, StringComparer.Ordinal)
                .ThenBy(file => file.Sha256, StringComparer.Ordinal),
        ],
    };

    public static bool IsValid(StepLock stepLock, string key) =>
        stepLock.Key == key
        && Sha256Text.IsValid(key)
        && stepLock.Indexes.All(index => index is not null)
        && stepLock.Files.All(IsValid);

    private static LockedFile Tidy(LockedFile file) => file with
    {
        Sha256 = Sha256Text.Normalize(file.Sha256),
        Url = file.Url is null ? null : PublicUrl.Of(file.Url),
        BuiltFromSha256 = file.BuiltFromSha256 is null ? null : Sha256Text.Normalize(file.BuiltFromSha256),
    };

    // Nulls can stand in a list that was read.
    private static bool IsValid(LockedFile? file) =>
        file is not null
        && PackageFileName.IsValid(file.FileName)
        && Sha256Text.IsValid(file.Sha256)
        && file.Size >= 0
        && (file.BuiltFromSha256 is null || Sha256Text.IsValid(file.BuiltFromSha256));
}
