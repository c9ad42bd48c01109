using ComposePipCache.TestIndex.Catalog;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Sources;

/// <summary>As a user without rights: root may read everything.</summary>
public sealed class UnreadableTests : IDisposable
{
    private readonly StoreHome _home = new();

    private string Folder => _home.At("pip_packages");

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            File.SetUnixFileMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _home.Dispose();
    }

    [Fact]
    public async Task A_file_that_may_not_be_read_is_named_and_the_rest_is_offered()
    {
        new TinyWheel("foo", "1.0").WriteTo(Folder);
        File.SetUnixFileMode(new TinyWheel("bar", "1.0").WriteTo(Folder), UnixFileMode.None);

        (await ReadAsync()).ShouldBe(["foo-1.0-py3-none-any.whl", "FileUnreadable bar-1.0-py3-none-any.whl"]);
    }

    [Fact]
    public async Task So_is_a_folder()
    {
        new TinyWheel("foo", "1.0").WriteTo(Folder);
        File.SetUnixFileMode(Folder, UnixFileMode.None);

        (await ReadAsync()).ShouldBe(["FolderUnreadable "]);
    }

    private async Task<string[]> ReadAsync()
    {
        // The folders of a test are its owner's alone.
        File.SetUnixFileMode(_home.At(), (UnixFileMode)0b111_101_101);
        using var process = StoreProcess.StartWith(WithoutRights(), "read", _home.Root, Folder);
        return await process.FinishAsync();
    }

    private static string[] WithoutRights()
    {
        if (Environment.UserName != "root")
        {
            return [];
        }

        Assert.SkipUnless(File.Exists("/usr/bin/setpriv"), "there is no `setpriv` to give up root's rights with");
        return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all"];
    }
}
