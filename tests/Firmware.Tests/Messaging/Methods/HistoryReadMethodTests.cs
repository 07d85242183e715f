using Firmware.Messaging;
using Firmware.Tests.Fakes;
using nanoFramework.TestFramework;

namespace Firmware.Tests.Messaging.Methods
{
    [TestClass]
    public class HistoryReadMethodTests
    {
        private const string Base = "{'pack':[{'bn':'urn:dev:mac:020000fffe000001_',";

        [TestMethod]
        public void Nothing_measured_is_an_empty_pack()
        {
            Assert.AreEqual("{\"pack\":[]}", new HistoryRig(10).Read.Call());
        }

        [TestMethod]
        public void Values_are_a_pack_with_the_oldest_first()
        {
            HistoryRig rig = new HistoryRig(10);
            rig.WithHumidity();
            rig.Clock.Synchronize();
            rig.Measure(2137, 2150);
            string expected = Base + "'bt':1795366435,'n':'temperature','u':'Cel','v':21.37},{'n':'humidity','u':'%RH','v':50},"
                + "{'n':'temperature','u':'Cel','v':21.5,'t':10},{'n':'humidity','u':'%RH','v':50,'t':10}]}";
            Assert.AreEqual(SingleQuoted.Text(expected), rig.Read.Call());
        }

        [TestMethod]
        public void Times_are_relative_to_now_while_the_clock_is_not_set()
        {
            HistoryRig rig = new HistoryRig(10);
            rig.Measure(2137, 2150);
            rig.Clock.Advance(5000);
            string expected = Base + "'n':'temperature','u':'Cel','v':21.37,'t':-15},{'n':'temperature','u':'Cel','v':21.5,'t':-5}]}";
            Assert.AreEqual(SingleQuoted.Text(expected), rig.Read.Call());
        }

        [TestMethod]
        public void Times_before_the_clock_was_set_are_corrected()
        {
            HistoryRig rig = new HistoryRig(10);
            rig.Measure(2137);
            rig.Clock.Advance(65000);
            rig.Clock.Synchronize();
            Assert.Contains("\"bt\":1795366360,", rig.Read.Call());
        }

        [TestMethod]
        public void Times_follow_a_clock_that_is_set_back()
        {
            HistoryRig rig = new HistoryRig(10);
            rig.Clock.Synchronize();
            rig.Measure(2137);
            rig.Clock.Advance(3600000);
            rig.Clock.Synchronize();
            rig.Measure(2150);
            Assert.Contains("\"bt\":1795362825,", rig.Read.Call());
            Assert.Contains("\"v\":21.5,\"t\":3610}", rig.Read.Call());
        }

        [TestMethod]
        [DataRow("{'from':1795366435}", "1 2 3 4 5")]
        [DataRow("{'from':1795366436}", "2 3 4 5")]
        [DataRow("{'from':1795366475}", "5")]
        [DataRow("{'from':1795366476}", "")]
        [DataRow("{'to':1795366435}", "1")]
        [DataRow("{'to':1795366434}", "")]
        [DataRow("{'from':1795366445,'to':1795366465}", "2 3 4")]
        [DataRow("{'from':1795366445,'to':1795366445}", "2")]
        [DataRow("{'from':-20}", "3 4 5")]
        [DataRow("{'from':-30,'to':-10}", "2 3 4")]
        [DataRow("{'to':-1}", "1 2 3 4")]
        [DataRow("{'from':1795366445,'to':-20}", "2 3")]
        [DataRow("{'from':0}", "1 2 3 4 5")]
        [DataRow("{'from':-253402300799,'to':253402300799}", "1 2 3 4 5")]
        public void Time_range_counts_with_both_ends(string parameters, string values)
        {
            HistoryRig rig = new HistoryRig(10);
            rig.Clock.Synchronize();
            rig.MeasureUpTo(5);
            Assert.AreEqual(values, rig.Values(parameters));
        }

