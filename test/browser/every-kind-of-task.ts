import type { Database } from '@reelway/shared/db/schema.ts'
import { outputObjectName } from '@reelway/shared/storage/object-names.ts'
import type { InsertObject, Kysely } from 'kysely'
import { newTask } from '../support/rows.ts'

const MINUTE_MILLIS = 60_000
const SOURCE = JSON.stringify({
  container: 'mov',
  durationSeconds: 754.2,
  width: 3840,
  height: 2160,
  frameRate: 59.94,
  videoCodec: 'hevc',
  audioCodec: 'aac',
  audioChannels: 2,
  audioSampleRateHz: 48_000,
})

/** Gives a user a task in every state that there is, with names and figures as people have them. */
export const everyKindOfTask = async (db: Kysely<Database>, userId: string): Promise<void> => {
  const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * MINUTE_MILLIS)
  const add = async (minutesAgo: number, fileName: string, fields: Partial<InsertObject<Database, 'tasks'>>) => {
    const task = await newTask(db, userId, { fileName, sizeBytes: 2_345_678_901, queuedAt: at(minutesAgo), ...fields })
    await db
      .updateTable('tasks')
      .set({ createdAt: at(minutesAgo) })
      .where('id', '=', task.id)
      .execute()
    return task
  }
  await add(0, 'Final lap, gate 7.mov', { status: 'processing', progress: 0.43, preset: 'mp4-1080p' })
  await add(1, 'Warm-up.mp4', { status: 'processing', preset: 'league' })
  await add(2, 'GX010042.MP4', { status: 'queued', preset: 'hls' })
  await add(3, 'Interview.mkv', { status: 'awaiting_upload', queuedAt: null, preset: 'mp4-720p' })
  const ready = await add(70, 'Vuelo nocturno con un nombre verdaderamente largo, tomado en la final de Oaxaca.mov', {
    status: 'completed',
    progress: 1,
    preset: 'mp4-1080p',
    source: SOURCE,
  })
  const sound = await add(500, 'Commentary.wav', {
    status: 'completed',
    progress: 1,
    preset: 'm4a',
    contentType: 'audio/wav',
  })
  await add(1_600, 'DJI_0043.MP4', {
    status: 'failed',
    preset: 'webm-720p',
    errorCode: 'source_truncated',
    errorParameters: JSON.stringify({ announcedSeconds: 312, foundSeconds: 140.5 }),
  })
  await add(3_000, 'Wrong one.avi', { status: 'cancelled', preset: 'gif' })
  await add(9_000, 'Forgotten.mp4', { status: 'expired', queuedAt: null })
  const common = { generation: '1', crc32c: 'AAAAAA==', encoder: 'ffmpeg' }
  await db
    .insertInto('outputs')
    .values([
      {
        ...common,
        taskId: ready.id,
        name: 'video',
        objectName: outputObjectName(ready.id, 'lease', 'video.mp4'),
        contentType: 'video/mp4',
        sizeBytes: 412_345_678,
        width: 1920,
        height: 1080,
        durationSeconds: 754.2,
      },
      {
        ...common,
        taskId: sound.id,
        name: 'sound',
        objectName: outputObjectName(sound.id, 'lease', 'sound.m4a'),
        contentType: 'audio/mp4',
        sizeBytes: 8_345_678,
        durationSeconds: 1_043,
        copied: true,
      },
    ])
    .execute()
}
