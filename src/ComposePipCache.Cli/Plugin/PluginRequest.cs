namespace ComposePipCache.Cli.Plugin;

/// <summary>What the docker command line wants of the plugin.</summary>
internal enum PluginRequest
{
    Run,
    Help,
    Complete,
    Hook,
}
