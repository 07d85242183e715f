using Firmware.Messaging;
using Firmware.Platform;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging
{
    [TestClass]
    public class ResponseQueueTests
    {
        [TestMethod]
        public void Response_comes_when_it_is_due_and_not_before()
        {
            ResponseQueue responses = Create();
            Response response = new Response("a", new byte[10]);
            responses.TryAdd(response, 100, 0);
            Assert.AreEqual("100 False True", responses.DueAt + " " + (responses.Take(99) != null) + " " + (responses.Take(100) == response));
        }

        [TestMethod]
        public void Response_comes_once()
        {
            ResponseQueue responses = Create();
            responses.TryAdd(new Response("a", new byte[10]), 100, 0);
            responses.Take(100);
            Assert.IsNull(responses.Take(100));
        }

        [TestMethod]
        public void Each_response_comes_at_its_own_moment()
        {
            ResponseQueue responses = Create();
            responses.TryAdd(new Response("late", new byte[10]), 300, 0);
            responses.TryAdd(new Response("early", new byte[10]), 100, 0);
            Assert.AreEqual("early late", responses.Take(300 - 1).Client + " " + responses.Take(300).Client);
        }

        [TestMethod]
        [DataRow(1, 8)]
        [DataRow(512, 8)]
        [DataRow(1024, 4)]
        [DataRow(4096, 1)]
        [DataRow(4097, 1)]
        public void No_more_are_kept_than_there_is_room_for(int length, int count)
        {
            ResponseQueue responses = Create();
            int kept = 0;
            while (responses.TryAdd(new Response("a", new byte[length]), 100, 0))
            {
                kept++;
            }

            Assert.AreEqual(count, kept);
        }

        [TestMethod]
        public void Room_comes_back_when_responses_go()
        {
            ResponseQueue responses = Create();
            responses.TryAdd(new Response("a", new byte[4096]), 100, 0);
            responses.Take(100);
            Assert.IsTrue(responses.TryAdd(new Response("a", new byte[4096]), 200, 0));
        }

        [TestMethod]
        public void Nothing_is_due_while_nothing_waits()
        {
            Assert.AreEqual(long.MaxValue, Create().DueAt);
        }

        private static ResponseQueue Create() => new ResponseQueue(new Topics("m2m", "id", new string[0]), new Counters());
    }
}
