using System;
using System.Collections;
using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework
{
    /// <summary>The part of the device's assertions that the tests use.</summary>
    public sealed class Assert
    {
        public static void AreEqual(bool expected, bool actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(int expected, int actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(long expected, long actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreEqual(string expected, string actual, string message = "") => MSTest.Assert.AreEqual(expected, actual, message);

        public static void AreNotEqual(int notExpected, int actual, string message = "") => MSTest.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreNotEqual(string notExpected, string actual, string message = "") => MSTest.Assert.AreNotEqual(notExpected, actual, message);

        public static void AreSame(object expected, object actual, string message = "") => MSTest.Assert.AreSame(expected, actual, message);

        public static void AreNotSame(object notExpected, object actual, string message = "") => MSTest.Assert.AreNotSame(notExpected, actual, message);

        public static void IsTrue(bool condition, string message = "") => MSTest.Assert.IsTrue(condition, message);

        public static void IsFalse(bool condition, string message = "") => MSTest.Assert.IsFalse(condition, message);

        public static void IsNull(object value, string message = "") => MSTest.Assert.IsNull(value, message);

        public static void IsNotNull(object value, string message = "") => MSTest.Assert.IsNotNull(value, message);

        public static void Contains(string expected, string value, string message = "") => MSTest.StringAssert.Contains(value, expected, message);

        public static void DoesNotContains(string notExpected, string value, string message = "") =>
            MSTest.Assert.IsFalse(value.Contains(notExpected, StringComparison.Ordinal), message);

        public static void EndsWith(string expected, string value, string message = "") => MSTest.StringAssert.EndsWith(value, expected, message);

        public static void StartsWith(string expected, string value, string message = "") => MSTest.StringAssert.StartsWith(value, expected, message);

        public static void ThrowsException(Type exception, Action action, string message = "")
        {
            try
            {
                action();
            }
            catch (Exception e) when (e.GetType() == exception)
            {
                return;
            }

            MSTest.Assert.Fail("expected " + exception.Name + ". " + message);
        }
    }

    /// <summary>The part of the device's collection assertions that the tests use.</summary>
    public sealed class CollectionAssert
    {
        public static void AreEqual(ICollection expected, ICollection actual, string message = "") => MSTest.CollectionAssert.AreEqual(expected, actual, message);
    }
}
