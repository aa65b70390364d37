import { useSignal, useSignalEffect } from '@preact/signals'
import { useCallback, useEffect, useMemo } from 'preact/hooks'
import { Button } from '../design/button.tsx'
import { t } from '../i18n/translate.ts'
import { PresetField } from '../options/preset-field.tsx'
import { loadPresets, presets } from '../options/presets.ts'
import type { FileFacts } from '../probe/file-facts.ts'
import { sumFile } from '../probe/sum-file.ts'
import { showToast } from '../shell/toast.ts'
import { createUploadQueue } from './create-upload-queue.ts'
import { DropOverlay } from './drop-overlay.tsx'
import type { GivenFile } from './given-file.ts'
import { judgeFacts } from './judge-facts.ts'
import { makeUploadApi } from './make-upload-api.ts'
import { openUploadStore } from './open-upload-store.ts'
import { pickFiles } from './pick-files.ts'
import { isAskedFor, isGoing } from './queued-upload.ts'
import { readFacts } from './read-facts.ts'
import { rememberChoice, rememberedChoice } from './remember-choice.ts'
import { UPLOADS_HEADING } from './upload-actions.tsx'
import { UploadCard } from './upload-card.tsx'
import type { Choice } from './upload-record.ts'
import { UploadTotal } from './upload-total.tsx'
import { watchUploads } from './watch-uploads.ts'
import './uploads.css'

/** Long enough to be read. */
const DONE_MILLIS = 8_000

const TOOLS = {
  sumFile,
  readFacts,
  judge: (facts: FileFacts, choice: Choice) => {
    const preset = presets.peek()?.find(({ name }) => name === choice.preset)
    return preset && judgeFacts(facts, preset, choice)
  },
}

/** Where files are given to the service, and what becomes of them until they are there. */
export const UploadArea = ({ userId }: { userId: string }) => {
  const queue = useMemo(
    () => createUploadQueue(userId, { ...TOOLS, api: makeUploadApi(), store: openUploadStore(indexedDB, 'reelway') }),
    [userId],
  )
  const isReading = useSignal(false)
  const choice = rememberedChoice(presets.value ?? [])
  useSignalEffect(() => {
    const { value } = queue.uploads
    if (value.some(isGoing)) return
    // All are there, and in the list of tasks.
    const done = value.filter(({ status }) => status.kind === 'done')
    const timer = setTimeout(() => {
      for (const { id } of done) queue.dismiss(id)
    }, DONE_MILLIS)
    return () => clearTimeout(timer)
  })
  useEffect(() => {
    const stopWatching = watchUploads(queue.uploads)
    void queue.restore()
    void loadPresets().catch(() => undefined)
    return () => {
      stopWatching()
      queue.close()
    }
  }, [queue])
  const take = useCallback(
    async (given: Promise<GivenFile[] | undefined>) => {
      isReading.value = true
      try {
        const files = await given
        if (files === undefined) return
        const isSure = await loadPresets().then(
          () => true,
          () => false,
        )
        if (files.length === 0) showToast({ text: t('uploads.noneFound'), kind: 'plain', shownMillis: 8_000 })
        await queue.add(files, rememberedChoice(isSure ? (presets.value ?? []) : []))
      } catch (error) {
        // The browser does not let them be read, as those of a system's folder, or they are gone by now.
        if (!(error instanceof DOMException)) throw error
        showToast({ text: t('uploads.unreadable'), kind: 'bad', shownMillis: 10_000 })
      } finally {
        isReading.value = false
      }
    },
    [queue, isReading],
  )
  const uploads = queue.uploads.value
  return (
    <section class="uploads" aria-labelledby={UPLOADS_HEADING}>
      <h2 id={UPLOADS_HEADING} tabIndex={-1} class="unseen">
        {t('uploads.heading')}
      </h2>
      <div class={uploads.length > 0 ? 'drop-zone drop-small' : 'drop-zone'}>
        <p class="drop-title">{t('uploads.dropHere')}</p>
        <p class="soft drop-hint">{t('uploads.hint')}</p>
        {/* It is asked for once: a file that is being asked for says what the next ones become, too. */}
        {!uploads.some(isAskedFor) && (
          <div class="drop-choice">
            <PresetField value={choice} onChange={rememberChoice} />
          </div>
        )}
        <p class="drop-buttons">
          <Button kind="primary" icon="upload" busy={isReading.value} onClick={() => void take(pickFiles('files'))}>
            {t('uploads.pick')}
          </Button>
          <Button kind="plain" busy={isReading.value} onClick={() => void take(pickFiles('folder'))}>
            {t('uploads.pickFolder')}
          </Button>
        </p>
      </div>
      <DropOverlay onFiles={take} />
      {uploads.length > 0 && (
        <>
          <UploadTotal uploads={uploads} queue={queue} />
          <ul class="upload-list" aria-label={t('uploads.list')}>
            {uploads.map((upload) => (
              <UploadCard key={upload.id} upload={upload} queue={queue} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
