using System.Collections.Concurrent;
using ComposePipCache.Build.Fallback;
using ComposePipCache.Wheelhouse;
using ComposePipCache.Wheelhouse.Downloads;

namespace ComposePipCache.Build.Resolve.Steps;

/// <summary>Adds up how far the files of a step have come.</summary>
internal sealed class DownloadMeter(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, FileMeter> _files = new(StringComparer.Ordinal);
    private readonly long _start = clock.GetTimestamp();
    private long _told;

    /// <summary>The meter of one file.</summary>
    public IProgress<DownloadProgress> Of(string fileName) => _files.GetOrAdd(fileName, _ => new FileMeter());

    /// <summary><c>3 of 12 files, 34.5 MiB of 120.0 MiB, 2.1 MiB/s, 41 s left</c>; null when nothing has come since.</summary>
    public string? Line()
    {
        var files = _files.Values.Select(file => file.State).OfType<(long First, DownloadProgress Now)>().ToList();
        var come = files.Sum(file => file.Now.Kept - file.First);
        if (come == _told)
        {
            return null;
        }

        _told = come;
        var kept = files.Sum(file => file.Now.Kept);
        var total = files.Sum(file => file.Now.Total ?? file.Now.Kept);
        var rate = come / Math.Max(clock.GetElapsedTime(_start).TotalSeconds, 0.001);
        var done = files.Count(file => file.Now.Kept == file.Now.Total);
        var left = rate > 0 && total > kept ? $", {Left((total - kept) / rate)} left" : "";
        var resumed = files.Count(file => file.First > 0) is > 0 and var count ? $", {count} resumed" : "";
        return $"{done} of {Wording.Count(files.Count, "file")}, {ByteText.Of(kept)} of {ByteText.Of(total)}, "
            + $"{ByteText.Of((long)rate)}/s{left}{resumed}";
    }

    private static string Left(double seconds) => seconds switch
    {
        < 90 => $"{Math.Ceiling(seconds):0} s",
        < 90 * 60 => $"{Math.Ceiling(seconds / 60):0} min",
        _ => $"{Math.Ceiling(seconds / 3600):0} h",
    };

    private sealed class FileMeter : IProgress<DownloadProgress>
    {
        private readonly Lock _gate = new();
        private (long First, DownloadProgress Now)? _state;

        /// <summary>What an earlier process had kept, and what is there now; null before anything is known.</summary>
        public (long First, DownloadProgress Now)? State
        {
            get
            {
                lock (_gate)
                {
                    return _state;
                }
            }
        }

        public void Report(DownloadProgress value)
        {
            lock (_gate)
            {
                // A file that changed begins anew.
                _state = (Math.Min(_state?.First ?? value.Kept, value.Kept), value);
            }
        }
    }
}
