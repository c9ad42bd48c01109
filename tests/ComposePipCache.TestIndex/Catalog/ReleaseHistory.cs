using System.Security.Cryptography;

namespace ComposePipCache.TestIndex.Catalog;

/// <summary>Older releases that make a page as long as the public index's.</summary>
/// <remarks>
/// Their versions start with <c>0.0.</c>, below every real one, and wheels for a platform carry tags of interpreters
/// out of support, so that no resolver prefers them.
/// </remarks>
public sealed record ReleaseHistory(string Project, int Releases, bool IsPlatformSpecific = false)
{
    private static readonly string[] PlatformTags =
    [
        .. from python in new[] { "cp35-cp35m", "cp36-cp36m", "cp37-cp37m" }
           from platform in new[] { "manylinux2010_x86_64", "manylinux1_i686", "macosx_10_9_x86_64", "win_amd64" }
           select $"{python}-{platform}",
    ];

    /// <summary>The projects whose pages on the public index exceed a megabyte.</summary>
    public static IReadOnlyList<ReleaseHistory> LongPages { get; } =
        [new("boto3", 2000), new("botocore", 2200), new("numpy", 320, IsPlatformSpecific: true)];

    internal IEnumerable<Distribution> Distributions()
    {
        var tags = IsPlatformSpecific ? PlatformTags : ["py3-none-any"];
        for (var release = 1; release <= Releases; release++)
        {
            foreach (var tag in tags)
            {
                yield return Describe(release, new TinyWheel(Project, $"0.0.{release}")
                {
                    Tags = tag,
                    RequiresPython = ">=3.5",
                });
            }
        }
    }

    private Distribution Describe(int release, TinyWheel wheel)
    {
        var bytes = wheel.Build();
        return new Distribution
        {
            Project = ProjectName.Normalize(Project),
            Version = wheel.Version,
            FileName = wheel.FileName,
            Size = bytes.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            MetadataSha256 = Convert.ToHexStringLower(SHA256.HashData(wheel.Metadata())),
            RequiresPython = wheel.RequiresPython,
            UploadTime = new DateTimeOffset(2015, 1, 1, 8, 30, 0, TimeSpan.Zero).AddHours(release),
            Content = new GeneratedContent(wheel),
        };
    }
}
