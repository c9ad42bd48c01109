namespace ComposePipCache.EngineTests.Interrupts;

/// <summary>How far a build has come.</summary>
public enum Moment
{
    /// <summary>The docker command has been started, and nothing more is known of it.</summary>
    Start,

    /// <summary>Our plugin runs.</summary>
    Plugin,

    /// <summary>Compose runs.</summary>
    Compose,

    /// <summary>Our builder has been started, and may not listen to signals yet.</summary>
    BuilderStart,

    /// <summary>Our builder listens.</summary>
    Builder,

    /// <summary>A file of the context is being read.</summary>
    Context,

    /// <summary>A step runs.</summary>
    Step,

    /// <summary>Layers are being exported.</summary>
    Export,
}
