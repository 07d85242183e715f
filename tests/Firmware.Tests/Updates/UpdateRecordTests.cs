using Firmware.Telemetry;
using Firmware.Tests.Fakes;
using Firmware.Updates;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Updates
{
    [TestClass]
    public class UpdateRecordTests
    {
        private const string File = "update";
        private const string Nothing = "- False False False 0 - - - -";

        [TestMethod]
        public void All_members_survive()
        {
            Assert.AreEqual("0.2.0 True True True 5 a reason \"r-1\" app 0123456789ABCDEF", Text(Load(Written())));
        }

        [TestMethod]
        public void Empty_record_survives()
        {
            MemoryStorage storage = new MemoryStorage();
            Assert.IsTrue(new UpdateRecord().Save(storage));
            Assert.AreEqual(Nothing, Text(Load(storage)));
        }

        [TestMethod]
        public void Without_a_file_there_was_no_update()
        {
            Assert.AreEqual(Nothing, Text(Load(new MemoryStorage())));
        }

        [TestMethod]
        [DataRow("-1")]
        [DataRow("9007199254740993")]
        [DataRow("\"\"")]
        [DataRow("\"a\\\"b\\\\\"")]
        [DataRow("\"\\u0000\\n\\ud83d\\ude00\"")]
        [DataRow("\"\\u0022}\"")]
        [DataRow("\"],\\\"result\\\":9\"")]
        public void Id_comes_back_as_it_was(string id)
        {
            MemoryStorage storage = new MemoryStorage();
            UpdateRecord record = new UpdateRecord { Version = "0.2.0", RequestId = Utf8.Bytes(id), From = "app" };
            Assert.IsTrue(record.Save(storage));
            UpdateRecord loaded = Load(storage);
            Assert.AreEqual(id, Utf8.Text(loaded.RequestId));
            Assert.AreEqual("0.2.0 app 0", loaded.Version + " " + loaded.From + " " + (int)loaded.Result);
        }

        [TestMethod]
        [DataRow("a \"reason\" with \\ and \n")]
        [DataRow("}")]
        [DataRow("\u00e4\u20ac")]
        public void Reason_comes_back_as_it_was(string reason)
        {
            MemoryStorage storage = new MemoryStorage();
            new UpdateRecord { Reason = reason }.Save(storage);
            Assert.AreEqual(reason, Load(storage).Reason);
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("x")]
        [DataRow("{")]
        [DataRow("{}")]
        [DataRow("[]")]
        [DataRow("null")]
        [DataRow("7")]
        [DataRow("\"version\"")]
        [DataRow("[{'version':'0.2.0'}]")]
        [DataRow("{'version':'0.2.0'}}")]
        [DataRow("{'version':'0.2.0'")]
        [DataRow("{'version':7,'inProgress':'true','force':1,'needsReading':null,'result':'5','reason':[],'refused':{}}")]
        [DataRow("{'Version':'0.2.0'}")]
        public void Garbage_is_no_update(string content)
        {
            MemoryStorage storage = new MemoryStorage();
            CheckedFile.Replace(storage, File, SingleQuoted.Bytes(content));
            Assert.AreEqual(Nothing, Text(Load(storage)));
        }

        [TestMethod]
        [DataRow("4294967297")]
        [DataRow("-1")]
        [DataRow("1000")]
        [DataRow("9223372036854775807")]
        [DataRow("99999999999999999999")]
        public void Result_that_there_is_not_is_none(string result)
        {
            MemoryStorage storage = new MemoryStorage();
            CheckedFile.Replace(storage, File, Utf8.Bytes("{\"result\":" + result + "}"));
            Assert.AreEqual(0, (int)Load(storage).Result);
        }

        [TestMethod]
        [DataRow("{}")]
        [DataRow("[1]")]
        [DataRow("null")]
        [DataRow("true")]
        public void Id_that_a_request_cannot_have_is_none(string id)
        {
            MemoryStorage storage = new MemoryStorage();
            CheckedFile.Replace(storage, File, Utf8.Bytes("{\"version\":\"0.2.0\",\"request\":" + id + "}"));
            Assert.IsNull(Load(storage).RequestId);
        }

        [TestMethod]
        public void Truncated_file_is_no_update()
        {
            int length = Written().Length(File);
            for (int i = 0; i < length; i++)
            {
                MemoryStorage storage = Written();
                storage.Truncate(File, i);
                Assert.AreEqual(Nothing, Text(Load(storage)));
            }
        }

        [TestMethod]
        public void File_with_a_damaged_byte_is_no_update()
        {
            int length = Written().Length(File);
            for (int i = 0; i < length; i++)
            {
                MemoryStorage storage = Written();
                storage.Damage(File, i);
                Assert.AreEqual(Nothing, Text(Load(storage)));
            }
        }

        [TestMethod]
        [DataRow(1024, true)]
        [DataRow(1025, false)]
        [DataRow(100000, false)]
        public void File_that_no_record_is_as_long_as_is_no_update(int length, bool isRecord)
        {
            string text = "{\"version\":\"0.2.0\"}";
            MemoryStorage storage = new MemoryStorage();
            CheckedFile.Replace(storage, File, Utf8.Bytes(text + new string(' ', length - text.Length)));
            Assert.AreEqual(isRecord, Load(storage).Version != null);
        }

        [TestMethod]
        public void Write_that_fails_is_reported()
        {
            MemoryStorage storage = Written();
            storage.WriteFails = true;
            Assert.IsFalse(new UpdateRecord().Save(storage));
            Assert.AreEqual("0.2.0", Load(storage).Version);
        }

        [TestMethod]
        public void Record_that_is_too_long_keeps_the_one_before()
        {
            MemoryStorage storage = Written();
            Assert.IsFalse(new UpdateRecord { Version = "0.3.0", Reason = new string('x', 2000) }.Save(storage));
            Assert.AreEqual("0.2.0", Load(storage).Version);
        }

        private static MemoryStorage Written()
        {
            MemoryStorage storage = new MemoryStorage();
            UpdateRecord record = new UpdateRecord
            {
                Version = "0.2.0",
                IsInProgress = true,
                IsForced = true,
                NeedsReading = true,
                Result = UpdateResult.IntegrityFailure,
                Reason = "a reason",
                RequestId = Utf8.Bytes("\"r-1\""),
                From = "app",
                Refused = "0123456789ABCDEF",
            };
            Assert.IsTrue(record.Save(storage));
            return storage;
        }

        private static UpdateRecord Load(MemoryStorage storage) => UpdateRecord.Load(storage);

        private static string Text(UpdateRecord record) =>
            (record.Version ?? "-") + " " + record.IsInProgress + " " + record.IsForced + " " + record.NeedsReading + " " + (int)record.Result + " " + (record.Reason ?? "-") +
            " " + (Utf8.Text(record.RequestId) ?? "-") + " " + (record.From ?? "-") + " " + (record.Refused ?? "-");
    }
}
