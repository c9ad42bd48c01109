namespace ComposePipCache.Python.Wheels;

/// <summary>One combination a wheel is for (PEP 425): <c>cp311-cp311-manylinux_2_17_x86_64</c>.</summary>
public readonly record struct CompatibilityTag(string Python, string Abi, string Platform)
{
    public override string ToString() => $"{Python}-{Abi}-{Platform}";
}
