using Firmware.Messaging;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging
{
    [TestClass]
    public class ReplayMemoryTests
    {
        [TestMethod]
        public void Empty_memory_has_no_response()
        {
            Assert.IsNull(new ReplayMemory().Find("a", 0, false));
        }

        [TestMethod]
        public void Response_is_found_by_its_key()
        {
            ReplayMemory memory = new ReplayMemory();
            byte[] answer = new byte[1];
            memory.Add("a", new byte[1], 0);
            memory.Add("b", answer, 0);
            Assert.AreSame(answer, memory.Find("b", 0, false));
        }

        [TestMethod]
        [DataRow(5059999, true)]
        [DataRow(5060000, false)]
        public void Response_is_found_for_a_minute(int now, bool found)
        {
            ReplayMemory memory = new ReplayMemory();
            memory.Add("a", new byte[1], 5000000);
            Assert.AreEqual(found, memory.Find("a", now, false) != null);
        }

        [TestMethod]
        public void Later_response_replaces_an_earlier_one_of_the_same_key()
        {
            ReplayMemory memory = new ReplayMemory();
            byte[] later = new byte[1];
            memory.Add("a", new byte[1], 0);
            memory.Add("a", later, 400000);
            Assert.AreSame(later, memory.Find("a", 400000, false));
        }

        [TestMethod]
        public void Same_key_does_not_fill_the_memory()
        {
            ReplayMemory memory = new ReplayMemory();
            memory.Add("b", new byte[10], 0);
            for (int i = 0; i < 6; i++)
            {
                memory.Add("a", new byte[1500], 0);
            }

            Assert.IsNotNull(memory.Find("b", 0, false));
        }

        [TestMethod]
        public void Oldest_response_is_dropped_for_a_ninth()
        {
            ReplayMemory memory = Filled(9, 1);
            Assert.AreEqual("12345678", Keys(memory, 9));
        }

        [TestMethod]
        public void Oldest_responses_are_dropped_for_many_bytes()
        {
            ReplayMemory memory = Filled(8, 500);
            memory.Add("8", new byte[1500], 0);
            Assert.AreEqual("345678", Keys(memory, 9));
        }

        [TestMethod]
        public void Responses_of_4096_bytes_in_all_are_kept()
        {
            Assert.AreEqual("01234567", Keys(Filled(8, 512), 8));
        }

        [TestMethod]
        public void Response_of_4096_bytes_is_kept_alone()
        {
            ReplayMemory memory = Filled(8, 100);
            memory.Add("8", new byte[4096], 0);
            Assert.AreEqual("8", Keys(memory, 9));
        }

        [TestMethod]
        public void Bytes_of_dropped_responses_are_released()
        {
            Assert.AreEqual("992993994995996997998999", Keys(Filled(1000, 512), 1000));
        }

        private static ReplayMemory Filled(int count, int length)
        {
            ReplayMemory memory = new ReplayMemory();
            for (int i = 0; i < count; i++)
            {
                memory.Add(i.ToString(), new byte[length], 0);
            }

            return memory;
        }

        private static string Keys(ReplayMemory memory, int count)
        {
            string keys = string.Empty;
            for (int i = 0; i < count; i++)
            {
                keys += memory.Find(i.ToString(), 0, false) == null ? string.Empty : i.ToString();
            }

            return keys;
        }
    }
}
