using Firmware.Json;
using Firmware.Messaging;

namespace Firmware.Settings.Methods
{
    /// <summary>As many named items as one response has room for; the next request continues after the last.</summary>
    internal sealed class ResultPage
    {
        // The answer may have 4096, but a writer of 3 KB holds this one.
        internal const int MaxLength = 2750;

        /// <summary>Whether the param could be read.</summary>
        internal readonly bool IsValid;

        private readonly JsonWriter _result;
        private readonly string _after;
        private readonly int _end;
        private string _last;
        private int _before;
        private bool _hasBegun;
        private bool _isFull;

        /// <param name="request">May name the item behind which to begin.</param>
        /// <param name="result">Receives the items.</param>
        internal ResultPage(Request request, JsonWriter result)
        {
            _result = result;
            _end = result.At + result.PageSize(MaxLength) + 1; // and the comma behind the last item
            int after = request.Find("after");
            _hasBegun = after == JsonReader.None;
            IsValid = request.Reader.TryGetString(after, out _after) || _hasBegun;
        }

        /// <summary>Whether an item must be written next; then <see cref="End"/> must follow.</summary>
        internal bool Wants(string name)
        {
            if (!_hasBegun)
            {
                _hasBegun = name == _after;
                return false;
            }

            if (_isFull)
            {
                return false;
            }

            _before = _result.At;
            return true;
        }

        /// <summary>An item was written: it is taken back when it was too much.</summary>
        internal void End(string name)
        {
            _isFull = _last != null && (_result.At > _end || _result.IsTooLong);
            if (_isFull)
            {
                _result.Truncate(_before);
            }
            else
            {
                _last = name;
            }
        }

        /// <summary>Writes how to go on; or says what was wrong.</summary>
        internal RpcError Finish()
        {
            if (!_hasBegun)
            {
                return RpcError.InvalidParams("after", "is not in this list: start again without it");
            }

            if (_isFull)
            {
                _result.Member("next", _last);
            }

            return null;
        }
    }
}
