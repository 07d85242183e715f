namespace Boards.NativeSim.World;

/// <summary>A client that has subscribed to topics. Its members may be called on any thread.</summary>
public interface ITopicReader
{
    /// <summary>A client is about to publish on a topic: virtual time is held until that has come.</summary>
    /// <param name="topic">The topic.</param>
    /// <returns>Null when it is not waited for.</returns>
    WorldHold? Await(string topic);

    /// <summary>It does not come.</summary>
    /// <param name="hold">What <see cref="Await"/> gave.</param>
    void Forget(WorldHold hold);
}
