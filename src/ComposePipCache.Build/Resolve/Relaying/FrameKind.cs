namespace ComposePipCache.Build.Resolve.Relaying;

/// <summary>What a frame says: its first byte.</summary>
/// <remarks>
/// The channel and the payload's length follow, four bytes each, big-endian. The script has the same list.
/// </remarks>
internal enum FrameKind : byte
{
    /// <summary>The script's first frame: its port and its folder.</summary>
    Hello = 0,

    /// <summary>A client connected; the script chose the channel.</summary>
    Accepted = 1,

    /// <summary>Connect to an address.</summary>
    Dial = 2,

    /// <summary>What was asked for on this channel is there.</summary>
    Opened = 3,

    /// <summary>It is not, and why.</summary>
    Failed = 4,

    /// <summary>At most <see cref="RelayStream.PieceLength"/> bytes.</summary>
    Data = 5,

    /// <summary>So many bytes were taken, and as many may be sent again.</summary>
    Credit = 6,

    /// <summary>No more data in this direction.</summary>
    End = 7,

    /// <summary>The channel is over in both directions, whatever was on its way; a command is killed.</summary>
    Reset = 8,

    /// <summary>Run a command; its output is the channel's data.</summary>
    Run = 9,

    /// <summary>The command's exit code, after all of its output; negative for a signal.</summary>
    Exited = 10,

    /// <summary>Send a file.</summary>
    Read = 11,
}
