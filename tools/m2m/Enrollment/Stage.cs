namespace M2m.Enrollment;

/// <summary>How far a device is.</summary>
internal enum Stage
{
    /// <summary>It is not connected.</summary>
    Away,

    /// <summary>An operator must decide.</summary>
    Asking,

    /// <summary>It is left alone.</summary>
    Refused,

    /// <summary>Approved; others are first.</summary>
    Queued,

    /// <summary>It gets its certificate and settings.</summary>
    Enrolling,

    /// <summary>It tries them.</summary>
    Trial,

    /// <summary>It is as it was; tried again later.</summary>
    Failed,

    /// <summary>It is in its site; the bootstrap credential is removed.</summary>
    Finishing,

    /// <summary>Two devices have one id.</summary>
    Conflict,

    Enrolled,
}

/// <summary>What to do about a device now.</summary>
internal enum Step
{
    None,
    Enroll,
    Finish,

    /// <summary>Ask whether it is there at all: it is in a site, too.</summary>
    Probe,
}
