import { setTimeout as sleep } from 'node:timers/promises'
import { makeVideo } from '../videos/make-video.ts'
import type { PatientClient } from './patient-client.ts'
import type { PlannedTask } from './plan-round.ts'

/** A task as its owner knows it, and what the owner did to it in the end. */
export type PlayedTask = PlannedTask & {
  id: string
  /** the last wish that was granted */
  wish: 'convert' | 'cancel' | 'delete' | 'never uploaded'
}

/** Plays what one owner does with one task, from its creation to the last request; does not wait for the result. */
export const playTask = async (client: PatientClient, planned: PlannedTask, key: string): Promise<PlayedTask> => {
  const { clip, behaviour, patienceMillis, uploadType } = planned
  const path = await makeVideo(clip.video)
  // Web takes no other files than videos, by their names.
  const named = path.endsWith('.m4a') ? { fileName: 'sound.mp4', contentType: 'video/mp4' } : {}
  const id = await client.createTask(path, key, { preset: clip.preset, uploadType, ...named })
  const played = (wish: PlayedTask['wish']): PlayedTask => ({ ...planned, id, wish })
  if (behaviour === 'abandons') return played('never uploaded')
  await client.upload(id, path)
  if (behaviour !== 'says nothing') await client.sayUploaded(id)
  await sleep(patienceMillis)
  switch (behaviour) {
    case 'waits':
    case 'says nothing':
      return played('convert')
    case 'cancels':
      return played((await client.act(id, 'cancel')) ? 'cancel' : 'convert')
    case 'cancels and retries':
      if (!(await client.act(id, 'cancel'))) return played('convert')
      await sleep(patienceMillis / 4)
      return played((await client.act(id, 'retry')) ? 'convert' : 'cancel')
    case 'deletes':
      await client.act(id, 'delete')
      return played('delete')
    default:
      return behaviour satisfies never
  }
}
