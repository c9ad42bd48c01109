using ComposePipCache.Bed;
using ComposePipCache.TestIndex;
using Shouldly;
using Xunit;

namespace ComposePipCache.EngineTests.MainJob;

/// <summary>A source distribution is compiled once; what it needs for that is there without an index as well.</summary>
public class CompiledOnceTests
{
    private const string Compiling = "Building wheel for";

    public static TheoryData<string, string> Cases => BedEngines.With("", "--no-cache-dir");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_wheel_of_the_first_build_is_taken_by_the_next(string engineName, string options)
    {
        using var engine = await Engine.OpenAsync(engineName);
        await using var index = await StartIndexAsync();
        await using var project = PipProject.Create(
            engine, index, index.Requirements("==1.0", "source"), $"{options} --use-pep517");

        var first = (await project.BuildAsync()).ShouldSucceed();
        await engine.PruneAsync();
        await index.Server.SetModeAsync(ServingMode.Away);
        project.AddComment();
        var second = (await project.BuildAsync()).ShouldSucceed();

        first.Text.ShouldContain(Compiling);
        second.Text.ShouldNotContain(Compiling);
        (await project.RunInImageAsync("pip", "freeze")).ShouldContain(index.Name("source") + "==1.0");
    }

    [Fact]
    public async Task Where_no_wheel_may_be_taken_it_is_compiled_without_an_index()
    {
        using var engine = await Engine.OpenAsync(BedEngines.Names[0]);
        await using var index = await StartIndexAsync();
        await using var project = PipProject.Create(
            engine, index, index.Requirements("==1.0", "source"), $"--use-pep517 --no-binary {index.Name("source")}");
        (await project.BuildAsync()).ShouldSucceed();
        await index.Server.SetModeAsync(ServingMode.Away);
        project.AddComment();

        var second = (await project.BuildAsync()).ShouldSucceed();

        second.Text.ShouldContain("for " + index.Name("source"));
        (await project.RunInImageAsync("pip", "freeze")).ShouldContain(index.Name("source") + "==1.0");
    }

    private static async Task<OwnIndex> StartIndexAsync()
    {
        var index = await OwnIndex.StartAsync();
        var name = index.Name("source");
        SourceArchive.Write(
            index.Folder, name, "1.0", $"from setuptools import setup\nsetup(name='{name}', version='1.0', py_modules=[])\n");
        var wheels = Path.Combine(await BedScript.PathAsync("wheels"));
        foreach (var file in Directory.GetFiles(wheels, "setuptools-66*.whl").Concat(Directory.GetFiles(wheels, "wheel-0*.whl")))
        {
            File.Copy(file, Path.Combine(index.Folder, Path.GetFileName(file)));
        }

        index.Server.Rescan();
        return index;
    }
}
