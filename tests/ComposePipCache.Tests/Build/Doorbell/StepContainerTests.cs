using System.Text;
using ComposePipCache.Build.Doorbell.Containers;
using ComposePipCache.Python.Configuration;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Build.Doorbell;

/// <summary>What a step container finds out about the step's parent, with real shells.</summary>
public class StepContainerTests
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task Files_of_the_step_come_with_their_exact_bytes(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        local.Write("requirements.txt", "six==1.17.0\n\n");
        local.Write("sub dir/it's \"odd\" $HOME `x` ü\n.txt", "odd");
        local.Write("empty", "");
        File.WriteAllBytes(Path.Combine(local.StepPath, "binary"), [0, 255, 10, 0, 13, 10]);
        File.WriteAllBytes(Path.Combine(local.StepPath, "large"), new byte[(4 * 1024 * 1024) + 1]);

        var files = await local.Container.ReadFilesAsync(
            ["requirements.txt", "sub dir/it's \"odd\" $HOME `x` ü\n.txt", "none", "empty", "large", ".", "binary"], Cancellation);

        files.Select(file => file.State).ShouldBe(
        [
            ParentFileState.Read, ParentFileState.Read, ParentFileState.Missing, ParentFileState.Read,
            ParentFileState.TooLarge, ParentFileState.Missing, ParentFileState.Read,
        ]);
        Encoding.UTF8.GetString(files[0].Content.Span).ShouldBe("six==1.17.0\n\n");
        Encoding.UTF8.GetString(files[1].Content.Span).ShouldBe("odd");
        files[6].Content.ToArray().ShouldBe([0, 255, 10, 0, 13, 10]);
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task Any_name_is_the_same_name_inside(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        string[] names = [.. Enumerable.Range(1, 255).Where(c => c != '/').Select(c => $"a{(char)c}b"), "-n", "$(x)", "a\n", "\n", "%s\\n"];
        foreach (var name in names)
        {
            local.Write(name, name);
        }

        var files = await local.Container.ReadFilesAsync(names, Cancellation);

        files.Select(file => Encoding.UTF8.GetString(file.Content.Span)).ShouldBe(names);
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task The_interpreter_is_the_one_the_script_names(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        local.Write("venv/bin/python", "#!/bin/sh\nexec python3 \"$@\"\n", Executable);
        local.Write("with space/bin/python3", "#!/bin/sh\nexec python3 \"$@\"\n", Executable);
        local.Write("venv/bin/pip", $"#!{local.StepPath}/venv/bin/python\nimport pip\n", Executable);
        local.Write("long/pip", $"#!/bin/sh\n'''exec' \"{local.StepPath}/with space/bin/python3\" \"$0\" \"$@\"\n' '''\n", Executable);
        local.Write("bare/pip", "#!/usr/bin/env -S python3 -E\n", Executable);
        local.Write("venv/bin/shim", "#!/usr/bin/env bash\nexec something\n", Executable);

        await IsAsync("venv/bin/pip", $"{local.StepPath}/venv/bin/python");
        await IsAsync("./venv/bin/python -m pip", $"{local.StepPath}/./venv/bin/python");
        await IsAsync($"{local.StepPath}/long/pip", $"{local.StepPath}/with space/bin/python3");
        await IsAsync("venv/bin/shim", $"{local.StepPath}/venv/bin/python");
        (await local.Container.ReadInterpreterAsync("bare/pip", Cancellation)).ShouldNotBeNull().Path.ShouldEndWith("/python3");

        async Task IsAsync(string program, string path) =>
            (await local.Container.ReadInterpreterAsync(program, Cancellation)).ShouldNotBeNull().Path.ShouldBe(path);
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task The_interpreter_tells_its_facts(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        // A module of the step must not stand in for one of Python's.
        local.Write("sysconfig.py", "raise SystemExit(3)");

        var facts = (await local.Container.ReadInterpreterAsync("python3", Cancellation)).ShouldNotBeNull();

        facts.Implementation.ShouldBe("cpython");
        facts.Version.ShouldMatch(@"^3\.\d+\.\d+");
        facts.Libc.ShouldMatch(@"^(glibc|musl) \d");
        facts.Platform.ShouldStartWith("linux-");
        facts.Bits.ShouldBe(64);
        facts.Prefix.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task A_parent_without_the_program_has_no_interpreter(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        local.Write("broken/python", "#!/bin/sh\nexit 1\n", Executable);

        (await local.Container.ReadInterpreterAsync("no-such-pip", Cancellation)).ShouldBeNull();
        (await local.Container.ReadInterpreterAsync("/no/such/pip", Cancellation)).ShouldBeNull();
        (await local.Container.ReadInterpreterAsync("broken/python", Cancellation)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task Configuration_files_come_weakest_first(string shell)
    {
        var environment = new Dictionary<string, string?>();
        await using var local = LocalContainer.Start(shell, environment: environment);
        environment["HOME"] = local.StepPath;
        environment["XDG_CONFIG_DIRS"] = local.StepPath + "/x:" + local.StepPath + "/y";
        environment["PIP_CONFIG_FILE"] = local.Write("named.conf", "[global]\nno-index = 1\n");
        local.Write("y/pip/pip.conf", "[global]\ntimeout = 3\n");
        local.Write(".pip/pip.conf", "[global]\ntimeout = 4\n");
        local.Write(".config/pip/pip.conf", "");
        await using var container = local.Another();

        var facts = (await container.ReadInterpreterAsync("python3", Cancellation)).ShouldNotBeNull();

        facts.ConfigFiles.Where(file => file.Path.StartsWith(local.StepPath, StringComparison.Ordinal)).ShouldBe(
        [
            new PipConfigFile(PipConfigKind.Global, $"{local.StepPath}/y/pip/pip.conf", "[global]\ntimeout = 3"),
            new PipConfigFile(PipConfigKind.User, $"{local.StepPath}/.pip/pip.conf", "[global]\ntimeout = 4"),
            new PipConfigFile(PipConfigKind.User, $"{local.StepPath}/.config/pip/pip.conf", ""),
            new PipConfigFile(PipConfigKind.Environment, $"{local.StepPath}/named.conf", "[global]\nno-index = 1"),
        ]);
    }

    [Theory]
    [MemberData(nameof(LocalContainer.Shells), MemberType = typeof(LocalContainer))]
    public async Task Everything_is_known_after_one_round_trip(string shell)
    {
        await using var local = LocalContainer.Start(shell);
        local.Write("r.txt", "six");
        var view = new ViewName("public", "step");
        await local.Container.Wheels.PublishAsync(new View(view, [], "page"u8.ToArray(), "print"), Cancellation);

        var inspection = await local.Container.InspectAsync(
            new InspectionRequest
            {
                Program = "python3 -m pip",
                Files = ["r.txt", "none.txt"],
                View = view,
                Folder = CacheFolder.Of("public", ""),
                Log = "run",
            },
            Cancellation);

        inspection.Interpreter.ShouldNotBeNull();
        inspection.Files.Select(file => file.State).ShouldBe([ParentFileState.Read, ParentFileState.Missing]);
        inspection.Fingerprint.ShouldBe("print");
        inspection.Owner.ShouldBe(new CacheOwner(0, 0, IsKnown: true));
        File.Exists(Path.Combine(local.CachePath, "public/0/logs/run/pip.log")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_shell_that_ends_tells_why()
    {
        var shell = new ContainerShell(
            async (_, _, _, errors, token) =>
            {
                await errors.WriteAsync("out of luck\n"u8.ToArray(), token);
                return 5;
            },
            new ShellPlaces("/w", "/c", "/", ""));
        await using var container = new StepContainer(shell);

        var failure = await Should.ThrowAsync<SeedException>(container.ReadFilesAsync(["x"], Cancellation));

        failure.Failure.ShouldBe(SeedFailure.Stopped);
        failure.Text.Why.ShouldBe("out of luck");
    }

    [Theory]
    [InlineData("runc run failed: unable to start container process: exec: \"/bin/sh\": stat /bin/sh: no such file or directory")]
    [InlineData("crun: executable file `/bin/sh` not found: No such file or directory")]
    [InlineData("exec /bin/sh: exec format error")]
    public async Task An_image_without_a_shell_is_found_out_though_the_call_stays_open(string said)
    {
        var shell = new ContainerShell(
            async (_, input, _, errors, token) =>
            {
                await errors.WriteAsync(System.Text.Encoding.UTF8.GetBytes(said), token);
                // As the daemon does: no end of the process before the end of its input.
                await input.CopyToAsync(Stream.Null, token);
                return 1;
            },
            new ShellPlaces("/w", "/c", "/", ""));
        await using var container = new StepContainer(shell);

        var failure = await Should.ThrowAsync<SeedException>(container.ReadFilesAsync(["x"], Cancellation));

        failure.Failure.ShouldBe(SeedFailure.NoShell);
    }

    [Fact]
    public async Task A_killed_shell_is_found_out_by_a_line_that_nobody_reads()
    {
        var time = new FakeTimeProvider();
        var commandRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var shell = new ContainerShell(
            async (_, input, _, _, token) =>
            {
                var buffer = new byte[1000];
                (await input.ReadAsync(buffer, token)).ShouldBeGreaterThan(0);
                var next = input.ReadAsync(buffer, token);
                commandRead.SetResult();
                // The first byte that cannot be written ends the call.
                return await next > 0 ? 137 : 0;
            },
            new ShellPlaces("/w", "/c", "/", ""),
            time);
        await using var container = new StepContainer(shell);

        var asking = container.ReadFilesAsync(["x"], Cancellation);
        await commandRead.Task;
        time.Advance(TimeSpan.FromSeconds(5));

        (await Should.ThrowAsync<SeedException>(asking)).Text.Why.ShouldBe("exit code 137");
    }
}
