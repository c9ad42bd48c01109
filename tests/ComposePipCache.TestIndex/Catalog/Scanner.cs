namespace ComposePipCache.TestIndex.Catalog;

/// <summary>Finds the distributions in folders; of two files with one name the first folder's counts.</summary>
internal sealed class Scanner(IReadOnlyList<string> folders, DigestCache digests)
{
    public IEnumerable<Distribution> Scan()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<Distribution>();
        foreach (var file in folders.SelectMany(FilesIn))
        {
            if (DistributionName.Parse(file.Name) is { } name && names.Add(file.Name))
            {
                found.Add(Describe(file, name));
            }
        }

        digests.Save();
        return found;
    }

    private static IEnumerable<FileInfo> FilesIn(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal);

    private Distribution Describe(FileInfo file, DistributionName name)
    {
        // A link has a length of its own, which is not that of the file.
        var target = (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
        var digest = digests.Of(target);
        var yanked = file.FullName + ".yanked";
        return new Distribution
        {
            Project = name.Project,
            Version = name.Version,
            FileName = file.Name,
            Size = digest.Size,
            Sha256 = digest.Sha256,
            MetadataSha256 = digest.MetadataSha256,
            RequiresPython = digest.RequiresPython,
            Yanked = File.Exists(yanked) ? File.ReadAllText(yanked).Trim() : null,
            UploadTime = new DateTimeOffset(target.LastWriteTimeUtc, TimeSpan.Zero),
            Content = new ScannedContent(target.FullName),
        };
    }
}
