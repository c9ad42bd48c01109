using ComposePipCache.Python.Failures;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Python.Failures;

/// <summary>What uv, poetry, pdm and the commands around them print, and the decisions between several lines.</summary>
public class OtherToolTests
{
    [Theory]
    [InlineData("  Caused by: dns error: failed to lookup address information: Temporary failure in name resolution",
        NetworkCause.NameNotResolved)]
    [InlineData("  ╰─▶ error sending request for url (https://pypi.org/simple/x/)", NetworkCause.Unspecified)]
    [InlineData("  Caused by: tcp connect error: Connection refused (os error 111)", NetworkCause.Refused)]
    [InlineData("  Caused by: HTTP status server error (503 Service Unavailable) for url (https://pypi.org/simple/x/)",
        NetworkCause.ServerError)]
    [InlineData("error: HTTP status client error (429 Too Many Requests) for url (https://pypi.org/simple/x/)",
        NetworkCause.RateLimited)]
    [InlineData("  Caused by: operation timed out", NetworkCause.TimedOut)]
    [InlineData("  Caused by: connection closed before message completed", NetworkCause.Reset)]
    [InlineData("  Caused by: error decoding response body", NetworkCause.CutShort)]
    [InlineData("  Caused by: invalid peer certificate: UnknownIssuer", NetworkCause.Tls)]
    [InlineData("error: Failed to download distribution due to network timeout. Try increasing UV_HTTP_TIMEOUT (current "
        + "value: 30s).", NetworkCause.TimedOut)]
    [InlineData("All attempts to connect to pypi.org failed.", NetworkCause.Unspecified)]
    [InlineData("  HTTPSConnectionPool(host='pypi.org', port=443): Max retries exceeded with url: /simple/x/ (Caused by "
        + "NameResolutionError(\"<urllib3.connection.HTTPSConnection object at 0x1>: Failed to resolve 'pypi.org' "
        + "([Errno -3] Temporary failure in name resolution)\"))", NetworkCause.NameNotResolved)]
    [InlineData("  ('Connection broken: IncompleteRead(10 bytes read, 90 more expected)', IncompleteRead(10, 90))",
        NetworkCause.CutShort)]
    [InlineData("httpx.ConnectError: [Errno -3] Temporary failure in name resolution", NetworkCause.NameNotResolved)]
    [InlineData("httpx.ReadTimeout: The read operation timed out", NetworkCause.TimedOut)]
    [InlineData("CondaHTTPError: HTTP 000 CONNECTION FAILED for url <https://repo.anaconda.com/x>",
        NetworkCause.Unspecified)]
    public void Other_installers_name_the_network(string line, NetworkCause cause)
    {
        var evidence = Classify($"Resolving\n{line}\n").ShouldBeOfType<FailureVerdict.Network>().Evidence;

        (evidence.Cause, evidence.Origin).ShouldBe((cause, EvidenceOrigin.Installer));
    }

    [Theory]
    [InlineData("fatal: unable to access 'https://user:pw@git.example/x/': Could not resolve host: git.example",
        NetworkCause.NameNotResolved)]
    [InlineData("curl: (7) Failed to connect to host.example port 443 after 10 ms: Couldn't connect to server",
        NetworkCause.Unspecified)]
    [InlineData("curl: (28) Operation timed out after 10001 milliseconds with 0 bytes received", NetworkCause.TimedOut)]
    [InlineData("urllib.error.URLError: <urlopen error [Errno -2] Name or service not known>",
        NetworkCause.NameNotResolved)]
    [InlineData("E: Failed to fetch http://deb.example/x.deb  Temporary failure resolving 'deb.example'",
        NetworkCause.NameNotResolved)]
    public void Other_commands_are_told_apart(string line, NetworkCause cause)
    {
        var evidence = Classify($"{line}\n").ShouldBeOfType<FailureVerdict.Network>().Evidence;

        (evidence.Cause, evidence.Origin).ShouldBe((cause, EvidenceOrigin.Command));
        evidence.Line.ShouldNotContain("pw@");
    }

    [Theory]
    [InlineData("  × No solution found when resolving dependencies:", OtherCause.Conflict)]
    [InlineData("  × Failed to build `x==1.0`", OtherCause.BuildFailed)]
    [InlineData("error: HTTP status client error (401 Unauthorized) for url (https://i.example/simple/x/)",
        OtherCause.AccessDenied)]
    [InlineData("  Caused by: HTTP status client error (404 Not Found) for url (https://i.example/x.whl)",
        OtherCause.FileGone)]
    [InlineData("  Hash mismatch for `x==1.0`", OtherCause.HashMismatch)]
    [InlineData("  Network connectivity is disabled, but the requested data wasn't found in the cache for: `x`",
        OtherCause.MissingOffline)]
    [InlineData("Because a depends on b (2) and c depends on b (1), version solving failed.", OtherCause.Conflict)]
    [InlineData("  Unable to find installation candidates for x (1.0)", OtherCause.NoSuchVersion)]
    [InlineData("OSError: [Errno 28] No space left on device", OtherCause.DiskFull)]
    public void What_no_network_mends_is_named(string line, OtherCause cause)
    {
        Classify($"{line}\n").ShouldBeOfType<FailureVerdict.NotNetwork>().Cause.ShouldBe(cause);
    }

