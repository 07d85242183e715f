using Firmware.Messaging;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging
{
    [TestClass]
    public class DelayedAnswersTests
    {
        [TestMethod]
        public void Answer_comes_when_it_is_due_and_not_before()
        {
            DelayedAnswers answers = new DelayedAnswers();
            Answer answer = new Answer("a", new byte[10]);
            answers.TryAdd(answer, 100);
            Assert.AreEqual("100 False True", answers.DueAt + " " + (answers.Take(99) != null) + " " + (answers.Take(100) == answer));
        }

        [TestMethod]
        public void Answer_comes_once()
        {
            DelayedAnswers answers = new DelayedAnswers();
            answers.TryAdd(new Answer("a", new byte[10]), 100);
            answers.Take(100);
            Assert.IsNull(answers.Take(100));
        }

        [TestMethod]
        public void Each_answer_comes_at_its_own_moment()
        {
            DelayedAnswers answers = new DelayedAnswers();
            answers.TryAdd(new Answer("late", new byte[10]), 300);
            answers.TryAdd(new Answer("early", new byte[10]), 100);
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
            DelayedAnswers answers = new DelayedAnswers();
            int kept = 0;
            while (answers.TryAdd(new Answer("a", new byte[length]), 100))
            {
                kept++;
            }

            Assert.AreEqual(count, kept);
        }

        [TestMethod]
        public void Room_comes_back_when_answers_go()
        {
            DelayedAnswers answers = new DelayedAnswers();
            answers.TryAdd(new Answer("a", new byte[4096]), 100);
            answers.Take(100);
            Assert.IsTrue(answers.TryAdd(new Answer("a", new byte[4096]), 200));
        }

        [TestMethod]
        public void Nothing_is_due_while_nothing_waits()
        {
            Assert.AreEqual(long.MaxValue, new DelayedAnswers().DueAt);
        }
    }
}
