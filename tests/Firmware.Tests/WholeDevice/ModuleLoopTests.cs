using System;
using Firmware.Platform;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.WholeDevice
{
    /// <summary>The due time of a module that is called out of turn, as the one that lets the device sleep is.</summary>
    [TestClass]
    public class ModuleLoopTests
    {
        [TestMethod]
        public void Module_that_throws_out_of_turn_is_called_again_after_a_second()
        {
            ModuleLoop loop = Loop();
            loop.Tick(0, 5000);
            Assert.AreEqual(6000L, loop.NextDue);
        }

        [TestMethod]
        public void Module_that_must_wait_is_called_again_when_its_pause_is_over()
        {
            ModuleLoop loop = Loop();
            loop.Tick(0, 5000);
            loop.NextDue = long.MaxValue;
            loop.Tick(0, 5500);
            Assert.AreEqual(6000L, loop.NextDue);
        }

        private static ModuleLoop Loop()
        {
            BootRig boot = new BootRig(new MemoryStorage());
            return new ModuleLoop(new Module[] { new Failing() }, new Counters()) { Boot = boot.Record };
        }

        private sealed class Failing : Module
        {
            public override string Name => "failing";

            public override void Start(DeviceContext device)
            {
            }

            public override void Tick(long now) => throw new InvalidOperationException();
        }
    }
}
