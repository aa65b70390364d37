# Sourced by the scripts that need it.
# shellcheck shell=bash

# render FILE: writes the file with every ${NAME} replaced by that variable. A name that is not set stops the script, so that no
# half-filled file is ever applied.
render() {
  local text name
  text=$(grep -v '^ *#' "$1")
  while [[ $text =~ \$\{([A-Z_]+)\} ]]; do
    name=${BASH_REMATCH[1]}
    if [[ -z ${!name+set} ]]; then
      echo "$1: $name is not set" >&2
      return 1
    fi
    if [[ ${!name} == *"\${"* ]]; then
      echo "$1: the value of $name holds a placeholder itself" >&2
      return 1
    fi
    text=${text//"\${$name}"/${!name}}
  done
  printf '%s\n' "$text"
}
