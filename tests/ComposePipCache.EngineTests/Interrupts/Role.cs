namespace ComposePipCache.EngineTests.Interrupts;

/// <summary>The processes of one <c>docker pipcache up --build</c>, from the outside in.</summary>
public enum Role
{
    /// <summary>The docker command that was typed.</summary>
    Docker,

    /// <summary>Our plugin.</summary>
    Plugin,

    /// <summary>The compose that our plugin started.</summary>
    Compose,

    /// <summary>Our builder, started by compose.</summary>
    Builder,

    /// <summary>All that share the process group, as a terminal's keys reach them.</summary>
    Group,
}
