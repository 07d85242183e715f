using System.CommandLine;
using System.CommandLine.Parsing;
using M2m.Client.Arguments;
using M2m.Client.Updates;
using M2m.Updates;
using M2m.View;

namespace M2m.Commands;

internal static class UpdateWithdrawCommand
{
    public static Command Create(Func<ParseResult, Invocation> read)
    {
        var command = new Command("withdraw", "Withdraws the release that is offered to all devices of a board (update serve --announce). Devices that have begun continue: m2m request --group all update.cancel");
        var board = new Argument<string>("BOARD") { HelpName = "BOARD", Description = "The board" };
        board.Validators.Add(RequireBoard);
        command.Arguments.Add(board);
        command.SetAction((result, _) => RunAsync(read(result), result.GetValue(board)!));
        return command;
    }

    private static void RequireBoard(ArgumentResult result)
    {
        foreach (Token token in result.Tokens.Where(token => !Names.IsBoard(token.Value)))
        {
            result.AddError($"a board's name is {Names.BoardRule}, not '{token.Value}'");
        }
    }

    private static async Task<int> RunAsync(Invocation invocation, string board)
    {
        await using UpdateServing serving = await Output.WaitAsync($"listening at {invocation.Broker}", _ => UpdateServing.OpenAsync(invocation, null)).ConfigureAwait(false);
        _ = serving.OfferPublisher.IsOffered(board, out ReleaseVersion? version);

        // Also when no offer was seen: one that is too large for this client does not arrive here, but reaches devices.
        await serving.OfferPublisher.ClearAsync(board, invocation.Cancel).ConfigureAwait(false);
        if (invocation.Output.IsJson)
        {
            invocation.Output.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("board", board);
                writer.WriteBoolean("withdrawn", true);
                if (version is { } known)
                {
                    writer.WriteString("version", known.ToString());
                }

                writer.WriteEndObject();
            });
        }

        Output.Note((version is null ? $"m2m: the topic of {board} is cleared: no release that can be read was seen there" : $"m2m: {version} is withdrawn from {board}")
            + ". A server that runs with --announce offers its own again.");
        return 0;
    }
}
