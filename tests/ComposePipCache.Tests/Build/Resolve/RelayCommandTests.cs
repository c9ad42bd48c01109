using System.Text;
using ComposePipCache.Build.Resolve.Relaying;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Resolve;

/// <summary>Commands that the script runs beside itself.</summary>
public class RelayCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_is_run_with_its_environment_and_its_files()
    {
        await using var script = await ScriptProcess.StartAsync(Token);
        using var output = new MemoryStream();
        const string Program =
            "import os, sys; print(os.environ['A'], os.environ.get('HOME'), os.getcwd(), open(sys.argv[1]).read()); "
            + "sys.stdout.flush(); open(sys.argv[1] + '2', 'w').write('written'); os.write(2, b'err'); sys.exit(3)";
        var path = Path.Combine(script.Relay.Folder, "a.txt");

        var exit = await script.Relay.RunAsync(
            new RelayCommand(["python3", "-c", Program, path])
            {
                Set = new Dictionary<string, string> { ["A"] = "ä" },
                Unset = ["HOME", "NO_SUCH"],
                Files = new Dictionary<string, string> { ["a.txt"] = "text" },
                Directory = "/",
                Output = output,
            },
            Token);

        exit.ShouldBe(3);
        Encoding.UTF8.GetString(output.ToArray()).ShouldBe("ä None / text\nerr");
        (await script.Relay.ReadFileAsync(path + "2", Token)).ShouldBe("written"u8.ToArray());
        (await Should.ThrowAsync<RelayRefusedException>(() => script.Relay.ReadFileAsync(path + "3", Token)))
            .Message.ShouldBe("no such file or directory");
    }

    [Fact]
    public async Task All_output_of_a_command_arrives_before_its_exit()
    {
        await using var script = await ScriptProcess.StartAsync(Token);
        using var output = new MemoryStream();

        var exit = await script.Relay.RunAsync(
            new RelayCommand(["python3", "-c", "print('x' * 2999999)"]) { Output = output }, Token);

        exit.ShouldBe(0);
        output.Length.ShouldBe(3_000_000);
    }

    [Fact]
    public async Task A_command_that_leaves_a_child_behind_ends_all_the_same()
    {
        await using var script = await ScriptProcess.StartAsync(Token);
        using var output = new MemoryStream();

        var exit = await script.Relay.RunAsync(
            new RelayCommand(["sh", "-c", "sleep 1000 & echo $!; kill -9 $$"]) { Output = output }, Token);

        exit.ShouldBe(-9);
        await ScriptProcess.EndOfAsync(Encoding.UTF8.GetString(output.ToArray()), Token);
    }

    [Fact]
    public async Task A_program_that_is_not_there_has_a_reason()
    {
        await using var script = await ScriptProcess.StartAsync(Token);

        var error = await Should.ThrowAsync<RelayRefusedException>(
            () => script.Relay.RunAsync(new RelayCommand(["no-such-program"]), Token));

        error.Message.ShouldBe("no such file or directory");
    }

    [Fact]
    public async Task Cancelling_a_command_kills_it()
    {
        await using var script = await ScriptProcess.StartAsync(Token);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var output = new LineStream();
        var running = script.Relay.RunAsync(
            new RelayCommand(["sh", "-c", "echo $$; exec sleep 1000"]) { Output = output }, cancellation.Token);
        var child = await output.LineAsync(Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await ScriptProcess.EndOfAsync(child, Token);
    }

    [Fact]
    public async Task With_the_relay_ends_all_that_it_started()
    {
        var script = await ScriptProcess.StartAsync(Token);
        using var output = new LineStream();
        var running = script.Relay.RunAsync(
            new RelayCommand(["sh", "-c", "sleep 1000 & echo $!; wait"]) { Output = output }, Token);
        var child = await output.LineAsync(Token);

        await script.DisposeAsync();

        await Should.ThrowAsync<RelayEndedException>(() => running);
        await ScriptProcess.EndOfAsync(child, Token);
        Directory.Exists(script.Relay.Folder).ShouldBeFalse();
    }
}