        [TestMethod]
        public void Seconds_before_now_count_without_a_clock()
        {
            HistoryRig rig = new HistoryRig(10);
            rig.MeasureUpTo(5);
            Assert.AreEqual("4 5", rig.Values("{'from':-10}"));
        }

        [TestMethod]
        [DataRow("from")]
        [DataRow("to")]
        public void Time_of_day_is_refused_without_a_clock(string param)
        {
            HistoryRig rig = new HistoryRig(10);
            Assert.AreEqual("error -32000 " + param, rig.Values("{'" + param + "':1795366435}"));
        }

        [TestMethod]
        [DataRow("{'channels':['temperature']}", "1 2")]
        [DataRow("{'channels':['humidity']}", "5000 5000")]
        [DataRow("{'channels':['humidity','temperature']}", "1 5000 2 5000")]
        [DataRow("{'channels':['temperature','temperature']}", "1 2")]
        public void Named_channels_are_given(string parameters, string values)
        {
            HistoryRig rig = new HistoryRig(10);
            rig.WithHumidity();
            rig.MeasureUpTo(2);
            Assert.AreEqual(values, rig.Values(parameters));
        }

        [TestMethod]
        public void Channel_without_a_value_yet_is_an_empty_pack()
        {
            HistoryRig rig = new HistoryRig(10);
            rig.MeasureUpTo(2);
            Assert.AreEqual("", rig.Values("{'channels':['humidity']}"));
        }

        [TestMethod]
        [DataRow("{'limit':2}", "1 2 next 2")]
        [DataRow("{'limit':5}", "1 2 3 4 5")]
        [DataRow("{'limit':2,'after':2}", "3 4 next 4")]
        [DataRow("{'limit':2,'after':3}", "4 5")]
        [DataRow("{'after':0}", "1 2 3 4 5")]
        [DataRow("{'after':5}", "")]
        [DataRow("{'limit':1,'from':-10}", "4 next 4")]
        [DataRow("{'limit':1,'to':-40}", "1")]
        public void Pages_follow_each_other(string parameters, string values)
        {
            HistoryRig rig = new HistoryRig(10);
            rig.MeasureUpTo(5);
            Assert.AreEqual(values, rig.Values(parameters));
        }

        [TestMethod]
        public void Page_whose_values_are_gone_begins_with_the_oldest()
        {
            HistoryRig rig = new HistoryRig(3);
            rig.MeasureUpTo(10);
            Assert.AreEqual("8 9 10", rig.Values("{'after':2}"));
        }

        [TestMethod]
        public void Cursor_of_another_run_is_a_conflict()
        {
            HistoryRig rig = new HistoryRig(10);
            rig.MeasureUpTo(5);
            Assert.AreEqual("error -32004 after", rig.Values("{'after':6}"));
        }

        [TestMethod]
        public void Default_page_has_50_values()
        {
            HistoryRig rig = new HistoryRig(100);
            rig.MeasureUpTo(60);
            Assert.EndsWith(" 50 next 50", rig.Values("{}"));
        }

        [TestMethod]
        public void Pages_fit_into_an_answer_and_give_every_value_once()
        {
            HistoryRig rig = new HistoryRig(455);
            rig.WithHumidity();
            rig.Clock.Synchronize();
            rig.MeasureUpTo(300);
            int sum = 0;
            string cursor = "0";
            while (cursor != null)
            {
                string page = rig.Read.Call("{'limit':100,'channels':['temperature','humidity'],'after':" + cursor + "}");
                Assert.IsTrue(page.Length < 3900);
                sum += page.Split('{').Length - 2;
                int next = page.IndexOf("\"next\":");
                cursor = next < 0 ? null : page.Substring(next + 7, page.Length - next - 8);
            }

            Assert.AreEqual(455, sum);
        }

