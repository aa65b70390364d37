import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { readStoryboard, type Tile } from './read-storyboard.ts'

/** The tiles of the storyboard at an address of the API; empty until it is there, and when there is none: then times alone are shown. */
export const useStoryboard = (url: string | undefined): Signal<readonly Tile[]> => {
  const tiles = useSignal<readonly Tile[]>([])
  useEffect(() => {
    if (url === undefined) return
    const stop = new AbortController()
    const load = async () => {
      const response = await fetch(url, { credentials: 'same-origin', signal: stop.signal })
      if (response.ok) tiles.value = readStoryboard(await response.text())
    }
    // It is a convenience: without it the player does all that it does.
    load().catch(() => undefined)
    return () => stop.abort()
  }, [url, tiles])
  return tiles
}
