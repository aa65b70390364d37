import { type ReadonlySignal, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ResultKind } from '../tasks/task-kind.ts'
import { afterFailure, type Failure, type Renewal } from './after-failure.ts'
import { attachStream } from './attach-stream.ts'

/** What a media element plays. `renew` finds out its address anew; another one comes as the next `url`. */
export type Source = { url: string; kind: ResultKind; renew: () => Promise<Renewal> }

type Place = { seconds: number; isHeld: boolean }

/**
 * Gives a media element what it plays. An address that was signed is good for some hours only, and networks break: when it fails, its address
 * is asked for anew, and it goes on from the same second. Returns whether it has failed for good.
 */
export const useSource = (
  element: RefObject<HTMLVideoElement | null>,
  { url, kind, renew }: Source,
): ReadonlySignal<boolean> => {
  const hasFailed = useSignal(false)
  const attempt = useSignal(0)
  const failures = useRef<readonly Failure[]>([])
  const left = useRef<Place | undefined>(undefined)
  const isHeld = useRef(false)
  const attempted = attempt.value
  useEffect(() => {
    const { current } = element
    if (current === null) return
    const life = new AbortController()
    const { signal } = life
    let isFailing = false
    const holds = (value: boolean) => {
      isHeld.current = value
    }
    const fail = async (isOfNetwork: boolean): Promise<void> => {
      if (signal.aborted || isFailing) return
      isFailing = true
      left.current ??= { seconds: current.currentTime, isHeld: isHeld.current }
      failures.current = [...failures.current, { isOfNetwork, seconds: left.current.seconds }]
      const next = afterFailure(failures.current, await renew())
      if (next === 'end') hasFailed.value = true
      if (next === 'again') attempt.value = attempted + 1
    }
    current.addEventListener('error', () => void fail(current.error?.code === MediaError.MEDIA_ERR_NETWORK), { signal })
    current.addEventListener('play', () => holds(false), { signal })
    // Chromium holds what breaks off, before it says so (run).
    current.addEventListener('pause', () => current.error === null && holds(true), { signal })
    current.addEventListener('loadedmetadata', () => goTo(current, left), { signal })
    const detach = attach(current, url, kind, fail)
    return () => {
      life.abort()
      detach()
    }
  }, [element, url, kind, renew, hasFailed, attempt, attempted])
  return hasFailed
}

const goTo = (media: HTMLVideoElement, left: { current: Place | undefined }): void => {
  const place = left.current
  left.current = undefined
  if (place === undefined) return
  media.currentTime = place.seconds
  if (place.isHeld) media.pause()
  else media.play().catch(() => undefined)
}

const attach = (
  media: HTMLVideoElement,
  url: string,
  kind: ResultKind,
  fail: (isOfNetwork: boolean) => Promise<void>,
): (() => void) => {
  if (kind === 'stream') return attachStream(media, url, (isOfNetwork) => void fail(isOfNetwork))
  media.src = url
  return () => media.removeAttribute('src')
}
