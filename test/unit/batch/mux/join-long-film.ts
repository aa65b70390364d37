import { layOutMp4 } from '@reelway/batch/mux/mp4/lay-out-mp4.ts'
import { addPicture, makePictureTable } from '@reelway/batch/mux/picture-table.ts'
import { addSound, makeSoundTable } from '@reelway/batch/mux/sound-table.ts'
import { layOutWebm } from '@reelway/batch/mux/webm/lay-out-webm.ts'
import { reordered, someSizes, someTrack } from './some-tracks.ts'

/**
 * Lays out a film of 12 h at 60 frames a second, of parts of ten minutes, and makes all of it but the samples. A process of its
 * own, so that its memory can be measured: prints how many bytes it took at most for the container that it is given.
 */
const HOURS = 12
const FRAMES = HOURS * 3600 * 60
const PIECE = 36_000

const layOut = (container: 'mp4' | 'webm') => {
  const picture = makePictureTable({ num: 60, den: 1 }, FRAMES)
  const [codec, soundCodec] = container === 'mp4' ? (['avc1', 'mp4a'] as const) : (['vp09', 'Opus'] as const)
  const track = someTrack(codec, { timescale: 60_000, step: 1000, sizes: someSizes(PIECE, 5000) })
  const shown = reordered(track, 1000, 240)
  const piece = container === 'mp4' ? shown : { ...track, keys: shown.keys }
  for (let start = 0; start < FRAMES; start += PIECE) addPicture(picture, start, piece, { lead: 0, samples: PIECE })
  const samples = HOURS * 3600 * 48_000
  const [step, priming] = container === 'mp4' ? [1024, 1024] : [960, 312]
  const packets = Math.ceil((samples + priming) / step)
  const sound = makeSoundTable(samples, packets)
  const soundTrack = someTrack(soundCodec, { timescale: 48_000, step, sizes: someSizes(packets, 300) })
  addSound(sound, 0, { ...soundTrack, mediaTime: priming }, { lead: 0, samples: packets })
  return container === 'mp4' ? layOutMp4(picture, sound) : layOutWebm(picture, sound)
}

const before = process.memoryUsage.rss()
const container = process.argv[2] === 'webm' ? 'webm' : 'mp4'
const layout = layOut(container)
let bytes = 0
for (const step of layout.steps()) bytes += step.kind === 'literal' ? step.bytes.length : step.sizeBytes
if (bytes !== layout.sizeBytes) throw new Error(`${bytes} of ${layout.sizeBytes} bytes were laid out`)
console.log(process.resourceUsage().maxRSS * 1024 - before)
