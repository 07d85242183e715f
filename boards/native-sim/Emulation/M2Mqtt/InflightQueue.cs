namespace Boards.NativeSim.Emulation.M2Mqtt;

/// <summary>
/// Everything that is queued or awaits an answer, in the order of sending. Unlimited unless a limit is set; a session
/// that is not clean outlives its connection.
/// </summary>
internal sealed class InflightQueue
{
    private readonly object _gate = new();
    private readonly List<InflightMessage> _messages = [];
    private readonly List<InflightMessage> _session = [];
    private bool _keepsSession;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _messages.Count;
            }
        }
    }

    public bool TryAdd(InflightMessage message, int limit)
    {
        lock (_gate)
        {
            if (_messages.Count >= limit)
            {
                return false;
            }

            _messages.Add(message);
            return true;
        }
    }

    /// <summary>The sent message with this id that waits for this kind of answer.</summary>
    public InflightMessage? Find(ushort id, Predicate<InflightMessage> awaits)
    {
        lock (_gate)
        {
            return _messages.Find(m => m.Id == id && m.Attempts > 0 && awaits(m));
        }
    }

    /// <summary>False when someone else has removed it already. Who removes it ends its wait.</summary>
    public bool Remove(InflightMessage message)
    {
        lock (_gate)
        {
            return _messages.Remove(message);
        }
    }

    /// <summary>A connection begins: gives what it has to send, in order.</summary>
    public InflightMessage[] Open(bool cleanSession)
    {
        lock (_gate)
        {
            if (!cleanSession)
            {
                _keepsSession = true;
                _messages.AddRange(_session);
            }

            _session.Clear();
            foreach (InflightMessage message in _messages)
            {
                message.Renew();
            }

            return [.. _messages];
        }
    }

    /// <summary>The connection is gone: nothing is kept but the publishes of a session.</summary>
    public void Close()
    {
        InflightMessage[] gone;
        lock (_gate)
        {
            gone = [.. _messages];
            _messages.Clear();
            if (_keepsSession)
            {
                _session.AddRange(gone.Where(m => m.IsPublish && m.AwaitsAnswer));
            }
        }

        foreach (InflightMessage message in gone)
        {
            message.EndWait();
        }
    }

    /// <summary>Lets virtual time go on: the answer to one message does not come.</summary>
    public void ReleaseHold(ushort id)
    {
        lock (_gate)
        {
            _messages.Find(m => m.Id == id)?.ReleaseHold();
        }
    }
}
