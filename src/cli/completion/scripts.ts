/** What a shell reads to complete our words: it asks the program itself, which knows its commands and the names in the cluster. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const bash = `# bash completion of quorate and kubectl-quorate
_quorate_complete() {
  local current="\${COMP_WORDS[COMP_CWORD]}" line directive=4
  COMPREPLY=()
  while IFS= read -r line; do
    case "$line" in
      :*) directive="\${line#:}" ;;
      *)
        line="\${line%%$'\\t'*}"
        if [[ "$line" == "$current"* ]]; then COMPREPLY+=("$line"); fi
        ;;
    esac
  done < <("\${COMP_WORDS[0]}" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ "$directive" == 0 ]]; then
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
  fi
}
complete -F _quorate_complete quorate kubectl-quorate
`;

const zsh = `#compdef quorate kubectl-quorate
# zsh completion of quorate and kubectl-quorate
_quorate_complete() {
  local line directive=4
  local -a lines candidates
  lines=("\${(@f)$("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in "\${lines[@]}"; do
    case "$line" in
      :*) directive="\${line#:}" ;;
      *$'\\t'*) candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
      ?*) candidates+=("\${line//:/\\\\:}") ;;
    esac
  done
  if (( \${#candidates} )); then
    _describe 'quorate' candidates
  elif [[ "$directive" == 0 ]]; then
    _files
  fi
}
if (( \${+functions[compdef]} )); then
  compdef _quorate_complete quorate kubectl-quorate
fi
`;

const fish = `# fish completion of quorate and kubectl-quorate
function __quorate_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] __complete $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case ':0'
                __fish_complete_path "$current"
            case ':*'
            case '*'
                echo $line
        end
    end
end
complete -c quorate -f -a '(__quorate_complete)'
complete -c kubectl-quorate -f -a '(__quorate_complete)'
`;

export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = { bash, zsh, fish };