        [TestMethod]
        public void Pages_give_every_value_once_while_more_are_measured()
        {
            uint seed = 99;
            for (int run = 0; run < 50; run++)
            {
                HistoryRig rig = new HistoryRig(40);
                int measured = 30;
                rig.MeasureUpTo(measured);
                int expected = 1;
                string cursor = "0";
                while (cursor != null)
                {
                    seed = (seed * 1664525) + 1013904223;
                    string[] page = rig.Values("{'limit':" + (((seed >> 16) % 9) + 2) + ",'after':" + cursor + "}").Split(' ');
                    bool hasNext = page.Length > 1 && page[page.Length - 2] == "next";
                    for (int i = 0; i < page.Length - (hasNext ? 2 : 0); i++)
                    {
                        Assert.AreEqual(expected.ToString(), page[i]);
                        expected++;
                    }

                    cursor = hasNext ? page[page.Length - 1] : null;
                    rig.Measure(++measured);
                }

                Assert.AreEqual(measured, expected);
            }
        }

        [TestMethod]
        [DataRow("{'from':'yesterday'}", "from")]
        [DataRow("{'from':null}", "from")]
        [DataRow("{'from':1.5}", "from")]
        [DataRow("{'from':[1]}", "from")]
        [DataRow("{'from':253402300800}", "from")]
        [DataRow("{'from':-9223372036854775808}", "from")]
        [DataRow("{'from':9223372036854775808}", "from")]
        [DataRow("{'to':true}", "to")]
        [DataRow("{'to':-253402300800}", "to")]
        [DataRow("{'from':-10,'to':-20}", "to")]
        [DataRow("{'from':1795366435,'to':0}", "to")]
        [DataRow("{'limit':0}", "limit")]
        [DataRow("{'limit':101}", "limit")]
        [DataRow("{'limit':-1}", "limit")]
        [DataRow("{'limit':1.5}", "limit")]
        [DataRow("{'limit':'50'}", "limit")]
        [DataRow("{'limit':null}", "limit")]
        [DataRow("{'limit':9223372036854775807}", "limit")]
        [DataRow("{'after':-1}", "after")]
        [DataRow("{'after':'1'}", "after")]
        [DataRow("{'after':null}", "after")]
        [DataRow("{'after':1.5}", "after")]
        [DataRow("{'channels':[]}", "channels")]
        [DataRow("{'channels':'temperature'}", "channels")]
        [DataRow("{'channels':{}}", "channels")]
        [DataRow("{'channels':null}", "channels")]
        [DataRow("{'channels':[null]}", "channels")]
        [DataRow("{'channels':[7]}", "channels")]
        [DataRow("{'channels':['altitude']}", "channels")]
        [DataRow("{'channels':['temperature','altitude']}", "channels")]
        [DataRow("{'channels':['temperature\\u0000']}", "channels")]
        public void Bad_request_names_the_param(string parameters, string param)
        {
            HistoryRig rig = new HistoryRig(10);
            rig.Clock.Synchronize();
            rig.MeasureUpTo(3);
            Assert.AreEqual("error -32602 " + param, rig.Values(parameters));
        }

        [TestMethod]
        public void Cursor_far_beyond_is_a_conflict()
        {
            Assert.AreEqual("error -32004 after", new HistoryRig(10).Values("{'after':9223372036854775807}"));
        }

        [TestMethod]
        public void Device_without_a_history_says_so()
        {
            HistoryRig rig = new HistoryRig(0);
            rig.Read.Call();
            Assert.AreEqual(RpcError.NotAvailableCode, rig.Read.Code);
        }

        [TestMethod]
        public void History_that_was_given_up_says_so()
        {
            HistoryRig rig = new HistoryRig(10);
            rig.MeasureUpTo(3);
            rig.History.Release();
            rig.Read.Call("{'after':2}");
            Assert.AreEqual(RpcError.NotAvailableCode, rig.Read.Code);
        }
    }
}
