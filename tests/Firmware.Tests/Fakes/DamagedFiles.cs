using System;
using Firmware.Connectivity;

namespace Firmware.Tests.Fakes
{
    /// <summary>Damages one file of a storage as worn flash does, or deletes it.</summary>
    public sealed class DamagedFiles
    {
        private const int Kinds = 5;

        private readonly MemoryStorage _whole;
        private readonly Jitter _random;

        public DamagedFiles(MemoryStorage whole, int seed)
        {
            _whole = whole;
            _random = new Jitter(seed);
        }

        /// <summary>What was done last, for a failed test.</summary>
        public string Damage { get; private set; }

        /// <summary>A copy of the whole storage in which one byte of one file was changed, deleted, doubled, or is the first that is gone.</summary>
        public MemoryStorage Next()
        {
            MemoryStorage storage = _whole.Copy();
            string[] names = Sorted(storage.List());
            string name = names[_random.Next(names.Length - 1)];
            byte[] content = storage.Content(name);
            int at = _random.Next(content.Length - 1);
            int kind = _random.Next(Kinds - 1);
            switch (kind)
            {
                case 0:
                    content[at] += (byte)(1 + _random.Next(254));
                    break;
                case 1:
                    storage.Put(name, Spliced(content, at, at + 1));
                    break;
                case 2:
                    storage.Put(name, Spliced(content, at + 1, at));
                    break;
                case 3:
                    storage.Truncate(name, at);
                    break;
                default:
                    storage.Delete(name);
                    break;
            }

            Damage = name + " at " + at + " kind " + kind;
            return storage;
        }

        // The same in each run of the test.
        private static string[] Sorted(string[] names)
        {
            for (int i = 1; i < names.Length; i++)
            {
                string name = names[i];
                int to = i;
                for (; to > 0 && string.Compare(names[to - 1], name) > 0; to--)
                {
                    names[to] = names[to - 1];
                }

                names[to] = name;
            }

            return names;
        }

        private static byte[] Spliced(byte[] content, int headLength, int tailFrom)
        {
            byte[] result = new byte[headLength + content.Length - tailFrom];
            Array.Copy(content, result, headLength);
            Array.Copy(content, tailFrom, result, headLength, content.Length - tailFrom);
            return result;
        }
    }
}
