using System;
using Firmware.Platform;
#if NANOFRAMEWORK_1_0
using System.IO;
#else
// The desktop's System.IO is the developer's disk; the simulated flash stands beside it.
using nanoFramework.Emulation.IO;
#endif

namespace Boards.Esp32
{
    /// <summary>
    /// Files on the internal drive (littlefs). A rename replaces nothing there, so a new content is written beside the
    /// old one, the old one is deleted, and the new one takes its name; <see cref="Read"/> finishes what a power cut
    /// left between the last two steps.
    /// </summary>
    public sealed class FileStorage : IStorage
    {
        /// <summary>The runtime's internal drive.</summary>
        public const string Root = "I:\\";

        private const string NewSuffix = ".new";
        private const int MaxLength = 32768;

        private readonly string _root;

        /// <summary>Creates a storage.</summary>
        /// <param name="root">The folder, with a trailing backslash, e.g. "I:\".</param>
        public FileStorage(string root)
        {
            _root = root;
        }

        /// <inheritdoc/>
        public byte[] Read(string name)
        {
            try
            {
                string path = _root + name;
                if (!File.Exists(path))
                {
                    // The old content is deleted only when the new one is whole.
                    if (!File.Exists(path + NewSuffix))
                    {
                        return null;
                    }

                    File.Move(path + NewSuffix, path);
                }

                byte[] content = ReadAll(path);
                return content.Length == 0 ? null : content;
            }
            catch (Exception)
            {
                return null;
            }
        }

        /// <inheritdoc/>
        public bool Replace(string name, byte[] content)
        {
            try
            {
                string path = _root + name;
                if (!File.Exists(path))
                {
                    // Without an old content a torn new one could be taken for whole: an empty one marks it as not.
                    Finish(path);
                }

                WriteAll(path + NewSuffix, content);
                File.Delete(path);
                File.Move(path + NewSuffix, path);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Append(string name, byte[] data, int count)
        {
            try
            {
                using FileStream stream = new FileStream(_root + name, FileMode.Append, FileAccess.Write);
                stream.Write(data, 0, count);
                stream.Flush();
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public int ReadAt(string name, int position, byte[] buffer)
        {
            try
            {
                string path = _root + name;
                if (!File.Exists(path))
                {
                    return 0;
                }

                using FileStream stream = new FileStream(path, FileMode.Open, FileAccess.Read);
                if (position >= stream.Length)
                {
                    return 0;
                }

                stream.Position = position;
                return Fill(stream, buffer, buffer.Length);
            }
            catch (Exception)
            {
                return 0;
            }
        }

        /// <inheritdoc/>
        public bool Delete(string name)
        {
            try
            {
                if (File.Exists(_root + name))
                {
                    File.Delete(_root + name);
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public string[] List()
        {
            try
            {
                string[] names = Directory.GetFiles(_root);
                for (int i = 0; i < names.Length; i++)
                {
                    names[i] = names[i].Substring(names[i].LastIndexOf('\\') + 1);
                }

                return names;
            }
            catch (Exception)
            {
                return null;
            }
        }

        private static int Fill(FileStream stream, byte[] buffer, int length)
        {
            int read = 0;
            while (read < length)
            {
                int count = stream.Read(buffer, read, length - read);
                if (count <= 0)
                {
                    break;
                }

                read += count;
            }

            return read;
        }

        private static void Finish(string path)
        {
            if (File.Exists(path + NewSuffix))
            {
                File.Move(path + NewSuffix, path);
            }
            else
            {
                WriteAll(path, new byte[0]);
            }
        }

        private static byte[] ReadAll(string path)
        {
            using FileStream stream = new FileStream(path, FileMode.Open, FileAccess.Read);
            int length = stream.Length > MaxLength ? MaxLength : (int)stream.Length;
            byte[] content = new byte[length];
            return Fill(stream, content, length) == length ? content : new byte[0];
        }

        private static void WriteAll(string path, byte[] content)
        {
            using FileStream stream = new FileStream(path, FileMode.Create, FileAccess.Write);
            stream.Write(content, 0, content.Length);
            stream.Flush();
        }
    }
}
