using System;
using System.Collections;
using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Settings.Methods
{
    /// <summary>What <c>settings.set</c> and <c>settings.reset</c> share: whether they may, all or nothing, a result for each key.</summary>
    internal sealed class SettingsCommit
    {
        private const int MaxResults = 2500;
        private const int MaxName = 512;

        private readonly SettingsStore _store;
        private readonly ISettingsSink _sink;

        internal SettingsCommit(SettingsStore store, ISettingsSink sink)
        {
            _store = store;
            _sink = sink;
        }

        /// <summary>Begins a change; null when there can be none now.</summary>
        internal SettingsChange Begin(Request request, out RpcError error)
        {
            int revision = request.Find("revision");
            bool isInteger = request.Reader.TryGetInt64(revision, out long expected);
            error = null;
            if (revision != JsonReader.None && !isInteger)
            {
                error = RpcError.InvalidParams("revision", "must be an integer");
            }
            else if (_store.IsOnTrial)
            {
                error = RpcError.Conflict(null, "settings are on trial: retry when they are confirmed or rolled back");
            }
            else if (isInteger && expected != _store.Revision)
            {
                error = RpcError.Conflict("revision", "the current revision is " + _store.Revision);
            }

            return error == null ? new SettingsChange(_store.Current, request.Reader) : null;
        }

        /// <summary>Makes the change, stores it, and has it used.</summary>
        internal RpcError End(SettingsChange change, Request request, JsonWriter result)
        {
            SettingKey wrong = change.Apply();
            if (wrong != null)
            {
                return RpcError.InvalidParams(wrong.Text, wrong.Reason, "results", Reasons(change.Keys));
            }

            SettingEffect effects = change.Effects;
            if (effects != SettingEffect.None && !_store.Save(change.After, (effects & SettingEffect.Trial) != 0))
            {
                return SettingsText.Write(change.After, new byte[0], 256) == null
                    ? RpcError.InvalidParams("values", "all settings together would take more than " + SettingsSource.MaxFile + " bytes")
                    : RpcError.InternalError("the settings could not be stored");
            }

            WriteResults(change, result);
            if (effects != SettingEffect.None)
            {
                _sink.Apply(_store.Current, effects, request);
            }

            return null;
        }

        private static string Word(SettingEffect effect)
        {
            switch (effect)
            {
                case SettingEffect.None:
                    return "unchanged";
                case SettingEffect.Now:
                    return "applied";
                case SettingEffect.Reconnect:
                    return "reconnect";
                case SettingEffect.Trial:
                    return "trial";
                default:
                    return "restart";
            }
        }

        /// <summary>What is wrong with each key, as far as a response has room.</summary>
        private static byte[] Reasons(ArrayList keys)
        {
            JsonWriter writer = new JsonWriter(256, MaxResults);
            writer.BeginObject();
            for (int i = 0; i < keys.Count; i++)
            {
                SettingKey key = (SettingKey)keys[i];
                int before = writer.Length;
                if (key.Slot != SettingKey.None)
                {
                    writer.Name(key.Text);
                }
                else
                {
                    writer.Fragment(Name(key.Text));
                }

                writer.String(key.Reason ?? "ok");
                if (writer.IsTooLong || writer.Length == MaxResults)
                {
                    writer.Truncate(before);
                    break;
                }
            }

            writer.EndObject();
            return writer.ToArray();
        }

        /// <summary>A member's name out of any text.</summary>
        private static byte[] Name(string text)
        {
            JsonWriter writer = new JsonWriter(64, MaxName);
            writer.String(text);
            byte[] name = new byte[writer.Length + 1];
            Array.Copy(writer.Buffer, name, name.Length);
            name[name.Length - 1] = (byte)':';
            return name;
        }

        private void WriteResults(SettingsChange change, JsonWriter result)
        {
            result.BeginObject();
            result.Member("revision", _store.Revision);
            result.Name("results");
            result.BeginObject();
            for (int i = 0; i < change.Keys.Count; i++)
            {
                SettingKey key = (SettingKey)change.Keys[i];
                result.Name(key.Text);
                result.String(Word(key.Effect));
            }

            result.EndObject();
            result.EndObject();
        }
    }
}
