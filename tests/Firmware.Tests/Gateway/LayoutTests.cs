using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Gateway
{
    /// <summary>The files that say what the channels of waiting readings are.</summary>
    [TestClass]
    public class LayoutTests
    {
        private const string Child = "'a':{'address':1,'interval':10,'registers':'x 5 u16'}";
        private const string NoChild = "{'reconnect':{'spread':1},'interval':3600}";

        [TestMethod]
        [DataRow("senml")]
        [DataRow("json")]
        public void Readings_whose_layout_is_lost_are_counted(string format)
        {
            GatewayRig rig = new GatewayRig(Child);
            rig.Device.Device.Start();
            rig.Device.Run(25000);
            string[] files = rig.Device.Storage.List();
            for (int i = 0; i < files.Length; i++)
            {
                if (files[i].IndexOf("layout-") == 0)
                {
                    rig.Device.Storage.Delete(files[i]);
                }
            }

            GatewayRig next = new GatewayRig(rig.Device.Storage, "{'reconnect':{'spread':1},'interval':3600,'telemetry':{'format':'" + format + "'}}");
            next.GoOnline();
            Assert.AreEqual(0, next.PacksWith("'a_x'"));
            Assert.IsTrue(next.Device.Device.Counters.ReadingsDropped >= 2, "dropped " + next.Device.Device.Counters.ReadingsDropped);
            Assert.AreEqual(0, next.Device.Device.OutboxCount);
        }

        [TestMethod]
        public void Layouts_go_with_the_last_child()
        {
            GatewayRig rig = GatewayRig.Online(Child);
            rig.Device.Run(60000);
            rig.Device.Device.Stop();
            rig.Device.Run(5000);
            Assert.Contains("layout-", Files(rig));
            GatewayRig next = new GatewayRig(rig.Device.Storage, NoChild);
            next.GoOnline();
            Assert.DoesNotContains("layout-", Files(rig));
        }

        [TestMethod]
        public void Layout_that_flash_did_not_take_is_tried_again()
        {
            GatewayRig rig = new GatewayRig(Child);
            rig.Device.Storage.WriteFails = true;
            rig.Device.Device.Start();
            rig.Device.Storage.WriteFails = false;
            rig.Device.Run(25000);
            GatewayRig next = new GatewayRig(rig.Device.Storage, NoChild);
            next.GoOnline();
            Assert.IsTrue(next.PacksWith("'n':'a_x','v':105}") > 0);
        }

        // Layouts of the same CRC-32: found by trying.
        [TestMethod]
        public void Layout_of_waiting_readings_is_not_replaced_by_another_of_the_same_key()
        {
            GatewayRig rig = new GatewayRig("'a':{'address':1,'interval':10,'registers':'vyjksyc 5 u16'}");
            rig.Device.Device.Start();
            rig.Device.Run(25000);
            GatewayRig next = new GatewayRig(rig.Device.Storage, "{'reconnect':{'spread':1},'interval':1800,'children':{'a':{'address':1,'interval':10,'registers':'zelgrwe 5 u16'}}}");
            next.GoOnline();
            next.Device.Run(20000);
            Assert.IsTrue(next.PacksWith("'n':'a_vyjksyc','v':105}") > 0, "of before");
            Assert.IsTrue(next.PacksWith("'n':'a_zelgrwe','v':105}") > 0);
        }

        private static string Files(GatewayRig rig)
        {
            string all = string.Empty;
            string[] files = rig.Device.Storage.List();
            for (int i = 0; i < files.Length; i++)
            {
                all += files[i] + " ";
            }

            return all;
        }
    }
}
