namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Why nothing could be put into a step's mounts.</summary>
public enum SeedFailure
{
    /// <summary>The image has no <c>/bin/sh</c>, so nothing can be copied from inside.</summary>
    NoShell,

    /// <summary>The engine's disk is full.</summary>
    NoSpace,

    /// <summary>The engine lacks a file that it was sent.</summary>
    Absent,

    /// <summary>The container's process ended early; the message has what it said.</summary>
    Stopped,
}
