/** Where and how the playing of a result broke off. */
export type Failure = {
  /** the network, or the server, and not what is in the file */
  isOfNetwork: boolean
  /** the second of the video */
  seconds: number
}

/** What was found out about the address: another one was signed meanwhile, it is the same, or the result is gone. */
export type Renewal = 'new' | 'same' | 'gone'

/** So often in a row it may break off at one place before it is given up. */
const MOST_TRIES = 3

/** Two places so near one another are one: a player goes on from the last picture that it has. */
const SAME_PLACE_SECONDS = 1

/**
 * What comes after `failures`, the last one last: "again" at the same address, "elsewhere" at the new one, or "end". What is in a file does not
 * become better; a network does, but not for ever at the same place.
 */
export const afterFailure = (failures: readonly Failure[], renewal: Renewal): 'again' | 'elsewhere' | 'end' => {
  const last = failures.at(-1)
  if (last === undefined || renewal === 'gone') return 'end'
  const here = failures.filter(({ seconds }) => Math.abs(seconds - last.seconds) < SAME_PLACE_SECONDS)
  if (here.length > MOST_TRIES) return 'end'
  if (renewal === 'new') return 'elsewhere'
  return last.isOfNetwork ? 'again' : 'end'
}
