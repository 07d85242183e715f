using Firmware.Diagnostics;
using Firmware.Diagnostics.Methods;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Diagnostics.Methods
{
    [TestClass]
    public class InfoMethodTests
    {
        [TestMethod]
        public void Info_has_identity_state_and_counters()
        {
            ManualClock clock = new ManualClock { Uptime = 3999 };
            clock.Synchronize();
            string expected = "{'id':'esp32-020000000001','version':'0.1.0','board':'test-board','boot':12,'wake':'timer',"
                + "'uptime':3,'time':1795366425,'timeAge':0,'timeError':1,'freeMemory':40000,'address':'10.0.0.7','signal':-61,"
                + "'sensors':[{'name':'bme280@76','present':true,'channels':['temperature','humidity','pressure']}],"
                + "'outbox':0,'counters':{'reconnects':1,'silentLinks':0,'sessionsLost':0,'radioRestarts':0,'requests':2,'refused':3,'security':0,'messagesDropped':0,'readings':0,'readingsDropped':4,'eventsDropped':5,"
                + "'answersDropped':6,'sensorFaults':7,'storageFaults':8,'badBlocks':10,'exceptions':9},"
                + "'safeMode':false,'bootRecord':{'stage':'starting','crashLoopCount':1,'knownGoodRevision':0},'settingsRevision':0,"
                + "'health':{'heap':40000,'heapLow':40000,'step':0,'stepAt':0,'outbox':0,'signal':-61,'reconnects':1,'dropped':4,'uptime':3}}";
            Assert.AreEqual(SingleQuoted.Text(expected), Info(new SamplerRig(ScriptedSensor.Bme280(), null, clock), new FakeNetwork()));
        }

        [TestMethod]
        public void Time_is_absent_while_the_clock_is_not_synchronized()
        {
            Assert.DoesNotContains("\"time\"", Info(new SamplerRig(null, null), new FakeNetwork()));
        }

        [TestMethod]
        public void Address_is_absent_without_a_network()
        {
            Assert.DoesNotContains("\"address\"", Info(new SamplerRig(null, null), new FakeNetwork { Address = null }));
        }

        [TestMethod]
        public void Signal_is_absent_when_it_is_not_known()
        {
            Assert.DoesNotContains("\"signal\"", Info(new SamplerRig(null, null), new FakeNetwork { SignalDbm = 0 }));
        }

        [TestMethod]
        public void Slots_that_were_always_empty_are_absent()
        {
            Assert.Contains("\"sensors\":[],", Info(new SamplerRig(null, null), new FakeNetwork()));
        }

        [TestMethod]
        public void Lost_sensor_is_not_present()
        {
            SamplerRig rig = new SamplerRig(ScriptedSensor.Bme280(), null);
            rig.Lose76();
            Assert.Contains("\"name\":\"bme280@76\",\"present\":false,", Info(rig, new FakeNetwork()));
        }

        [TestMethod]
        public void All_sensors_are_listed()
        {
            string info = Info(new SamplerRig(ScriptedSensor.Bme280(), ScriptedSensor.Bmp280()), new FakeNetwork());
            Assert.Contains(SingleQuoted.Text("{'name':'bmp280@77','present':true,'channels':['temperature-77','pressure-77']}]"), info);
        }

        private static string Info(SamplerRig rig, FakeNetwork network)
        {
            Hardware hardware = new Hardware
            {
                Identity = new BoardIdentity("test-board", new byte[] { 2, 0, 0, 0, 0, 1 }, "timer"),
                Clock = rig.Clock,
                Inbox = new Inbox(rig.Clock),
                Network = network,
            };
            Counters counters = CreateCounters();
            MemoryStorage storage = new MemoryStorage();
            BootRecord boot = new BootRecord(storage, counters, rig.Clock);
            boot.Begin("timer", 11, false);
            HealthRig health = new HealthRig(rig.Clock, network, counters);
            DeviceContext context = ContextRig.Create(hardware, counters, boot);
            context.Sampler = rig.Sampler;
            context.Outbox = health.Outbox;
            InfoMethod info = new InfoMethod(context, new SettingsStore(storage, counters, AllSettings.Catalog()), health.Health);
            info.Members = new IStatusMember[] { health.Health };
            return new MethodRig(info).Call();
        }

        private static Counters CreateCounters() => new Counters
        {
            Reconnects = 1,
            Requests = 2,
            Refused = 3,
            ReadingsDropped = 4,
            EventsDropped = 5,
            ResponsesDropped = 6,
            SensorFaults = 7,
            StorageFaults = 8,
            BadBlocks = 10,
            Exceptions = 9,
        };
    }
}
