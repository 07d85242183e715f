using Firmware.Connectivity;
using Firmware.Json;
using Firmware.Platform;
using Firmware.Sensing;

namespace Firmware.Provisioning
{
    /// <content>What the page shows, and what is done with what it sends.</content>
    public sealed partial class ProvisioningModule
    {
        private const string FirstCa = "setup-ca";
        private const string SecondCa = "setup-ca-2";
        private const string FirstOwn = "setup-own";
        private const string SecondOwn = "setup-own-2";
        private const int PartLength = 512;
        private const int MostListed = 4096; // bytes of the page's begin, with its list of networks

        private string _token;
        private SetupForm _form; // what was sent last, until the device is online with it; null: what is set
        private bool _isTrying;
        private bool _isKept;
        private int _result; // a text of Wording
        private string _detail;
        private Pieces _page; // while it is written
        private int _language; // likewise

        private HttpResponse Respond(HttpRequest request, long now)
        {
            if (request.Status != HttpRequest.Good)
            {
                return new HttpResponse(request.Status + " Refused", null, null);
            }

            if (!request.IsToAddress)
            {
                // A phone looks for the internet, or a site for the page.
                return new HttpResponse("302 Found", "http://" + DhcpResponder.OwnAddress + "/", null);
            }

            _language = Wording.Choose(request.Languages);
            if (request.Path == "/s" && !request.IsPost)
            {
                HttpResponse state = new HttpResponse("200 OK", null, null);
                _page = state.Content;
                WriteState(now);
                return state;
            }

            if (request.Path != "/")
            {
                return request.Path == "/favicon.ico" ? new HttpResponse("404 Not Found", null, null) : new HttpResponse("302 Found", "/", null);
            }

            int message = request.IsPost ? Save(new FormReader(request.Body, request.Boundary)) : 0;
            request.Body = null; // the page needs its memory
            return request.IsPost && message == 0 ? new HttpResponse("303 See Other", "/", null) : Page(message, now);
        }

        // 0, or the text that says why nothing was saved.
        private int Save(FormReader form)
        {
            _detail = null;
            if (!form.IsWhole || !form.TryGet("token", HttpRequest.MaxHead, out string token) || token != _token)
            {
                return Wording.OldPage;
            }

            if (_device.IsOnTrial)
            {
                return Wording.OnTrial;
            }

            string[] secrets = Texts.New(2);
            SetupForm wanted = new SetupForm(_device.Settings);
            _form = wanted;
            _result = 0;
            if (!wanted.Take(form, NeedsNetwork, secrets))
            {
                return Wording.Correct;
            }

            BrokerAddress before = _device.Settings.Broker;
            string ca = Keep(form, "ca", false, FirstCa, SecondCa, before.Ca, SetupForm.Ca);
            string own = Keep(form, "own", true, FirstOwn, SecondOwn, before.Credential, SetupForm.Own);
            if (!wanted.IsRight)
            {
                return Wording.Correct;
            }

            _detail = _device.ChangeSettings(wanted.ToJson(secrets, ca, own));
            if (_detail != null)
            {
                return Wording.NotStored;
            }

            _isTrying = _device.IsOnTrial;
            _form = _isTrying ? wanted : null;
            return 0;
        }

        // The name of what is used from now on. What is in use is not overwritten: the settings to go back to need it.
        private string Keep(FormReader form, string field, bool isClient, string first, string second, string used, int number)
        {
            field = form.Bytes(field, 0, 1).Length == 0 ? field + "F" : field;
            if (form.Bytes(field, 0, 1).Length == 0 || !_form.IsTls)
            {
                return used;
            }

            string name = used == first ? second : first;
            IClock clock = _device.Clock;
            bool isStored = _credentials != null && _credentials.DeleteParts();
            byte[] part;
            for (int at = 0; isStored && (part = form.Bytes(field, at, PartLength)).Length > 0; at += PartLength)
            {
                isStored = _credentials.Append(part);
            }

            string reason = isStored ? _credentials.Keep(name, isClient, clock.IsSynchronized ? clock.UtcSeconds : 0, out isStored) : null;
            if (!isStored)
            {
                _form.Faults[number] = Wording.NotStored;
                _form.Detail = reason;
            }

            return name;
        }

