using System.Collections.Concurrent;
using M2m.Client;

namespace M2m.Enrollment;

/// <summary>Does what is due, for some devices at once.</summary>
internal sealed class EnrollmentServer(EnrollmentBook book, EnrollmentWork work, int atOnce)
{
    private const int PollMs = 100;

    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <param name="cancel">The end.</param>
    /// <param name="isOver">Ends it, too; null: never.</param>
    public async Task RunAsync(CancellationToken cancel, Func<bool>? isOver = null)
    {
        while (!cancel.IsCancellationRequested && isOver?.Invoke() != true)
        {
            foreach ((Applicant applicant, Step step) in book.Begin(atOnce - _running.Count))
            {
                Task task = Task.Run(() => DoAsync(applicant, step), CancellationToken.None);
                _running[task] = true;
                _ = task.ContinueWith(done => _running.TryRemove(done, out _), TaskScheduler.Default);
            }

            await Task.Delay(PollMs, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task DoAsync(Applicant applicant, Step step)
    {
        try
        {
            switch (step)
            {
                case Step.Enroll:
                    await work.EnrollAsync(applicant.Id, applicant.Rule!).ConfigureAwait(false);
                    book.End(applicant, (one, now) => one.OnTrial(now));
                    break;
                case Step.Finish:
                    await work.FinishAsync(applicant.Id, applicant.Site).ConfigureAwait(false);
                    book.End(applicant, (one, now) => one.Done(now));
                    break;
                default:
                    bool isThere = await work.IsThereAsync(applicant.Id).ConfigureAwait(false);
                    string where = book.MemberOf(applicant.Id)?.ToString() ?? "its site";
                    book.End(applicant, (one, now) => one.Probed(isThere, where, now));
                    break;
            }
        }
        catch (Exception e)
        {
            // Whatever a device makes of it: it is tried again, and the others go on.
            book.End(applicant, (one, now) => one.Fail(e is FailedException or Client.Arguments.UsageException ? e.Message : $"{e.GetType().Name}: {e.Message}", now));
        }
    }
}
