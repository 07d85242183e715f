using System.Numerics;
using Boards.NativeSim.World;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Deep sleep unwinds to the scheduler with an exception of the simulated world; the timer and one pin wake.</summary>
public class Sleep
{
    private static Sources State => SimulatedChip.Current.PackageState(() => new Sources());

    public static EspNativeError EnableWakeupByTimer(TimeSpan time)
    {
        State.WakeAfter = time;
        return EspNativeError.OK;
    }

    /// <summary>Of several pins the last counts, as on a device.</summary>
    public static EspNativeError EnableWakeupByPin(WakeupGpioPin pin, int level)
    {
        if (pin == WakeupGpioPin.None)
        {
            return EspNativeError.OK;
        }

        int number = BitOperations.Log2((ulong)pin);
        if (!SimulatedPins.CanWake(number))
        {
            return EspNativeError.INVALID_ARG;
        }

        State.Pin = new PinWake(number, level != 0);
        return EspNativeError.OK;
    }

    /// <summary>One pin. Several are not simulated.</summary>
    public static EspNativeError EnableWakeupByMultiPins(WakeupGpioPin pins, WakeupMode mode)
    {
        if (BitOperations.PopCount((ulong)pins) > 1)
        {
            return EspNativeError.NOT_SUPPORTED;
        }

        return EnableWakeupByPin(pins, mode == WakeupMode.AnyHigh ? 1 : 0);
    }

    public static EspNativeError StartLightSleep()
    {
        if (State.WakeAfter is not { } time)
        {
            return EspNativeError.INVALID_STATE;
        }

        SimulatedChip.Current.Sleep((int)time.TotalMilliseconds);
        return EspNativeError.OK;
    }

    public static void StartDeepSleep() => SimulatedChip.Current.DeepSleep(State.WakeAfter, State.Pin);

    public static WakeupCause GetWakeupCause() => SimulatedChip.Current.WakeCause switch
    {
        WakeCause.Timer => WakeupCause.Timer,
        WakeCause.Pin => WakeupCause.Ext1,
        _ => WakeupCause.Undefined,
    };

    public static WakeupGpioPin GetWakeupGpioPin() => WakeupGpioPin.None;

    private sealed class Sources
    {
        public TimeSpan? WakeAfter { get; set; }

        public PinWake? Pin { get; set; }
    }

    public enum WakeupMode
    {
        AllLow = 0,
        AnyHigh = 1,
    }

    public enum WakeupCause
    {
        Undefined = 0,
        Ext0 = 2,
        Ext1 = 3,
        Timer = 4,
        TouchPad = 5,
        Ulp = 6,
        Gpio = 7,
        Uart = 8,
        Wifi = 9,
        CoCpu = 10,
        CoCpuTrapTrig = 11,
        Bt = 12,
    }

    [Flags]
    public enum WakeupGpioPin : ulong
    {
        None = 0,
        Pin0 = 1,
        Pin1 = 2,
        Pin2 = 4,
        Pin3 = 8,
        Pin4 = 16,
        Pin5 = 32,
        Pin6 = 64,
        Pin7 = 128,
        Pin8 = 256,
        Pin9 = 512,
        Pin10 = 1024,
        Pin11 = 2048,
        Pin12 = 4096,
        Pin13 = 8192,
        Pin14 = 16384,
        Pin15 = 32768,
        Pin16 = 65536,
        Pin17 = 131072,
        Pin18 = 262144,
        Pin19 = 524288,
        Pin20 = 1048576,
        Pin21 = 2097152,
        Pin25 = 33554432,
        Pin26 = 67108864,
        Pin27 = 134217728,
        Pin32 = 4294967296,
        Pin33 = 8589934592,
        Pin34 = 17179869184,
        Pin35 = 34359738368,
        Pin36 = 68719476736,
        Pin37 = 137438953472,
        Pin38 = 274877906944,
        Pin39 = 549755813888,
    }
}
