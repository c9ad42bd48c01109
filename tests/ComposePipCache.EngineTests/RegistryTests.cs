using System.Text;
using ComposePipCache.Bed;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests;

/// <summary>Base images and caches in registries, with the user's own credentials.</summary>
public class RegistryTests
{
    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_private_base_image_is_pulled_with_the_credentials_of_config_json(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        var base64 = await CredentialsAsync();
        var image = await PushAsync(engine, base64);
        await using var project = ComposeProject.FromFiles(
            engine, ("compose.yaml", "services: {web: {build: .}}"), ("Dockerfile", $"FROM {image}\nRUN echo x > /x\n"));

        File.WriteAllText(ConfigFile(engine), "{}");
        var refused = await project.PipCacheAsync("build", "--pull");
        File.WriteAllText(ConfigFile(engine), Config(await RegistryAsync(), base64));
        var pulled = await project.PipCacheAsync("build", "--pull");

        refused.ExitCode.ShouldBe(1);
        refused.StandardError.ShouldContain("401 Unauthorized");
        pulled.ExitCode.ShouldBe(0, pulled.StandardError);
    }

    [Theory]
    [MemberData(nameof(BedEngines.All), MemberType = typeof(BedEngines))]
    public async Task A_cache_in_a_registry_is_used(string engineName)
    {
        using var engine = await Engine.OpenAsync(engineName);
        var cache = $"{await BedScript.PathAsync("registry")}/cache-{Guid.NewGuid():N}";
        await using var project = ComposeProject.FromFiles(
            engine,
            ("compose.yaml", $"services: {{web: {{image: \"{cache}\", build: {{context: ., cache_from: [\"{cache}\"]}}}}}}"),
            ("Dockerfile", $"FROM busybox\nRUN echo {Guid.NewGuid()} > /x\n"));
        await engine.SucceedAsync(project.Folder, "compose", "build", "--build-arg", "BUILDKIT_INLINE_CACHE=1");
        await engine.SucceedAsync(project.Folder, "push", cache);
        await engine.SucceedAsync("/", "rmi", cache);
        await engine.PruneAsync();

        var build = await project.PipCacheAsync("--progress", "plain", "build");

        build.ExitCode.ShouldBe(0, build.StandardError);
        var output = build.StandardOutput + build.StandardError;
        output.ShouldContain($"importing cache manifest from {cache}");
        if (engineName != "28c")
        {
            // With the containerd store the engine uses what it imported only at times, with compose as well.
            var step = output.Split('\n').First(line => line.Contains(" [2/2] RUN", StringComparison.Ordinal)).Split(' ')[0];
            output.ShouldContain($"{step} CACHED");
        }
    }

    private static Task<string> RegistryAsync() => BedScript.PathAsync("registry-auth");

    private static string ConfigFile(Engine engine) => Path.Combine(engine.ConfigDirectory, "config.json");

    private static string Config(string registry, string base64) =>
        "{\"auths\": {\"" + registry + "\": {\"auth\": \"" + base64 + "\"}}}";

    private static async Task<string> CredentialsAsync()
    {
        var text = $"{await BedScript.PathAsync("registry-user")}:{await BedScript.PathAsync("registry-password")}";
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }

    private static async Task<string> PushAsync(Engine engine, string base64)
    {
        var registry = await RegistryAsync();
        var image = $"{registry}/private-{Guid.NewGuid():N}:1";
        File.WriteAllText(ConfigFile(engine), Config(registry, base64));
        await engine.SucceedAsync("/", "tag", "busybox:latest", image);
        await engine.SucceedAsync("/", "push", image);
        await engine.SucceedAsync("/", "rmi", image);
        return image;
    }
}
