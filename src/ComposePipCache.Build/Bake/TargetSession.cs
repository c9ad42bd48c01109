using ComposePipCache.Build.Doorbell;

namespace ComposePipCache.Build.Bake;

/// <summary>An open session: its id, and where the bells of its steps hang.</summary>
internal sealed record TargetSession(string Id, DoorbellSecrets Doorbell);
