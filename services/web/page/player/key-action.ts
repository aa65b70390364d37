/** What a key does in a player. Seconds count from where it is. */
export type KeyAction =
  | { kind: 'toggle' | 'mute' | 'full-screen' | 'start' | 'end' }
  | { kind: 'seek'; bySeconds: number }
  | { kind: 'volume'; by: number }

const ACTIONS: Readonly<Record<string, KeyAction>> = {
  ' ': { kind: 'toggle' },
  k: { kind: 'toggle' },
  m: { kind: 'mute' },
  f: { kind: 'full-screen' },
  Home: { kind: 'start' },
  End: { kind: 'end' },
  j: { kind: 'seek', bySeconds: -10 },
  l: { kind: 'seek', bySeconds: 10 },
  ArrowLeft: { kind: 'seek', bySeconds: -5 },
  ArrowRight: { kind: 'seek', bySeconds: 5 },
  ArrowUp: { kind: 'volume', by: 0.1 },
  ArrowDown: { kind: 'volume', by: -0.1 },
}

/** What a key does in a player, whatever has the focus in it; undefined: nothing, or what the browser does with it. */
export const keyAction = (pressed: {
  key: string
  /** with Ctrl, Alt or Meta: those belong to the browser */
  isModified: boolean
  /** the focus is on a button: space presses it */
  isOnButton: boolean
}): KeyAction | undefined => {
  if (pressed.isModified || (pressed.isOnButton && pressed.key === ' ')) return undefined
  return ACTIONS[pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key]
}
