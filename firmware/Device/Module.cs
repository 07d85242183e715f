using Firmware.Messaging;
using Firmware.Platform;
using Firmware.Settings;
using Firmware.Shutdown;

namespace Firmware
{
    /// <summary>
    /// A feature of the device: its methods, its settings, its part of the status, its topics, and when it has
    /// work. A feature is a folder with one module; a board names the modules that it takes.
    /// </summary>
    /// <remarks>
    /// A constructor does nothing to the world: it opens no file and no pin. <see cref="Start"/> does. The device calls a
    /// module on its one thread only. A module that throws is left alone for 1 s, then longer, up to 60 s.
    /// </remarks>
    public abstract class Module
    {
        internal ModuleLoop Loop;
        internal int Slot;
        internal bool IsListening;

        /// <summary>Whether <see cref="OnMeasured"/> is called; set it in <see cref="Start"/> or later.</summary>
        protected bool WantsMeasurements
        {
            set
            {
                // Counted: mostly no module does, and then none is asked.
                Loop.Listeners += value == IsListening ? 0 : value ? 1 : -1;
                IsListening = value;
            }
        }

        /// <summary>Names it in the log and the boot record.</summary>
        public abstract string Name { get; }

        /// <summary>Its settings; null for none. Asked once, before <see cref="Start"/>.</summary>
        public virtual SettingGroup Settings => null;

        /// <summary>Its methods; null for none. Created for each request, after <see cref="Start"/>: the module keeps their state.</summary>
        public virtual IMethod[] Methods => null;

        /// <summary>Its member of presence and <c>info</c>; null for none. Asked once, after <see cref="Start"/>.</summary>
        public virtual IStatusMember Status => null;

        /// <summary>Its member of <c>info</c> alone: for what changes too often for a retained message. Asked once, after <see cref="Start"/>.</summary>
        public virtual IStatusMember Info => null;

        /// <summary>
        /// Filters of the topics that it listens to; null for none. A filter is a whole topic, or ends in <c>#</c> or in
        /// <c>+</c> levels. Asked for each connection, since the prefix may change.
        /// </summary>
        public virtual string[] Topics => null;

        /// <summary>Whether it works in safe mode. Otherwise its methods are refused there.</summary>
        public virtual bool RunsInSafeMode => false;

        /// <summary>Whether it keeps a device that sleeps awake.</summary>
        public virtual AwakeHold Hold => AwakeHold.None;

        /// <summary>
        /// Uptime in milliseconds at which a device that sleeps has to be awake for it, also before the next measurement is
        /// due; <see cref="long.MaxValue"/> for never. Asked right before the sleep.
        /// </summary>
        public virtual long WakeAt => long.MaxValue;

        /// <summary>Whether a device that sleeps has to use the radio in this wake.</summary>
        public virtual bool NeedsRadio => false;

        /// <summary>
        /// Whether this is the first run of something new, such as an image: then the starts that did not last before it are
        /// not those of this one, and do not lead to safe mode. Asked before <see cref="Start"/>.
        /// </summary>
        public virtual bool IsOnTrial => false;

        /// <summary>Begins, once. What it needs later it keeps; it reads its settings and sets when it has work.</summary>
        /// <param name="device">The services of the device.</param>
        public virtual void Start(DeviceContext device)
        {
        }

        /// <summary>
        /// The time of <see cref="RunAt"/> has come, or a request has invoked one of its methods. Until the time is set again
        /// there is no further call.
        /// </summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public virtual void Tick(long now)
        {
        }

        /// <summary>A message came in on one of its topics.</summary>
        /// <param name="message">The message.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        public virtual void OnMessage(LinkEvent message, long now)
        {
        }

        /// <summary>The device is connected and listens.</summary>
        /// <param name="isNewSession">Whether the broker may have forgotten what it kept for the device.</param>
        /// <param name="now">Uptime in milliseconds.</param>
        public virtual void OnOnline(bool isNewSession, long now)
        {
        }

        /// <summary>The connection is gone, or was closed.</summary>
        public virtual void OnOffline()
        {
        }

        /// <summary>The sensors were measured at the interval. Called when <see cref="WantsMeasurements"/> is set.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public virtual void OnMeasured(long now)
        {
        }

        /// <summary>A port has posted <see cref="LinkEventKind.Signal"/>: a module asks the ports that it keeps.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public virtual void OnSignal(long now)
        {
        }

        /// <summary>A channel has a new value that did not come at the interval: an input changed.</summary>
        /// <param name="now">Uptime in milliseconds.</param>
        public virtual void OnInput(long now)
        {
        }

        /// <summary>A time server has responded. The clock is set to it, unless its time is doubted.</summary>
        public virtual void OnTimeSet()
        {
        }

        /// <summary>The settings have changed.</summary>
        /// <param name="settings">All settings.</param>
        public virtual void OnSettings(DeviceSettings settings)
        {
        }

        /// <summary>Memory is short: what can be done without is given back.</summary>
        public virtual void OnLowMemory()
        {
        }

        /// <summary>The device is about to stop, restart or sleep: outputs become safe, and what must survive goes to flash.</summary>
        /// <param name="reason">Why, and what follows.</param>
        public virtual void OnShutdown(ShutdownReason reason)
        {
        }

        /// <summary>The connection is closed: the last call before the device stops, restarts or sleeps.</summary>
        /// <param name="reason">Why, and what follows.</param>
        public virtual void OnClosed(ShutdownReason reason)
        {
        }

        internal void Notify(ModuleEvent what, object detail, long now)
        {
            switch (what)
            {
                case ModuleEvent.Online:
                    OnOnline(detail != null, now);
                    break;
                case ModuleEvent.Offline:
                    OnOffline();
                    break;
                case ModuleEvent.TimeSet:
                    OnTimeSet();
                    break;
                case ModuleEvent.Settings:
                    OnSettings((DeviceSettings)detail);
                    break;
                case ModuleEvent.LowMemory:
                    OnLowMemory();
                    break;
                case ModuleEvent.Shutdown:
                    OnShutdown((ShutdownReason)now);
                    break;
                case ModuleEvent.Closed:
                    OnClosed((ShutdownReason)now);
                    break;
                case ModuleEvent.Signal:
                    OnSignal(now);
                    break;
                case ModuleEvent.Input:
                    OnInput(now);
                    break;
            }
        }

        /// <summary>Sets when <see cref="Tick"/> is called next; a later call replaces an earlier one.</summary>
        /// <param name="uptimeMs">Uptime in milliseconds; 0 for as soon as possible, <see cref="long.MaxValue"/> for never.</param>
        protected void RunAt(long uptimeMs)
        {
            ModuleLoop loop = Loop;
            if (loop != null)
            {
                loop.SetDue(Slot, uptimeMs);
            }
        }
    }
}
