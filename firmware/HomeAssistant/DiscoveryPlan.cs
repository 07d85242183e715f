using System.Collections;
using System.Text;
using Firmware.Platform;
using Firmware.Sensing;
using Firmware.Telemetry;

namespace Firmware.HomeAssistant
{
    /// <summary>Compares what is announced with what is wanted: says what has to go out.</summary>
    internal sealed class DiscoveryPlan
    {
        private readonly ArrayList _all;
        private readonly DiscoveryOptions _options;
        private readonly string _deviceId;
        private readonly string _common;
        private readonly bool _isRenewal;

        /// <summary>Begins a plan in which nothing is wanted.</summary>
        /// <param name="announced">What the broker has or may have; changed by the plan.</param>
        /// <param name="options">The settings.</param>
        /// <param name="identity">Which device.</param>
        /// <param name="version">Version of the firmware: with another one everything is announced anew.</param>
        /// <param name="isRenewal">Whether to announce also what the broker should have.</param>
        internal DiscoveryPlan(ArrayList announced, DiscoveryOptions options, BoardIdentity identity, string version, bool isRenewal)
        {
            _all = announced;
            _options = options;
            _deviceId = identity.DeviceId;
            _common = options.Prefix + " " + version + " " + identity.Board + " " + (int)options.Format + " ";
            _isRenewal = isRenewal;
        }

        /// <summary>Everything that the broker has, or may have once the plan is carried out.</summary>
        internal ArrayList All => _all;

        /// <summary>Whether a channel is left that this run has not seen yet.</summary>
        internal bool HasUnseen { get; private set; }

        /// <summary>Whether something was done that is to be remembered.</summary>
        internal bool IsChanged { get; private set; }

        /// <summary>Wants all entities of the device.</summary>
        internal void WantAll(Channel[] channels)
        {
            for (int i = 0; i < channels.Length; i++)
            {
                Measurand measurand = channels[i].Measurand;
                int expireAfter = DiscoveryPayload.ExpireAfter(channels[i].Rule, _options.Interval);
                Want(Entity.Of(channels[i]), measurand.Unit + " " + measurand.Scale + " " + expireAfter);
            }

            for (int i = 0; i < _options.Actuators.Length; i++)
            {
                Want(Entity.OfActuator(_options.Actuators[i].Name), string.Empty);
            }

            for (int i = 0; i < HealthValue.Count; i++)
            {
                Want(Entity.Of(HealthValue.At(i)), string.Empty);
            }

            Want(Entity.OfConnection(), string.Empty);
        }

        /// <summary>Marks for removal what is not wanted.</summary>
        /// <param name="isPatient">
        /// Whether to keep channels that are not there: their sensor may only be late, and Home Assistant would forget
        /// where the owner put them.
        /// </param>
        internal void RemoveOthers(bool isPatient)
        {
            string channels = _options.DiscoveryPrefix + "/" + Entity.Sensor + "/" + _deviceId + "/";
            for (int i = 0; i < _all.Count; i++)
            {
                Announcement one = (Announcement)_all[i];
                if (one.Entity == null)
                {
                    bool isChannel = one.Topic.IndexOf(channels) == 0 && one.Topic.IndexOf(channels + Entity.HealthPrefix) < 0;
                    bool isKept = isPatient && isChannel && _options.IsEnabled;
                    one.IsDue = !isKept;
                    HasUnseen |= isKept;
                }
            }
        }

        /// <summary>The next message to send, removals first; null when all is done.</summary>
        internal Announcement Next()
        {
            Announcement next = null;
            for (int i = 0; i < _all.Count; i++)
            {
                Announcement one = (Announcement)_all[i];
                if (one.IsDue && (next == null || (one.Entity == null && next.Entity != null)))
                {
                    next = one;
                }
            }

            return next;
        }

        /// <summary>What is to change is not certain to be on the broker in either form from now on.</summary>
        /// <returns>Whether that is not on flash yet.</returns>
        internal bool Doubt()
        {
            bool isNew = false;
            for (int i = 0; i < _all.Count; i++)
            {
                Announcement one = (Announcement)_all[i];
                if (one.IsDue && one.Print != one.NextPrint)
                {
                    isNew |= one.Print != 0 || one.IsNew;
                    one.Print = 0;
                }
            }

            return isNew;
        }

        /// <summary>The broker has a message.</summary>
        internal void Done(Announcement one)
        {
            IsChanged |= one.Entity == null || one.Print != one.NextPrint;
            one.IsDue = false;
            one.Print = one.NextPrint;
            if (one.Entity == null)
            {
                _all.Remove(one);
            }
        }

        private void Want(Entity entity, string details)
        {
            string topic = _options.DiscoveryPrefix + "/" + entity.Component + "/" + _deviceId + "/" + entity.ObjectId + "/config";
            byte[] text = Encoding.UTF8.GetBytes(_common + details);
            int print = (int)Crc32.Of(text, 0, text.Length) | 1; // Never 0, which stands for "not certain".
            Announcement one = Find(topic);
            one.Entity = entity;
            one.NextPrint = print;
            one.IsDue = _isRenewal || one.Print != print;
        }

        private Announcement Find(string topic)
        {
            for (int i = 0; i < _all.Count; i++)
            {
                if (((Announcement)_all[i]).Topic == topic)
                {
                    return (Announcement)_all[i];
                }
            }

            Announcement one = new Announcement(topic, 0) { IsNew = true };
            _all.Add(one);
            return one;
        }
    }
}
