namespace IntacctSync.Local.Settings;

/// <summary>Whether this process plays the remote systems too.</summary>
internal enum SandboxMode
{
    /// <summary>It syncs the connections that are stored.</summary>
    Off,

    /// <summary>It syncs simulators until it is stopped.</summary>
    On,

    /// <summary>It syncs simulators once and says whether every record ended as its sample is meant to.</summary>
    Once,
}
