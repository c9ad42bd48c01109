using ComposePipCache.Build;

namespace ComposePipCache.Cli.Commands.Wheels;

/// <summary>Asks before something is removed, in docker's manner.</summary>
internal static class Confirmation
{
    /// <param name="what">What is to be done, for messages.</param>
    /// <param name="warning">What that means.</param>
    /// <param name="services">The terminal.</param>
    /// <exception cref="PipCacheException">The answer is no, or there is nobody to ask.</exception>
    public static void Require(string what, string warning, CommandServices services)
    {
        if (!services.Terminal.CanAsk)
        {
            throw new PipCacheException(WheelsErrors.NotConfirmed(what));
        }

        var answer = services.Terminal.Ask($"WARNING! {warning}\nAre you sure you want to continue? [y/N] ");
        if (answer?.Trim() is not ("y" or "Y"))
        {
            throw new PipCacheException(WheelsErrors.Cancelled(what));
        }
    }
}
