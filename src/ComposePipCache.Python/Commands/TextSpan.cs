using System.Runtime.InteropServices;

namespace ComposePipCache.Python.Commands;

/// <summary>A stretch of one of a step's arguments.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextSpan(int ArgumentIndex, int Start, int Length);
