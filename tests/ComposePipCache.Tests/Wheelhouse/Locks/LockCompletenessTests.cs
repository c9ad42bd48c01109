using ComposePipCache.Wheelhouse.Locks;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Wheelhouse.Locks;

public sealed class LockCompletenessTests : IDisposable
{
    private readonly StoreHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_lock_is_complete_when_each_content_is_there_under_any_name()
    {
        await _home.AddAsync("foo-1.0+cpu-py3-none-any.whl", "foo");
        await _home.AddAsync("bar-1.0.tar.gz", "bar");
        var built = await _home.AddAsync("renamed-1.0-py3-none-any.whl", "built");

        var check = await CheckAsync();

        check.IsComplete.ShouldBeTrue();
        check.Present.Select(file => file.Locked).ShouldBe(LockSamples.Full.Files);
        check.Present[2].Stored.ShouldBe(built);
    }

    [Fact]
    public async Task What_is_missing_is_listed()
    {
        await _home.AddAsync("bar-1.0.tar.gz", "bar");

        var check = await CheckAsync();

        check.IsComplete.ShouldBeFalse();
        check.Missing.Select(file => file.FileName)
            .ShouldBe(["foo-1.0+cpu-py3-none-any.whl", "bar-1.0-py3-none-any.whl"]);
    }

    [Fact]
    public async Task A_file_of_another_size_counts_as_missing()
    {
        var damaged = await _home.AddAsync("bar-1.0.tar.gz", "bar");
        File.WriteAllText(damaged.Path, "");

        (await CheckAsync()).Missing.Count.ShouldBe(3);
    }

    private Task<LockCompleteness> CheckAsync() =>
        LockCompleteness.CheckAsync(LockSamples.Full, [_home.Store], StoreHome.Token);
}
