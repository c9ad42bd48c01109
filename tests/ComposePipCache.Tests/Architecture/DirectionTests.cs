using System.Reflection;
using Shouldly;
using Xunit;

namespace ComposePipCache.Tests.Architecture;

/// <summary>Who may know whom; docs/architecture.md says why.</summary>
public class DirectionTests
{
    private const string Prefix = "ComposePipCache.";

    [Theory]
    [InlineData("Protocol", "")]
    [InlineData("BuildKit", "Protocol")]
    [InlineData("Python", "")]
    [InlineData("Wheelhouse", "Python")]
    [InlineData("Build", "Protocol BuildKit Wheelhouse Python")]
    public void A_project_refers_only_to_those_below_it(string project, string allowed)
    {
        var references = Assembly.Load(Prefix + project).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..]);

        references.ShouldBeSubsetOf(allowed.Split(' '));
    }

    [Fact]
    public void BuildKit_knows_no_Engine_API()
    {
        var names = Assembly.Load(Prefix + "BuildKit").GetReferencedAssemblies().Select(reference => reference.Name);

        names.ShouldNotContain(name => name!.Contains("Docker", StringComparison.Ordinal));
    }

    [Fact]
    public void Knowledge_of_Python_does_no_input_or_output()
    {
        string[] io = ["System.Net.Http", "System.Net.Sockets", "System.IO.FileSystem", "System.Diagnostics.Process"];

        Assembly.Load(Prefix + "Python").GetReferencedAssemblies().Select(reference => reference.Name).ShouldNotContain(
            name => io.Contains(name));
    }
}
