using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Wheels;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Wheels;

public class SupportedTagsTests
{
    private static readonly InterpreterFacts Bookworm = new()
    {
        Implementation = "cpython",
        Version = "3.11",
        Abi = "cp311",
        Machine = "x86_64",
        Libc = "glibc-2.36",
        PipVersion = "23.0",
    };

    public static TheoryData<string> Recorded() => [.. File.ReadAllLines(Fixtures.Folder("tags.txt"))];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void The_list_is_the_one_of_pip(string line)
    {
        var words = line.Split(' ');

        var tags = SupportedTags.Of(new InterpreterFacts
        {
            Implementation = words[0],
            Version = words[1],
            Abi = words[2],
            Machine = words[3],
            Libc = words[4],
            PipVersion = "26.2",
        }).All;

        tags.Count.ShouldBe(int.Parse(words[5], CultureInfo.InvariantCulture));
        var text = string.Concat(tags.Select(tag => $"{tag}\n"));
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text))).ShouldBe(words[6]);
    }

    [Theory]
    [InlineData("8.0", "linux_x86_64")]
    [InlineData("18.1", "manylinux1_x86_64 linux_x86_64")]
    [InlineData("19.2", "manylinux2010_x86_64 manylinux1_x86_64 linux_x86_64")]
    [InlineData("20.2", "manylinux2014_x86_64 manylinux2010_x86_64 manylinux1_x86_64 linux_x86_64")]
    public void Older_pips_know_fewer_platforms(string pip, string platforms)
    {
        var tags = SupportedTags.Of(Bookworm with { PipVersion = pip }).All;

        tags.Where(tag => tag.Abi == "cp311").Select(tag => tag.Platform).ShouldBe(platforms.Split(' '));
    }

    [Fact]
    public void On_musl_only_newer_pips_find_binaries()
    {
        var alpine = Bookworm with { Libc = "musl-1.2" };
        var wheel = WheelName.Parse("x-1-cp311-cp311-musllinux_1_1_x86_64.whl")!;

        SupportedTags.Of(alpine).IsCompatible(wheel).ShouldBeTrue();
        SupportedTags.Of(alpine with { PipVersion = "21.1" }).IsCompatible(wheel).ShouldBeFalse();
        var forGlibc = WheelName.Parse("x-1-cp311-cp311-manylinux_2_17_x86_64.whl")!;
        SupportedTags.Of(alpine).IsCompatible(forGlibc).ShouldBeFalse();
    }

    [Theory]
    [InlineData("numpy-1.24.2-cp311-cp311-manylinux_2_36_x86_64.whl", true)]
    [InlineData("numpy-1.24.2-cp311-cp311-manylinux_2_37_x86_64.whl", false)]
    [InlineData("numpy-1.24.2-cp310-cp310-manylinux_2_17_x86_64.whl", false)]
    [InlineData("cryptography-42-cp37-abi3-manylinux2014_x86_64.manylinux_2_17_x86_64.whl", true)]
    [InlineData("cryptography-42-cp312-abi3-manylinux2014_x86_64.whl", false)]
    [InlineData("six-1.17.0-py2.py3-none-any.whl", true)]
    [InlineData("futures-3-py2-none-any.whl", false)]
    [InlineData("torch-2-cp311-cp311-manylinux2014_aarch64.whl", false)]
    [InlineData("ruff-0.9-py3-none-manylinux_2_17_x86_64.whl", true)]
    [InlineData("x-1-cp311-cp311-win_amd64.whl", false)]
    public void A_wheel_fits_or_not(string name, bool fits)
    {
        SupportedTags.Of(Bookworm).IsCompatible(WheelName.Parse(name)!).ShouldBe(fits);
    }

    [Fact]
    public void The_best_wheel_is_the_last()
    {
        string[] names =
        [
            "x-9.0-cp27-cp27m-win32.whl",
            "x-1.0-py3-none-any.whl",
            "x-1.10-py3-none-any.whl",
            "x-1.10-0-py3-none-any.whl",
            "x-1.10-1-py3-none-any.whl",
            "x-1.10-1pc-py3-none-any.whl",
            "x-1.10-2-py3-none-any.whl",
            "x-1.10-10-py3-none-any.whl",
            "x-1.10-cp37-abi3-manylinux_2_17_x86_64.whl",
            "x-1.10-cp311-cp311-manylinux_2_5_x86_64.whl",
            "x-1.10-cp311-cp311-manylinux_2_36_x86_64.whl",
        ];
        var order = new WheelOrder(SupportedTags.Of(Bookworm));

        var sorted = names.Select(name => WheelName.Parse(name)!).Reverse().Order(order);

        sorted.Select(wheel => wheel.FileName).ShouldBe(names);
    }
}
