using Firmware.Actuation;
using Firmware.Connectivity;
using Firmware.Diagnostics;
using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Sampling;
using Firmware.Sensing;
using Firmware.Settings;
using Firmware.Shutdown;
using Firmware.Telemetry;

namespace Firmware
{
    /// <summary>
    /// The services that a module may use. A module takes anything else as a parameter of its constructor, from the
    /// board.
    /// </summary>
    /// <remarks>Fields, because they are read on hot paths. Those that a module fills in are null before its start; the order of starts is that of <see cref="DeviceBuilder"/>.</remarks>
    public sealed class DeviceContext
    {
        /// <summary>Time.</summary>
        public readonly IClock Clock;

        /// <summary>Files.</summary>
        public readonly IStorage Storage;

        /// <summary>The network.</summary>
        public readonly INetwork Network;

        /// <summary>Which device this is.</summary>
        public readonly BoardIdentity Identity;

        /// <summary>What happened since the start; shown by <c>info</c>.</summary>
        public readonly Counters Counters;

        /// <summary>Events on their way to the broker.</summary>
        public readonly EventQueue Events;

        /// <summary>How this run began. Null once a device that does not sleep has started.</summary>
        public WakeContext Wake;

        /// <summary>Number of this run, from 1.</summary>
        public int BootCount => Boot.Count;

        /// <summary>The program's version, "x.y.z".</summary>
        public string Version => Identity.Version ?? FirmwareVersion.Text;

        /// <summary>Safe mode: the last starts did not last 60 s, so that only what is needed to repair the device runs.</summary>
        public readonly bool IsSafeMode;

        /// <summary>Whether the board has an LED, for <c>identify</c>.</summary>
        public readonly bool HasLed;

        /// <summary>Whether the device sleeps deeply between its measurements.</summary>
        public bool Sleeps;

        /// <summary>Measurements from one that is published to the next: more than 1 for a device that sleeps and saves charge.</summary>
        public int PublishEvery = 1;

        /// <summary>The log.</summary>
        public ILog Log;

        /// <summary>Sends all messages: order, budget, acknowledgements, retries.</summary>
        public Publisher Publisher;

        /// <summary>The connection to the broker.</summary>
        public Connection Connection;

        /// <summary>The topics of this device.</summary>
        public Topics Topics;

        /// <summary>Publishes whether the device is online, asleep or offline.</summary>
        public PresencePublisher Presence;

        /// <summary>Sensors and their channels.</summary>
        public Sampler Sampler;

        /// <summary>Readings on their way to the broker.</summary>
        public Outbox Outbox;

        /// <summary>Numbers the telemetry packs.</summary>
        public Sequence Sequence;

        /// <summary>Disconnects from the broker, then restarts, sleeps or reconnects.</summary>
        public ShutdownModule Shutdown;

        /// <summary>The battery; null without one.</summary>
        public IBattery Battery;

        /// <summary>What the device switches; null without such a module.</summary>
        public IOutputs Outputs;

        /// <summary>Whether a module updates the program.</summary>
        public bool HasUpdates;

        /// <summary>These and those of its children; null without such a module.</summary>
        public IOutputs AllOutputs;

        /// <summary>Whether the drive of one of them has failed after it was accepted: who drives them asks which, and clears this.</summary>
        public bool HasFailedOutput;

        /// <summary>Its children; null without such a module.</summary>
        public ReadingGroup[] Groups;

        /// <summary>Joins and connects; for a module that decides when.</summary>
        public ConnectionModule Connector;

        internal readonly BootRecord Boot;
        internal readonly Inbox Inbox;
        internal ISleeper Sleeper; // null for a board that does not sleep
        internal ResponseQueue Responses;
        internal SettingsModule SettingsModule;
        internal SamplingModule Sampling;
        internal Dispatcher Dispatcher;

        private readonly SettingsStore _store;
        private readonly ModuleLoop _loop;

