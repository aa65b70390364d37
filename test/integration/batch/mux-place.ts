import { execFile } from 'node:child_process'
import { EventEmitter, setMaxListeners } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Bucket, Storage } from '@google-cloud/storage'
import { findBinaries } from '@reelway/batch/ffmpeg/binaries.ts'
import type { PartObject } from '@reelway/batch/mux/gather-parts.ts'
import { type JoinRequest, joinParts } from '@reelway/batch/mux/join-parts.ts'
import { type LocalPlace, openLocalPlace } from '../../contract/storage-place.ts'

export type Packet = { pts: string; dts: string; flags: string; hash: string }

/** Parts in a storage, and what ffmpeg and ffprobe say of files. */
export type MuxPlace = {
  storage: LocalPlace
  /** of a client that does not retry by itself */
  reading: Bucket
  /** Makes an mp4 of a name by ffmpeg, stores it, and says how to use `samples` of it after the first `lead`. */
  makePart: (name: string, argv: readonly string[], samples: number, lead?: number) => Promise<PartObject>
  /** Stores a file that is there already, as `makePart` stores what it made. */
  storePart: (name: string, path: string, samples: number, lead: number) => Promise<PartObject>
  pathOf: (name: string) => string
  /** Joins parts into a file of that name. */
  joinInto: (name: string, request: JoinRequest) => Promise<Buffer>
  /** What ffmpeg writes to its standard output and error. */
  ffmpeg: (...argv: string[]) => Promise<{ stdout: string; stderr: string }>
  packetsOf: (name: string, stream: 'v' | 'a') => Promise<Packet[]>
  packetsAt: (path: string, stream: 'v' | 'a') => Promise<Packet[]>
  /** The hashes of the decoded frames of a file. */
  framesOf: (name: string, ...seek: string[]) => Promise<string[]>
  /** What a file says of its streams, but for bit rates and who made it. */
  describe: (name: string) => Promise<unknown>
  close: () => Promise<void>
}

const run = promisify(execFile)
export const never = new AbortController().signal

export const openMuxPlace = async (): Promise<MuxPlace> => {
  const storage = await openLocalPlace()
  const folder = await mkdtemp(join(tmpdir(), 'reelway-mux-'))
  const binaries = await findBinaries({ searchPath: process.env.PATH })
  setMaxListeners(20)
  EventEmitter.defaultMaxListeners = 20
  const reader = new Storage({
    projectId: 'local',
    apiEndpoint: storage.server.url,
    retryOptions: { autoRetry: false },
  })
  const reading = reader.bucket('contract')
  const pathOf = (name: string) => join(folder, name)
  const ffmpeg = (...argv: string[]) =>
    run(binaries.ffmpeg, ['-nostdin', '-y', '-v', 'warning', ...argv], { maxBuffer: 2 ** 26 })
  const storePart = async (name: string, path: string, samples: number, lead: number) => {
    const bytes = await readFile(path)
    if (path !== pathOf(name)) await writeFile(pathOf(name), bytes)
    const file = storage.storage.bucket('contract').file(name)
    await file.save(bytes, { resumable: false })
    const [{ generation }] = await file.getMetadata()
    return { objectName: name, generation: String(generation), sizeBytes: bytes.length, lead, samples }
  }
  const packetsAt = async (path: string, stream: 'v' | 'a') => {
    const entries = 'packet=pts,dts,flags,data_hash'
    const argv = ['-v', 'error', '-select_streams', stream, '-show_packets', '-show_data_hash', 'md5']
    const { stdout } = await run(binaries.ffprobe, [...argv, '-show_entries', entries, '-of', 'csv=p=0', path])
    return stdout
      .trim()
      .split('\n')
      .map((line) => {
        const [pts = '', dts = '', flags = '', hash = ''] = line.split(',')
        return { pts, dts, flags: flags.slice(0, 1), hash }
      })
  }

  return {
    storage,
    reading,
    pathOf,
    ffmpeg,
    async makePart(name, argv, samples, lead = 0) {
      await ffmpeg(...argv, ...['-map_metadata', '-1', '-f', 'mp4'], pathOf(name))
      return await storePart(name, pathOf(name), samples, lead)
    },
    storePart,
    async joinInto(name, request) {
      const joined = await joinParts(reading, request, never)
      const bytes = Buffer.concat(await Array.fromAsync(joined.stream()))
      if (bytes.length !== joined.sizeBytes) throw new Error(`${bytes.length} of ${joined.sizeBytes} bytes came`)
      await writeFile(pathOf(name), bytes)
      return bytes
    },
    packetsOf: (name, stream) => packetsAt(pathOf(name), stream),
    packetsAt,
    async framesOf(name, ...seek) {
      const { stdout } = await ffmpeg(...seek, '-i', pathOf(name), '-map', '0:v', '-f', 'framemd5', '-')
      return stdout
        .split('\n')
        .filter((line) => line.startsWith('0,'))
        .map((line) => line.split(',').at(-1)?.trim() ?? '')
    },
    async describe(name) {
      const entries =
        'stream=codec_name,codec_tag_string,profile,level,width,height,pix_fmt,color_range,color_space,color_transfer,color_primaries,field_order,sample_aspect_ratio,r_frame_rate,initial_padding,extradata_hash,start_time,duration'
      const argv = ['-v', 'error', '-show_data_hash', 'md5', '-show_entries', entries, '-of', 'json']
      const { stdout } = await run(binaries.ffprobe, [...argv, pathOf(name)])
      return JSON.parse(stdout)
    },
    async close() {
      await storage.close()
      await rm(folder, { recursive: true })
    },
  }
}
