using Firmware.Messaging;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging
{
    [TestClass]
    public class DelayedResponsesTests
    {
        [TestMethod]
        public void Answer_comes_when_it_is_due_and_not_before()
        {
            DelayedResponses answers = new DelayedResponses();
            Response response = new Response("a", new byte[10]);
            answers.TryAdd(response, 100);
            Assert.AreEqual("100 False True", answers.DueAt + " " + (answers.Take(99) != null) + " " + (answers.Take(100) == response));
        }

        [TestMethod]
        public void Answer_comes_once()
        {
            DelayedResponses answers = new DelayedResponses();
            answers.TryAdd(new Response("a", new byte[10]), 100);
            answers.Take(100);
            Assert.IsNull(answers.Take(100));
        }

        [TestMethod]
        public void Each_answer_comes_at_its_own_moment()
        {
            DelayedResponses answers = new DelayedResponses();
            answers.TryAdd(new Response("late", new byte[10]), 300);
            answers.TryAdd(new Response("early", new byte[10]), 100);
            Assert.AreEqual("early late", answers.Take(300 - 1).Client + " " + answers.Take(300).Client);
        }

        [TestMethod]
        [DataRow(1, 8)]
        [DataRow(512, 8)]
        [DataRow(1024, 4)]
        [DataRow(4096, 1)]
        [DataRow(4097, 0)]
        public void No_more_are_kept_than_there_is_room_for(int length, int count)
        {
            DelayedResponses answers = new DelayedResponses();
            int kept = 0;
            while (answers.TryAdd(new Response("a", new byte[length]), 100))
            {
                kept++;
            }

            Assert.AreEqual(count, kept);
        }

        [TestMethod]
        public void Room_comes_back_when_answers_go()
        {
            DelayedResponses answers = new DelayedResponses();
            answers.TryAdd(new Response("a", new byte[4096]), 100);
            answers.Take(100);
            Assert.IsTrue(answers.TryAdd(new Response("a", new byte[4096]), 200));
        }

        [TestMethod]
        public void Nothing_is_due_while_nothing_waits()
        {
            Assert.AreEqual(long.MaxValue, new DelayedResponses().DueAt);
        }
    }
}
