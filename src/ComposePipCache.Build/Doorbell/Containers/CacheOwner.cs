namespace ComposePipCache.Build.Doorbell.Containers;

/// <summary>Who owns a prepared folder.</summary>
/// <param name="UserId">0 also when the user is unknown.</param>
/// <param name="GroupId">The user's own group, or the one that was asked for.</param>
/// <param name="IsKnown">False when the image has no user of that name; the folder is root's then.</param>
public sealed record CacheOwner(int UserId, int GroupId, bool IsKnown);
