using ComposePipCache.Python.Requirements;

namespace ComposePipCache.Python.Wheels;

/// <summary>The platform tags of a Linux, the newest first, as far as its pip knows them.</summary>
internal static class LinuxPlatforms
{
    private static readonly Dictionary<int, (string Name, int PipMajor, int PipMinor)> Legacy = new()
    {
        [17] = ("manylinux2014", 19, 3),
        [12] = ("manylinux2010", 19, 0),
        [5] = ("manylinux1", 8, 1),
    };

    private static readonly (int, int) Perennial = (20, 3);
    private static readonly (int, int) Musl = (21, 2);
    private static readonly (int, int) Newest = (int.MaxValue, 0);

    public static IEnumerable<string> Of(InterpreterFacts facts)
    {
        var pip = facts.PipVersion.Length == 0 ? Newest : SupportedTags.TwoNumbers(facts.PipVersion);
        var machines = facts.Machine == "armv8l" ? ["armv8l", "armv7l"] : new[] { facts.Machine };
        var libc = facts.Libc.Split('-');
        var (major, minor) = libc.Length > 1 ? SupportedTags.TwoNumbers(libc[1]) : (0, 0);
        var tags = libc[0] switch
        {
            "glibc" when major == 2 => machines.SelectMany(machine => ManyLinux(machine, minor, pip)),
            "musl" when pip.CompareTo(Musl) >= 0 => machines.SelectMany(machine => MuslLinux(machine, major, minor)),
            _ => [],
        };
        return [.. tags, .. machines.Select(machine => $"linux_{machine}")];
    }

    private static IEnumerable<string> ManyLinux(string machine, int glibc, (int, int) pip)
    {
        var oldest = machine is "x86_64" or "i686" ? 5 : 17;
        for (var minor = glibc; minor >= oldest; minor--)
        {
            if (pip.CompareTo(Perennial) >= 0)
            {
                yield return $"manylinux_2_{minor}_{machine}";
            }

            if (Legacy.TryGetValue(minor, out var legacy) && pip.CompareTo((legacy.PipMajor, legacy.PipMinor)) >= 0)
            {
                yield return $"{legacy.Name}_{machine}";
            }
        }
    }

    private static IEnumerable<string> MuslLinux(string machine, int major, int musl)
    {
        for (var minor = musl; minor >= 0; minor--)
        {
            yield return $"musllinux_{major}_{minor}_{machine}";
        }
    }
}