    [Theory]
    [InlineData("psycopg2.OperationalError: connection to server at \"db\" failed: Connection refused")]
    [InlineData("ConnectionRefusedError: [Errno 111] Connection refused")]
    [InlineData("make: *** [Makefile:3: all] Error 2")]
    [InlineData("FAILED tests/test_api.py::test_timeout - TimeoutError: timed out")]
    [InlineData("curl: (7) Failed to connect to localhost port 8080: Connection refused")]
    [InlineData("curl: (22) The requested URL returned error: 404")]
    [InlineData("error: request timed out while waiting for the database")]
    [InlineData("#include <sys/socket.h> // Connection timed out while downloading.")]
    public void A_text_that_only_resembles_one_is_no_evidence(string line)
    {
        Classify($"{line}\n").ShouldBe(new FailureVerdict.Unknown());
    }

    [Theory]
    [InlineData(137)]
    [InlineData(143)]
    public void A_killed_step_did_not_fail_for_the_network(int exitCode)
    {
        var run = new FailedRun(exitCode, null, "Retrying (Retry(total=0, connect=None)) after connection broken by 'x'");

        FailureClassifier.Classify(run).ShouldBe(new FailureVerdict.NotNetwork(OtherCause.Killed, ""));
    }

    [Fact]
    public void A_failed_download_command_does_not_explain_a_missing_file()
    {
        Classify(
            """
            curl: (6) Could not resolve host: example.org
            ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'requirements.txt'
            """)
            .ShouldBeOfType<FailureVerdict.NotNetwork>().Cause.ShouldBe(OtherCause.MissingFile);
    }

    [Fact]
    public void A_file_that_differs_from_the_requirements_hash_is_a_hard_failure()
    {
        const string Console =
            """
            ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated …
                six==1.17.0 from https://files.example/six-1.17.0-py2.py3-none-any.whl (from -r r.txt (line 1)):
                    Expected sha256 00ff
                         Got        11ee
            """;

        Classify(Console, ["00ff"]).ShouldBeOfType<FailureVerdict.NotNetwork>().Cause.ShouldBe(OtherCause.HashMismatch);
        Classify(Console, ["22dd"]).ShouldBeOfType<FailureVerdict.Network>().Cause.ShouldBe(NetworkCause.Damaged);
        Classify(Console).ShouldBeOfType<FailureVerdict.NotNetwork>().Cause.ShouldBe(OtherCause.HashMismatch);
    }

    [Fact]
    public void A_progress_bar_that_stops_explains_a_wrong_hash()
    {
        Classify(
            """
              Downloading https://files.example/six-1.17.0-py2.py3-none-any.whl (2.0 MB)
                 ━━━━━━━━━━━━━╸                           0.7/2.0 MB 271.2 MB/s eta 0:00:01
            ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated …
                six==1.17.0 from https://files.example/six-1.17.0-py2.py3-none-any.whl (from -r r.txt (line 1)):
                    Expected sha256 00ff
                         Got        11ee
            """,
            ["00ff"])
            .ShouldBeOfType<FailureVerdict.Network>().Cause.ShouldBe(NetworkCause.CutShort);
    }

    [Theory]
    [InlineData("Downloading https://files.example/big-1.0-py3-none-any.whl (1.0 MB)", NetworkCause.Damaged)]
    [InlineData("Using cached https://files.example/big-1.0-py3-none-any.whl (1.0 MB)", NetworkCause.DamagedInCache)]
    public void A_downloaded_wheel_that_is_none_was_damaged_on_the_way(string file, NetworkCause cause)
    {
        // as pip 22.3 prints it
        Classify($"  {file}\nERROR: Wheel 'big' located at /tmp/pip-unpack-x/big-1.0-py3-none-any.whl is invalid.")
            .ShouldBeOfType<FailureVerdict.Network>().Cause.ShouldBe(cause);
    }

    [Fact]
    public void A_local_wheel_that_is_none_stays_none()
    {
        Classify("Processing ./x-1-py3-none-any.whl\nERROR: Wheel 'x' located at /src/x-1-py3-none-any.whl is invalid.")
            .ShouldBeOfType<FailureVerdict.NotNetwork>().Cause.ShouldBe(OtherCause.InvalidWheel);
    }

    [Theory]
    [InlineData("Skipping link: not a file: http://i.example/simple/x/", true)]
    [InlineData("Found link http://i.example/x-1.0.zip (from http://i.example/simple/x/), version: 1.0", false)]
    [InlineData("Could not fetch URL http://i.example/simple/x/: 404 Client Error: Not Found - skipping", false)]
    [InlineData("Fetched page http://i.example/simple/x/ as application/vnd.pypi.simple.v1+json", false)]
    public void A_page_without_any_file_is_no_index_page(string line, bool isEmpty)
    {
        var log = $"""
            Getting page http://i.example/simple/x/
            {line}
            Could not find a version that satisfies the requirement x==2.0 (from versions: )
            No matching distribution found for x==2.0
            """;

        var verdict = FailureClassifier.Classify(new FailedRun(1, log, "No matching distribution found for x==2.0"));

        (verdict is FailureVerdict.Network { Cause: NetworkCause.NotAnIndexPage }).ShouldBe(isEmpty);
    }

    [Fact]
    public void The_host_is_named_where_the_line_has_it()
    {
        var evidence = Classify(
            "ERROR: HTTP error 503 while getting https://user:secret@files.example:8443/six.whl (from x)")
            .ShouldBeOfType<FailureVerdict.Network>().Evidence;

        (evidence.Host, evidence.Url, evidence.Phrase)
            .ShouldBe(("files.example", "https://files.example:8443/six.whl", "server error"));
        evidence.Line.ShouldContain("https://****@files.example:8443/six.whl");
    }

    private static FailureVerdict Classify(string console, string[]? hashes = null) => FailureClassifier.Classify(
        new FailedRun(1, null, console) { RequiredHashes = hashes?.ToHashSet() });
}
