namespace ComposePipCache.FakeDaemon.Builds;

/// <summary>How a status stream ends.</summary>
public enum StatusEnd
{
    /// <summary>Right after the build, as BuildKit does.</summary>
    WithTheBuild,

    /// <summary>As soon as the reports are sent, while the build goes on.</summary>
    Early,

    /// <summary>Not at all.</summary>
    Never,

    /// <summary>With a reset of the stream after the reports.</summary>
    Reset,
}
