using System;
using Firmware.Platform;
using Firmware.Settings;

namespace Firmware
{
    /// <summary>
    /// Leaving the broker on purpose: "offline" is said and has to be acknowledged, then the connection is closed, each for
    /// a bounded time; then the device stops, restarts, sleeps, or connects anew.
    /// </summary>
    internal sealed class Leaving
    {
        /// <summary>Milliseconds for which the broker's acknowledgement is awaited.</summary>
        private const long AnswerTimeout = 3000;

        /// <summary>Milliseconds for which the end of the connection is awaited: a restart would cut the DISCONNECT off.</summary>
        private const long CloseTimeout = 2000;

        /// <summary>Milliseconds after the DISCONNECT before the chip may lose its power: it has to leave the radio first.</summary>
        private const long LingerTime = 100;

        private readonly Parts _parts;
        private readonly Push _push;
        private readonly Announcer _announcer;
        private readonly LoopPartTable _loop;
        private readonly Wake _wake;
        private readonly IClock _clock;
        private DepartureKind _kind;
        private string _reason;
        private int _messageId;
        private bool _isClosing;

        internal Leaving(Parts parts, Push push, Announcer announcer, LoopPartTable loop, Wake wake)
        {
            _parts = parts;
            _push = push;
            _announcer = announcer;
            _loop = loop;
            _wake = wake;
            _clock = parts.Hardware.Clock;
        }

        /// <summary>What follows; <see cref="DepartureKind.None"/> while nobody leaves.</summary>
        internal DepartureKind Kind => _kind;

        /// <summary>Whether the device is about to leave.</summary>
        internal bool IsUnderWay => _kind != DepartureKind.None;

        /// <summary>Whether it has left for good.</summary>
        internal bool IsOver { get; private set; }

        /// <summary>Uptime in milliseconds at which <see cref="Tick"/> has work.</summary>
        internal long DueAt { get; private set; } = long.MaxValue;

        /// <summary>Says "offline" and begins to leave.</summary>
        /// <param name="kind">What follows.</param>
        /// <param name="reason">Why, for the boot record.</param>
        internal void Begin(DepartureKind kind, string reason)
        {
            _kind = kind;
            _reason = reason;
            _messageId = 0;
            _isClosing = false;
            DueAt = _clock.Uptime + AnswerTimeout;
            TrySayOffline();
            if (_messageId == 0)
            {
                // Nobody was told: the will is to say it.
                Drop();
            }
        }

        /// <summary>Begins to leave for a sleep, which the broker knows of or not.</summary>
        internal void BeginSleep()
        {
            _kind = DepartureKind.Sleep;
            _reason = "sleep";
            if (_wake.IsTold)
            {
                Close();
            }
            else
            {
                Drop();
            }
        }

        /// <summary>The broker has a message.</summary>
        internal void Acknowledged(int messageId)
        {
            if (IsUnderWay && !_isClosing && messageId == _messageId)
            {
                Close();
            }
        }

        /// <summary>The connection is closed.</summary>
        internal void Closed()
        {
            if (!_isClosing)
            {
                return;
            }

            if (_kind == DepartureKind.Restart || _kind == DepartureKind.Sleep)
            {
                DueAt = _clock.Uptime + LingerTime;
            }
            else
            {
                Depart();
            }
        }

        /// <summary>Does what time has made due.</summary>
        internal void Tick()
        {
            if (_clock.Uptime < DueAt)
            {
                return;
            }

            if (_isClosing)
            {
                Depart();
            }
            else
            {
                // "offline" was said, and may have arrived without its acknowledgement.
                Close();
            }
        }

        /// <summary>Forgets what was under way on a connection that is gone.</summary>
        internal void Disconnected()
        {
            _push.Disconnected();
            _announcer.Disconnected();
        }

        private void TrySayOffline()
        {
            try
            {
                if (_kind != DepartureKind.Reconnect)
                {
                    _parts.Actuators.MakeSafe(_reason);
                    _push.Save();
                    _parts.Sequence.Release();
                }

                _messageId = _parts.Connection.Publish(_parts.Topics.Status, _parts.Presence.Offline(), true);
            }
            catch (Exception e)
            {
                _parts.Counters.Exceptions++;
                _loop.Report(LoopPart.SayOffline, e);
            }
        }

        private void Close()
        {
            _isClosing = true;
            DueAt = _clock.Uptime + CloseTimeout;
            _parts.Connection.Stop(true);
        }

        private void Drop()
        {
            try
            {
                _parts.Connection.Stop(false);
            }
            finally
            {
                Depart();
            }
        }

        private void Depart()
        {
            DepartureKind kind = _kind;
            _kind = DepartureKind.None;
            _isClosing = false;
            DueAt = long.MaxValue;
            Disconnected();
            switch (kind)
            {
                case DepartureKind.Reconnect:
                    ConnectAnew();
                    break;
                case DepartureKind.Sleep:
                    IsOver = true;
                    Sleep();
                    break;
                default:
                    IsOver = true;
                    _parts.Events.Save(_parts.Hardware.Storage);
                    _parts.Boot.End(_reason);
                    if (kind == DepartureKind.Restart && _parts.Hardware.Power != null)
                    {
                        _parts.Hardware.Power.Restart();
                    }

                    break;
            }
        }

        private void ConnectAnew()
        {
            DeviceSettings settings = _parts.Store.Current;
            _announcer.Moved();
            _parts.Topics.Use(settings.Prefix, settings.Groups);
            _parts.Reconfiguration.Connects(_clock.Uptime);
            _parts.Connection.Restart(_parts.PlanConnection(settings, settings.TimeServers));
        }

        // Whatever fails before: a device that does not get to sleep empties its battery.
        private void Sleep()
        {
            long milliseconds = _parts.Settings.Interval * 1000L;
            try
            {
                milliseconds = _wake.Finish();
                _parts.Boot.End(_reason);
            }
            catch (Exception e)
            {
                _parts.Counters.Exceptions++;
                _loop.Report(LoopPart.Sleep, e);
            }

            _parts.Hardware.Power.Sleep(
                milliseconds,
                _parts.Settings.Number(_parts.SleepGroup, SleepSettings.WakePin),
                _parts.Settings.Number(_parts.SleepGroup, SleepSettings.WakeHigh) != 0);
        }
    }
}
