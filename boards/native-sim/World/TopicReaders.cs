namespace Boards.NativeSim.World;

/// <summary>Whose messages a broker forwards to which devices of the world.</summary>
public sealed class TopicReaders
{
    private readonly object _gate = new();
    private readonly Dictionary<string, List<ITopicReader>> _readers = [];

    /// <summary>A broker has accepted a subscription.</summary>
    /// <param name="topic">A topic without wildcards; others match nothing.</param>
    /// <param name="reader">Whose.</param>
    public void Add(string topic, ITopicReader reader)
    {
        lock (_gate)
        {
            List<ITopicReader> readers = _readers.TryGetValue(topic, out List<ITopicReader>? known) ? known : _readers[topic] = [];
            if (!readers.Contains(reader))
            {
                readers.Add(reader);
            }
        }
    }

    /// <summary>A subscription ends.</summary>
    /// <param name="topic">Its topic.</param>
    /// <param name="reader">Whose.</param>
    public void Remove(string topic, ITopicReader reader)
    {
        lock (_gate)
        {
            if (_readers.TryGetValue(topic, out List<ITopicReader>? readers) && readers.Remove(reader) && readers.Count == 0)
            {
                _readers.Remove(topic);
            }
        }
    }

    /// <summary>Who has subscribed to a topic.</summary>
    /// <param name="topic">The topic.</param>
    /// <returns>None for most topics.</returns>
    public IReadOnlyList<ITopicReader> Of(string topic)
    {
        lock (_gate)
        {
            return _readers.TryGetValue(topic, out List<ITopicReader>? readers) ? [.. readers] : [];
        }
    }
}
