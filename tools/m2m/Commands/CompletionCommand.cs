using System.CommandLine;

namespace M2m.Commands;

internal static class CompletionCommand
{
    private const string Bash = """
        # m2m completion for bash: eval "$(m2m completion bash)" in ~/.bashrc
        _m2m() {
          local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}" candidate
          line="${line#*[[:space:]]}"
          # bash breaks words at = and :, the program does not.
          local current="${line##*[[:space:]]}" cut
          cut="${current%"$word"}"
          [[ "$word" == [=:] ]] && cut="$current"
          COMPREPLY=()
          while IFS= read -r candidate; do
            candidate="${candidate%$'\r'}"
            [[ -n "$candidate" && "$candidate" == "$current"* ]] || continue
            COMPREPLY+=("${candidate#"$cut"}")
          done < <("$1" "[suggest:${#line}]" "$line" 2>/dev/null)
          [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" == *= ]] && compopt -o nospace
        }
        complete -F _m2m m2m
        """;

    private const string Zsh = """
        # m2m completion for zsh: eval "$(m2m completion zsh)" in ~/.zshrc, after compinit
        _m2m() {
          local line="${BUFFER[1,CURSOR]}"
          line="${line#*[[:space:]]}"
          local -a candidates
          candidates=("${(@f)$(m2m "[suggest:${#line}]" "$line" 2>/dev/null)}")
          candidates=(${candidates:#})
          compadd -S '' -- ${(M)candidates:#*=}
          compadd -- ${candidates:#*=}
        }
        compdef _m2m m2m
        """;

    private const string Fish = """
        # m2m completion for fish: m2m completion fish | source, in ~/.config/fish/config.fish
        function __m2m_complete
          set -l line (string replace -r '^\s*\S+\s?' '' -- (commandline -cp))
          set -l candidates (m2m "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
          if test -n "$candidates"
            string join \n -- $candidates
          else
            __fish_complete_path (commandline -ct)
          end
        end
        complete -c m2m -f -a '(__m2m_complete)'
        """;

    private const string Pwsh = """
        # m2m completion for PowerShell: m2m completion pwsh | Out-String | Invoke-Expression, in $PROFILE
        Register-ArgumentCompleter -Native -CommandName m2m -ScriptBlock {
          param($word, $ast, $position)
          $line = $ast.ToString().PadRight($position).Substring(0, $position) -replace '^\S+\s?', ''
          m2m "[suggest:$($line.Length)]" "$line" 2>$null | Where-Object { $_ -and $_.StartsWith($word) } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    public static Command Create()
    {
        var command = new Command("completion", "Prints the script that completes commands, options, devices, methods and settings in a shell, and where to put it");
        var shell = new Argument<string>("SHELL") { HelpName = "SHELL", Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        command.Arguments.Add(shell);
        command.SetAction(result => Console.Out.WriteLine((result.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => Pwsh }).ReplaceLineEndings("\n")));
        return command;
    }
}