        internal DeviceContext(Hardware hardware, Counters counters, EventQueue events, SettingsStore store, ModuleLoop loop, WakeContext wake, BootRecord boot)
        {
            Clock = hardware.Clock;
            Storage = hardware.Storage;
            Network = hardware.Network;
            Identity = hardware.Identity;
            HasLed = hardware.Led != null;
            Inbox = hardware.Inbox;
            Counters = counters;
            Events = events;
            Wake = wake;
            Boot = boot;
            IsSafeMode = boot.IsSafeMode;
            _store = store;
            _loop = loop;
        }

        /// <summary>The settings that the device runs on.</summary>
        public DeviceSettings Settings => _store.Current;

        /// <summary>The holds of all modules, combined: whether a device that sleeps stays awake.</summary>
        public AwakeHold Hold => _loop.Hold();

        /// <summary>Uptime in milliseconds at which a module needs the device awake, if it sleeps; <see cref="long.MaxValue"/> for none.</summary>
        public long WakeAt => _loop.WakeAt();

        /// <summary>Whether a module needs the radio in this wake.</summary>
        public bool NeedsRadio => _loop.NeedsRadio();

        /// <summary>Has the sensors measured as soon as the loop comes to it. The next measurement follows after the interval.</summary>
        public void MeasureNow() => Sampling.MeasureNow();

        /// <summary>Stores another interval and uses it; one that is in use already costs nothing.</summary>
        /// <param name="seconds">1 to 86400.</param>
        /// <returns>False when settings are on trial, or cannot be stored.</returns>
        public bool SetInterval(int seconds) => SettingsModule.SetInterval(seconds);

        /// <summary>Changes settings as <c>settings.set</c> does, for a person at the device.</summary>
        /// <param name="json">An object of keys with their new values; null resets a key.</param>
        /// <returns>What is wrong, with its key; null when the settings are in use, or on trial.</returns>
        public string ChangeSettings(byte[] json) => SettingsModule.Change(json);

        /// <summary>Whether settings are on trial: confirmed when the device is online with them, else rolled back.</summary>
        public bool IsOnTrial => SettingsModule.HasTrial;

        /// <summary>Whether the device connects with them already: before that, what fails belongs to the settings before.</summary>
        public bool IsTrialConnecting => SettingsModule.IsTrialConnecting;

        /// <summary>Rolls settings on trial back, without waiting for the end of their time.</summary>
        /// <param name="reason">Why, for the event.</param>
        public void RollBackSettings(string reason) => SettingsModule.RollBack(reason);

        /// <summary>Creates a source of randomness that differs between devices and between their runs.</summary>
        /// <returns>A new source.</returns>
        public Jitter CreateJitter() => new Jitter(Jitter.SeedOf(Identity.DeviceId, BootCount));

        /// <summary>Notifies all modules that a channel has a new value that did not come at the interval.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public void NotifyInput(long now) => _loop.Notify(ModuleEvent.Input, null, now);

        /// <summary>Has readings of a group sent, as those of the device are.</summary>
        /// <param name="group">The group, whose layout is kept.</param>
        /// <param name="values">Holds the values of its channels, see <see cref="ReadingGroup.ValueLength"/>.</param>
        /// <param name="from">Where the first begins.</param>
        /// <param name="mask">One bit for each channel whose value is sent.</param>
        /// <param name="now">Uptime in milliseconds at which they were measured.</param>
        public void Keep(ReadingGroup group, byte[] values, int from, int mask, long now)
        {
            if (Outbox.Add(group, values, from, mask, now))
            {
                Counters.Readings++;
                Sampling.Schedule();
            }
        }

        /// <summary>Sets the clock to the time of a source that is not on the network, if it was not set for a day.</summary>
        /// <param name="utc">Milliseconds since 1970-01-01T00:00:00Z, now.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        /// <returns>Why the time is doubted; null when it is not.</returns>
        public string OfferTime(long utc, long now)
        {
            long before = Clock.SynchronizedAt;
            string doubt = Connection.OfferTime(utc);
            if (Clock.SynchronizedAt != before)
            {
                _loop.Notify(ModuleEvent.TimeSet, null, now);
            }

            return doubt;
        }

        /// <summary>Reports an exception that a module survives by itself.</summary>
        /// <param name="module">The module.</param>
        /// <param name="exception">The exception.</param>
        public void Report(Module module, System.Exception exception) => _loop.Failed(module.Name, exception);
    }
}
