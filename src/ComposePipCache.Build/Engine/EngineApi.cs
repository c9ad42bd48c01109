using System.Net;
using ComposePipCache.BuildKit.Session;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ComposePipCache.Build.Engine;

/// <summary>What a build needs of the Engine API. Nothing is created before the first question is asked.</summary>
public sealed class EngineApi : IDisposable
{
    private readonly IEngineDialer _dialer;
    private readonly Lazy<DockerClient> _client;

    /// <param name="dialer">Stays the caller's to dispose.</param>
    /// <param name="headers">HttpHeaders of config.json.</param>
    public EngineApi(IEngineDialer dialer, IReadOnlyDictionary<string, string>? headers = null)
    {
        _dialer = dialer;
        _client = new Lazy<DockerClient>(() => EngineHandlerFactory.CreateClient(dialer, headers));
    }

    public Task<EngineVersion> GetVersionAsync(CancellationToken cancellationToken) => AskAsync(
        async client =>
        {
            var answer = await client.System.GetVersionAsync(cancellationToken);
            return new EngineVersion(answer.Version, answer.APIVersion, answer.Os, answer.Arch);
        });

    public Task<EngineInfo> GetInfoAsync(CancellationToken cancellationToken) => AskAsync(
        async client =>
        {
            var answer = await client.System.GetSystemInfoAsync(cancellationToken);
            return new EngineInfo(answer.ID, answer.Driver)
            {
                IsContainerdStore = (answer.DriverStatus ?? []).Any(
                    pair => pair is ["driver-type", "io.containerd.snapshotter.v1"]),
            };
        });

    /// <summary>The image a reference or id stands for in the engine's store; null when there is none.</summary>
    public Task<EngineImage?> FindImageAsync(string reference, CancellationToken cancellationToken) => AskAsync(
        async client =>
        {
            try
            {
                var image = await client.Images.InspectImageAsync(reference, cancellationToken);
                return new EngineImage(image.ID, [.. image.RepoTags ?? []], [.. image.RepoDigests ?? []])
                {
                    Platform = image is { Os.Length: > 0, Architecture.Length: > 0 }
                        ? new ImagePlatform(image.Os, image.Architecture, image.Variant ?? "")
                        : null,
                };
            }
            catch (DockerApiException error) when (error.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }
        });

    /// <summary>Pulls an image into the engine's store.</summary>
    /// <param name="name">What to pull.</param>
    /// <param name="platform">Null for the engine's own.</param>
    /// <param name="credential">For its registry, or null.</param>
    /// <param name="progress">Called in order, before the task ends.</param>
    /// <param name="cancellationToken">Ends the pull at the engine as well.</param>
    /// <returns>Why the engine could not, in its words; null when it could.</returns>
    public Task<string?> PullImageAsync(
        ImageName name,
        ImagePlatform? platform,
        RegistryCredential? credential,
        Action<ImagePullStep> progress,
        CancellationToken cancellationToken) => AskAsync(
        async client =>
        {
            var report = new PullReport(progress);
            var parameters = new ImagesCreateParameters
            {
                FromImage = name.Repository,
                Tag = name.TagOrDigest,
                Platform = platform?.ToString(),
            };
            try
            {
                await client.Images.CreateImageAsync(parameters, AuthFor(name, credential), report, cancellationToken);
                return report.Failure;
            }
            catch (DockerApiException error)
            {
                return EngineApiErrors.MessageOf(error);
            }
        });

    /// <summary>Gives an image a further name.</summary>
    public Task TagImageAsync(string image, string repository, string tag, CancellationToken cancellationToken) =>
        AskAsync(async client =>
        {
            var target = new ImageTagParameters { RepositoryName = repository, Tag = tag };
            await client.Images.TagImageAsync(image, target, cancellationToken);
            return true;
        });

    /// <summary>Loads images from a tar stream as <c>docker save</c> writes it.</summary>
    /// <exception cref="PipCacheException">The engine refused it, inside a successful answer.</exception>
    public Task LoadImageAsync(Stream archive, CancellationToken cancellationToken) => AskAsync(
        async client =>
        {
            var report = new LoadReport();
            await client.Images.LoadImageAsync(
                new ImageLoadParameters { Quiet = true }, archive, report, cancellationToken);
            return report.Failure is { } failure
                ? throw new PipCacheException(EngineApiErrors.LoadFailed(failure))
                : true;
        });

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private async Task<T> AskAsync<T>(Func<DockerClient, Task<T>> ask)
    {
        try
        {
            return await ask(_client.Value);
        }
        catch (DockerApiException error)
        {
            throw new PipCacheException(EngineApiErrors.Answered(error), error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw EngineUnreachableException.Find(error)
                ?? new EngineUnreachableException(EngineApiErrors.BrokenOff(_dialer.Endpoint, error), error);
        }
    }

    private static AuthConfig AuthFor(ImageName name, RegistryCredential? credential) => credential switch
    {
        null => new AuthConfig(),
        { UserName.Length: 0 } => new AuthConfig { IdentityToken = credential.Secret, ServerAddress = name.Host },
        _ => new AuthConfig
        {
            Username = credential.UserName,
            Password = credential.Secret,
            ServerAddress = name.Host,
        },
    };

    // Not Progress<T>: that one reports on the thread pool, when the answer may long have been judged.
    private sealed class LoadReport : IProgress<JSONMessage>
    {
        public string? Failure { get; private set; }

        public void Report(JSONMessage value) => Failure ??= value.Error?.Message;
    }

    private sealed class PullReport(Action<ImagePullStep> progress) : IProgress<JSONMessage>
    {
        public string? Failure { get; private set; }

        public void Report(JSONMessage value)
        {
            Failure ??= value.Error?.Message;
            progress(new ImagePullStep(
                value.ID ?? "", value.Status ?? "", value.Progress?.Current, value.Progress?.Total));
        }
    }
}
