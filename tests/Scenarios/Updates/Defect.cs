namespace Scenarios.Updates;

/// <summary>What is wrong with an image.</summary>
public enum Defect
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It throws while it is put together.</summary>
    ThrowsAtConstruction,

    /// <summary>It throws when it starts.</summary>
    ThrowsInStart,

    /// <summary>It throws when its loop runs.</summary>
    ThrowsInLoop,

    /// <summary>Its program ends at once.</summary>
    Ends,

    /// <summary>Its loop does nothing any more.</summary>
    Hangs,

    /// <summary>It never reaches its broker.</summary>
    NeverConnects,

    /// <summary>It finds no sensor.</summary>
    NeverMeasures,

    /// <summary>It needs an assembly that is not there.</summary>
    LacksReference,

    /// <summary>One of its assemblies is none.</summary>
    IsGarbage,

    /// <summary>Its assemblies come in the wrong order.</summary>
    IsDisordered,

    /// <summary>It has no such program as its bundle says.</summary>
    LacksEntry,
}
