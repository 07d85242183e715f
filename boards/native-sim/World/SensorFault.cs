namespace Boards.NativeSim.World;

/// <summary>What is wrong with a sensor.</summary>
public enum SensorFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It does not acknowledge its address: a loose wire.</summary>
    Nack,

    /// <summary>Its data registers keep what they have.</summary>
    Stuck,

    /// <summary>It measures nothing: its data registers say that everything was skipped.</summary>
    NotValid,

    /// <summary>Its values are beyond what it can measure.</summary>
    OutOfRange,

    /// <summary>It is not on the bus any more.</summary>
    Removed,

    /// <summary>Transfers end before their last byte.</summary>
    ShortTransfer,

    /// <summary>A measurement does not end.</summary>
    Busy,

    /// <summary>After a dip of its supply its calibration data read as zeros.</summary>
    BadCalibration,

    /// <summary>After a dip of its supply it copies its calibration data without end.</summary>
    Copying,

    /// <summary>The CRC of what it sends is wrong: disturbances on a long line.</summary>
    BadCrc,

    /// <summary>A DS18B20 gives 85.0 Cel, what it has after power-on.</summary>
    PowerOnValue,
}
