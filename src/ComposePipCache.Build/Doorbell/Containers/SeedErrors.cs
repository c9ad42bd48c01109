namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Words every way in which a step's mounts cannot be filled.</summary>
internal static class SeedErrors
{
    public static SeedException NoShell(Exception? inner = null) => new(
        SeedFailure.NoShell,
        new ErrorText("seed-no-shell", "cannot seed: no shell", "the image of this step has no /bin/sh"),
        inner);

    public static SeedException Stopped(string said) => said.Contains("No space left on device", StringComparison.Ordinal)
        ? new SeedException(
            SeedFailure.NoSpace,
            new ErrorText("seed-no-space", "cannot seed: the engine's disk is full", said, "free space, such as by `docker builder prune`"))
        : new SeedException(
            SeedFailure.Stopped,
            new ErrorText("seed-stopped", "cannot seed: the container stopped", said.Length > 0 ? said : null));

    public static SeedException Absent(IReadOnlyCollection<string> digests) => new(
        SeedFailure.Absent,
        new ErrorText(
            "seed-absent", "cannot seed: the engine lacks files of the view", $"sha256 {string.Join(", ", digests)}"));
}
