using System.Security.Cryptography;
using System.Text;
using ComposePipCache.Python.Index;
using ComposePipCache.Python.Markers;
using ComposePipCache.Python.Requirements;
using ComposePipCache.Python.Wheels;

namespace ComposePipCache.Tests.Python.Index;

/// <summary>An index with wheels that require each other, and a client that asks for what a plan names.</summary>
internal sealed class Universe(bool hasMetadata = true)
{
    private static readonly Uri One = new("https://one.example/simple");
    private static readonly Uri Two = new("https://two.example/x/");

    private static readonly InterpreterFacts Facts = new()
    {
        Implementation = "cpython",
        Version = "3.11",
        Machine = "x86_64",
        Libc = "glibc-2.36",
    };

    private readonly Dictionary<string, (IndexFile File, string[] Requires)> _releases = [];

    /// <summary>Adds a wheel, as in <c>name-1.0</c>.</summary>
    public Universe Add(string release, params string[] requires)
    {
        var dash = release.LastIndexOf('-');
        var name = $"{release[..dash].Replace('-', '_')}-{release[(dash + 1)..]}-py3-none-any.whl";
        var file = new IndexFile
        {
            FileName = name,
            Url = new Uri($"https://files.example/{name}"),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))),
            HasMetadata = hasMetadata,
        };
        _releases[release] = (file, requires);
        return this;
    }

    public IndexFile File(string release) => _releases[release].File;

    public static ReadAheadPlan Plan(
        bool isNoDeps = false, int limit = 100, IReadOnlyList<Uri>? links = null, bool hasOneIndex = false) =>
        new(new ReadAheadContext(
            new CandidateRules(SupportedTags.Of(Facts), MarkerEnvironment.Of(Facts), []), hasOneIndex ? [One] : [One, Two])
        {
            IsNoDeps = isNoDeps,
            ProjectLimit = limit,
            LinkPages = links ?? [],
        });

    /// <summary>Gives a plan the pages of one project, which the second index does not have.</summary>
    public ReadAheadWants Serve(ReadAheadPlan plan, string project)
    {
        plan.PageArrived(PageRequest.Of(Two, project).Url, []);
        return plan.PageArrived(PageRequest.Of(One, project).Url, FilesOf(project));
    }

    public Log Run(
        ReadAheadPlan plan, IEnumerable<RequirementLine> requirements, IEnumerable<RequirementLine> constraints,
        int seed = 0) =>
        RunOn(plan, plan.Start(requirements, constraints), seed);

    /// <summary>Goes on with a plan whose first pages were not served yet.</summary>
    public Log RunOn(ReadAheadPlan plan)
    {
        var projects = _releases.Values.Select(release => WheelName.Parse(release.File.FileName)!.Project).Distinct();
        var pages = projects.SelectMany(
            project => new[] { PageRequest.Of(One, project), PageRequest.Of(Two, project) });
        return RunOn(plan, new ReadAheadWants { Pages = [.. pages], Metadata = [], Files = [], LikelyFiles = [] }, 0);
    }

    private Log RunOn(ReadAheadPlan plan, ReadAheadWants first, int seed)
    {
        var log = new Log();
        var random = new Random(seed);
        var waiting = log.Take(first);
        while (waiting.Count > 0)
        {
            var index = random.Next(waiting.Count);
            var next = waiting[index];
            waiting.RemoveAt(index);
            waiting.AddRange(log.Take(next switch
            {
                PageRequest page => plan.PageArrived(
                    page.Url, page.Url.Host == One.Host ? FilesOf(page.Project) : []),
                _ => plan.MetadataArrived((IndexFile)next, MetadataOf((IndexFile)next)),
            }));
        }

        log.Chosen.AddRange(plan.Chosen.Select(Log.Name).Order());
        log.IsSettled = plan.IsSettled;
        return log;
    }

    private List<IndexFile> FilesOf(string project) =>
        [.. _releases.Values.Select(release => release.File)
            .Where(file => WheelName.Parse(file.FileName)!.Project == project)];

    private string MetadataOf(IndexFile file)
    {
        var requires = _releases.Values.Single(release => release.File == file).Requires;
        return "Metadata-Version: 2.1\nName: x\n" + string.Concat(requires.Select(text => $"Requires-Dist: {text}\n"))
            + "\nRequires-Dist: not-read\n";
    }

    internal sealed class Log
    {
        public HashSet<string> Projects { get; } = [];

        public List<string> Certain { get; } = [];

        public List<string> Likely { get; } = [];

        public List<string> Chosen { get; } = [];

        public List<string> Asked { get; } = [];

        public bool IsSettled { get; set; }

        public static string Name(IndexFile file) =>
            file.FileName.Replace("-py3-none-any.whl", "", StringComparison.Ordinal).Replace('_', '-');

        /// <summary>Writes down what a plan names; gives back what can be answered.</summary>
        public List<object> Take(ReadAheadWants wants)
        {
            Projects.UnionWith(wants.Pages.Select(page => page.Project));
            Certain.AddRange(wants.Files.Select(Name));
            Likely.AddRange(wants.LikelyFiles.Select(Name));
            Asked.AddRange(wants.Pages.Select(page => page.Url.AbsoluteUri));
            Asked.AddRange(wants.Metadata.Select(file => file.MetadataUrl!.AbsoluteUri));
            Asked.AddRange(wants.Files.Concat(wants.LikelyFiles).Select(file => file.Url.AbsoluteUri));
            return [.. wants.Pages, .. wants.Metadata, .. wants.Files.Where(file => !file.HasMetadata)];
        }
    }
}
