using System.Reflection;
using System.Reflection.Emit;
using Boards.Esp32;
using Boards.Loader;
using Boards.NativeSim.World;
using DeviceLoader = Boards.Loader.Loader;

namespace Scenarios.Updates;

/// <summary>The loader itself, with assemblies that the desktop can load.</summary>
[TestClass]
public sealed class LoaderTests
{
    private const string Entry = "Image.Application";

    /// <summary>What the images of these tests call.</summary>
    public static Action OnRun { get; set; } = () => { };

    [TestMethod]
    public void Without_an_image_the_built_in_application_goes_on()
    {
        SimulatedChip chip = Chip();
        using IDisposable scope = chip.Enter();
        DeviceLoader.Run("I:\\", "0.1.0");

        Assert.AreEqual(Slots.BuiltIn, DeviceLoader.RunningSlot);
        Assert.AreEqual("0.1.0", DeviceLoader.BuiltInVersion);
    }

    [TestMethod]
    public void An_image_on_trial_runs_is_confirmed_and_runs_again()
    {
        SimulatedChip chip = Chip();
        Stage(chip, Bundle(nameof(CallOnRun)));
        int runs = 0;
        OnRun = () =>
        {
            runs++;
            Assert.AreEqual(Slots.A, DeviceLoader.RunningSlot);
            Assert.IsTrue(new UpdateSlots("I:\\", DeviceLoader.RunningSlot, DeviceLoader.BuiltInVersion, 98304).Confirm());
        };

        Assert.ThrowsExactly<ChipRestartException>(() => Start(chip), "its program has ended");
        Start(chip);
        Assert.ThrowsExactly<ChipRestartException>(() => Start(chip), "its program has ended again");

        Assert.AreEqual(2, runs, "the start between them was the built-in application's");
    }

    [TestMethod]
    public void An_image_on_trial_that_throws_is_rolled_back()
    {
        SimulatedChip chip = Chip();
        Stage(chip, Bundle(nameof(CallOnRun)));
        OnRun = () => throw new InvalidOperationException("no sensor");

        Assert.ThrowsExactly<ChipRestartException>(() => Start(chip));
        Start(chip);

        UpdateSlots slots = SlotsOf(chip);
        Assert.AreEqual("0.2.0", slots.FailedVersion);
        Assert.StartsWith("has stopped: ", slots.FailedReason);
        Assert.AreEqual(1, slots.FailuresOf("0.2.0"));
    }

    [TestMethod]
    [DataRow("garbage")]
    [DataRow("short")]
    [DataRow("no type")]
    [DataRow("no method")]
    public void An_image_that_cannot_be_loaded_never_stops_the_built_in_application(string what)
    {
        SimulatedChip chip = Chip();
        Stage(chip, what switch
        {
            "garbage" => BundleBytes.Of(Entry, ("Image", "0.2.0", new byte[1000])),
            "short" => BundleBytes.Of(Entry, ("Image", "0.2.0", new byte[123])),
            "no type" => BundleBytes.Of("Image.Nothing", ("Image", "0.2.0", Assembly(nameof(CallOnRun), "Run"))),
            _ => BundleBytes.Of(Entry, ("Image", "0.2.0", Assembly(nameof(CallOnRun), "Walk"))),
        });

        Assert.ThrowsExactly<ChipRestartException>(() => Start(chip));
        Start(chip);

        Assert.StartsWith("cannot be loaded: ", SlotsOf(chip).FailedReason);
        Assert.AreEqual(Slots.BuiltIn, DeviceLoader.RunningSlot);
    }

    [TestMethod]
    public void When_a_failure_cannot_be_written_down_the_built_in_application_goes_on_in_the_same_start()
    {
        SimulatedChip chip = Chip();
        Stage(chip, Bundle(nameof(CallOnRun)));
        OnRun = () =>
        {
            chip.Flash.Full = true;
            throw new InvalidOperationException();
        };

        Start(chip);

        Assert.AreEqual(Slots.BuiltIn, DeviceLoader.RunningSlot);
    }

    public static void CallOnRun() => OnRun();

    private static SimulatedChip Chip() => new(1, new VirtualTime());

    private static void Start(SimulatedChip chip)
    {
        chip.PowerOn(WakeCause.PowerOn);
        using IDisposable scope = chip.Enter();
        DeviceLoader.Run("I:\\", "0.1.0");
    }

    private static UpdateSlots SlotsOf(SimulatedChip chip)
    {
        using IDisposable scope = chip.Enter();
        return new UpdateSlots("I:\\", Slots.BuiltIn, "0.1.0", 98304);
    }

    private static void Stage(SimulatedChip chip, byte[] bundle)
    {
        UpdateSlots slots = SlotsOf(chip);
        using IDisposable scope = chip.Enter();
        Assert.IsTrue(slots.Begin([1]) && slots.Write(bundle, bundle.Length) && slots.Test("0.2.0", 300));
    }

    private static byte[] Bundle(string calls) => BundleBytes.Of(Entry, ("Image", "0.2.0", Assembly(calls, "Run")));

    /// <summary>public static class Image.Application { public static void METHOD() => LoaderTests.CALLS(); }</summary>
    private static byte[] Assembly(string calls, string methodName)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Image" + Guid.NewGuid().ToString("N")), typeof(object).Assembly);
        TypeBuilder type = assembly.DefineDynamicModule("Image").DefineType(Entry, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        ILGenerator il = type.DefineMethod(methodName, MethodAttributes.Public | MethodAttributes.Static, typeof(void), []).GetILGenerator();
        il.Emit(OpCodes.Call, typeof(LoaderTests).GetMethod(calls)!);
        il.Emit(OpCodes.Ret);
        type.CreateType();
        using var stream = new MemoryStream();
        assembly.Save(stream);
        return stream.ToArray();
    }
}