        // A first try that failed ends the trial: of several networks the next one, which worked before, would pass for the new one.
        private void WatchTrial()
        {
            if (!_isTrying)
            {
                return;
            }

            Connection connection = _device.Connection;
            if (!_device.IsOnTrial)
            {
                _isTrying = false;
                _isKept = connection.IsOnline;
                _form = _isKept ? null : _form;
                _result = _isKept ? Wording.Kept : Wording.RolledBack;
                if (_isKept)
                {
                    CloseAt(_device.Clock.Uptime + LongestShow);
                }
                else if (_why == ByItself)
                {
                    // Joining has stored it in the chip.
                    _device.Network.Forget();
                }
            }
            else if (_device.IsTrialConnecting && connection.LastFailure != null && connection.LastFailure != LinkEvent.Busy && !connection.Session.FallsBack)
            {
                bool isJoined = _device.Network.IsJoined;
                int field = isJoined ? SetupForm.Host : SetupForm.Ssid;
                _form.Faults[field] = isJoined ? Wording.NotConnected : Wording.NotJoined;
                _form.Detail = isJoined ? connection.LastFailure : null;
                _device.RollBackSettings(connection.LastFailure);
                WatchTrial();
            }
        }

        private HttpResponse Page(int message, long now)
        {
            long age = now - _scannedAt;
            if (age >= ScanAge / 3 && !_isTrying && _accessPoint.Scan())
            {
                _scannedAt = now;
            }

            HttpResponse response = new HttpResponse("200 OK", null, Text(Wording.Language));
            _page = response.Content;
            string title = _device.Settings.DeviceName;
            title = title.Length > 0 ? title : _device.Identity.DeviceId;
            _page.Add("<title>");
            _page.AddText(title);
            _page.Add(_isTrying ? "</title><noscript><meta http-equiv=refresh content=3></noscript><main><h1>" : "</title><main><h1>");
            _page.AddText(title);
            _page.Add("</h1><p><small>");
            _page.AddText(_device.Identity.DeviceId);
            _page.Add("</small></p>");
            if (message != 0)
            {
                _page.Add("<p class=e role=alert>");
                AddText(message);
                _page.AddText(_detail);
                _page.Add("</p>");
            }

            _page.Add("<section aria-labelledby=h><h2 id=h>");
            AddText(Wording.State);
            _page.Add("</h2><div id=s role=status>");
            WriteState(now);
            _page.Add("</div></section>");
            WriteForm(_form ?? new SetupForm(_device.Settings));
            return response;
        }

        private void WriteState(long now)
        {
            WatchTrial();
            Connection connection = _device.Connection;
            bool isOnline = connection.IsOnline;
            int text = _isTrying ? (connection.State == ConnectionState.Connecting || connection.State == ConnectionState.Subscribing ? Wording.Connecting : Wording.Joining)
                : _result != 0 && (isOnline || !_isKept) ? _result
                : isOnline ? Wording.Online : NeedsNetwork ? Wording.NoNetwork : Wording.Offline;
            _page.Add(_isTrying ? "<p data-b>" : isOnline ? "<p class=o>" : "<p class=e>");
            AddText(text);
            _page.AddText(text == Wording.Offline ? connection.LastFailure : null);
            _page.Add("</p>");
            if (text == Wording.Kept)
            {
                CloseAt(now + ShortShow); // it was shown
            }

            Channel[] channels = _device.Sampler.Channels;
            if (channels.Length == 0)
            {
                return;
            }

            _page.Add("<h3>");
            AddText(Wording.Values);
            _page.Add("</h3><dl>");
            for (int i = 0; i < channels.Length; i++)
            {
                Channel channel = channels[i];
                Measurand measurand = channel.Measurand;
                _page.Add("<dt>");
                _page.AddText(channel.Name);
                _page.Add("<dd>");
                _page.AddText(!channel.IsValid ? Text(Wording.NoValue)
                    : measurand.Scale == Measurand.Boolean ? (channel.Value == 0 ? "0" : "1")
                    : FixedPoint.ToText(channel.Value, measurand.Scale) + " " + measurand.Unit);
            }

            _page.Add("</dl>");
        }

