namespace Boards.NativeSim.World;

/// <summary>How an attempt to join Wi-Fi ended.</summary>
public enum JoinOutcome
{
    /// <summary>Joined, with an address.</summary>
    Joined,

    /// <summary>No such network in range within the time.</summary>
    NotFound,

    /// <summary>The access point refuses the password.</summary>
    WrongPassword,

    /// <summary>The caller gave up.</summary>
    Cancelled,
}
