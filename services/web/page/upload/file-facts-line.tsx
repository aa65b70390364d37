import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { formatBytes, formatClock } from '../i18n/format.ts'
import { nameCodec } from '../i18n/name-codec.ts'
import { t } from '../i18n/translate.ts'
import type { FileFacts } from '../probe/file-facts.ts'
import { probeFile } from '../probe/probe-file.ts'

/** What a file on the person's disk says of itself: duration, picture and codec; its size alone when it cannot be read here. */
export const FileFactsLine = ({ file }: { file: File }) => {
  const facts = useFileFacts(file)
  const codec = facts?.videoCodec ?? facts?.audioCodec ?? null
  if (facts?.durationSeconds == null || codec === null) return <p class="soft">{formatBytes(file.size)}</p>
  const duration = formatClock(facts.durationSeconds)
  const { width, height } = facts
  return (
    <p class="soft">
      {width !== null && height !== null
        ? t('uploads.facts', { duration, width: String(width), height: String(height), codec: nameCodec(codec) })
        : t('uploads.factsSound', { duration, codec: nameCodec(codec) })}
    </p>
  )
}

/** What a file says of itself, by a probe that is loaded when it is first used; undefined until it is known, or when it is not. */
export const useFileFacts = (file: File | null): FileFacts | undefined => {
  const facts = useSignal<FileFacts | undefined>(undefined)
  useEffect(() => {
    let isCurrent = true
    const read = async (read: File) => {
      const found = await probeFile(read)
      if (isCurrent) facts.value = found
    }
    if (file !== null) void read(file)
    return () => {
      isCurrent = false
    }
  }, [file, facts])
  return facts.value
}