        private void WriteForm(SetupForm form)
        {
            BrokerAddress broker = _device.Settings.Broker;
            _page.Add("<form method=post action=/ enctype=multipart/form-data autocomplete=off><input type=hidden name=token value=" + _token + "><fieldset><legend>");
            AddText(Wording.Network);
            _page.Add("</legend>");
            bool isListed = WriteNetworks(form);
            Field(form, SetupForm.Ssid, "ssid", Wording.OtherName, isListed ? null : form.Values[SetupForm.Ssid], "maxlength=31");
            Field(form, SetupForm.Password, "password", Wording.Password, null, "type=password maxlength=63", _device.Settings.Wifi.Length > 0);
            NextGroup(Wording.Broker);
            Field(form, SetupForm.Host, "host", Wording.Address, form.Values[SetupForm.Host], "maxlength=253 inputmode=url autocapitalize=none required");
            Field(form, SetupForm.Port, "port", Wording.Port, form.Values[SetupForm.Port], "inputmode=numeric required");
            Field(form, SetupForm.User, "user", Wording.User, form.Values[SetupForm.User], "maxlength=128 autocapitalize=none");
            Field(form, SetupForm.BrokerPassword, "key", Wording.Password, null, "type=password maxlength=128", broker.Password != null);
            _page.Add("<label class=c for=tls><input id=tls name=tls type=checkbox value=1" + (form.IsTls ? " checked>" : ">"));
            AddText(Wording.Tls);
            _page.Add("</label>");
            Pem(form, SetupForm.Ca, "ca", Wording.Authority, broker.Ca);
            Pem(form, SetupForm.Own, "own", Wording.Own, broker.Credential);
            NextGroup(Wording.Device);
            Field(form, SetupForm.Name, "name", Wording.DeviceName, form.Values[SetupForm.Name], "maxlength=64");
            Field(form, SetupForm.Interval, "interval", Wording.Interval, form.Values[SetupForm.Interval], "inputmode=numeric required");
            _page.Add("</fieldset><button>");
            AddText(Wording.Save);
            _page.Add("</button></form>");
        }

        // Whether the form's network is among those that were found.
        private bool WriteNetworks(SetupForm form)
        {
            string[] names = Texts.New(MaxNetworks);
            int[] signals = new int[MaxNetworks];
            int count = _accessPoint.Found(names, signals);
            bool isListed = false;
            _page.Add("<label for=net>");
            AddText(Wording.InRange);
            _page.Add("</label><select id=net name=net><option value=\"\">");
            AddText(Wording.Another);
            for (int i = 0; i < count && _page.Length < MostListed; i++)
            {
                bool isChosen = names[i] == form.Values[SetupForm.Ssid];
                isListed |= isChosen;
                _page.Add("<option value=\"");
                _page.AddText(names[i]);
                _page.Add(isChosen ? "\" selected>" : "\">");
                _page.AddText(names[i] + " (" + signals[i] + " dBm)");
            }

            _page.Add("</select><a href=/>");
            AddText(Wording.SearchAgain);
            _page.Add("</a>");
            return isListed;
        }

        private void NextGroup(int legend)
        {
            _page.Add("</fieldset><fieldset><legend>");
            AddText(legend);
            _page.Add("</legend>");
        }

        private void Label(string id, int label)
        {
            _page.Add("<label for=" + id + ">");
            AddText(label);
            _page.Add("</label>");
        }

        private void Field(SetupForm form, int field, string id, int label, string value, string attributes, bool isStored = false)
        {
            Label(id, label);
            _page.Add("<input id=" + id + " name=" + id + " " + attributes);
            Described(form, field, id, isStored);
            if (value != null)
            {
                _page.Add(" value=\"");
                _page.AddText(value);
                _page.Add("\"");
            }

            _page.Add(">");
            Below(form, field, id, isStored);
        }

        private void Pem(SetupForm form, int field, string id, int label, string stored)
        {
            Label(id, label);
            _page.Add("<textarea id=" + id + " name=" + id + " spellcheck=false");
            Described(form, field, id, stored != null);
            _page.Add("></textarea>");
            Below(form, field, id, stored != null);
            Label(id + "F", Wording.FromFile);
            _page.Add("<input type=file id=" + id + "F name=" + id + "F>");
        }

        private void Described(SetupForm form, int field, string id, bool isStored)
        {
            bool isWrong = form.Faults[field] != 0;
            if (isWrong || isStored)
            {
                _page.Add((isWrong ? " aria-invalid=true aria-describedby=e-" : " aria-describedby=e-") + id);
            }
        }

        private void Below(SetupForm form, int field, string id, bool isStored)
        {
            int fault = form.Faults[field];
            if (fault == 0 && !isStored)
            {
                return;
            }

            _page.Add((fault == 0 ? "<small id=e-" : "<p class=e id=e-") + id + ">");
            AddText(fault == 0 ? Wording.KeepsStored : fault);
            _page.AddText(fault == Wording.NotStored || fault == Wording.NotConnected ? form.Detail : null);
            _page.Add(fault == 0 ? "</small>" : "</p>");
        }

        private string Text(int text) => Wording.Text(_language, text);

        private void AddText(int text) => _page.AddText(Text(text));
    }
}
