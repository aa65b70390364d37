import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlanPart } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { partArgs } from '@reelway/batch/ffmpeg/part-args.ts'
import { webm720p } from '@reelway/shared/presets/webm-720p.ts'
import { aPlan } from '../plan/a-plan.ts'

const NTSC = { num: 30_000, den: 1001 }
const ntsc = { averageFrameRate: NTSC, baseFrameRate: NTSC }
const files = {
  ...{ sourceUrl: 'http://127.0.0.1:8099/secret', logoPath: '/app/logo.png', outputPath: '/tmp/job/part' },
  ...{ threads: 2, outputLimitBytes: 2_000_000_000 },
}
const picture = (start: number, end: number): PlanPart => ({ stream: 'picture', start, end, weight: 0.1 })
const sound = (start: number, end: number): PlanPart => ({ stream: 'sound', start, end, weight: 0.1 })

/** The argv as lines of one flag each, from the seek on. */
const lines = (argv: string[]) => {
  const all = argv.join(' ').split(/ (?=-(?!1 |1$))/)
  return all.slice(all.indexOf('-reinit_filter:v 0') + 1)
}

test('the argv of a part of the picture enters the source before it, and cuts on the grid of the whole', () => {
  const plan = aPlan(7200, {}, { video: ntsc })
  assert.deepEqual(
    lines(partArgs(plan, picture(60_120, 64_080), 2005.004, files)),
    [
      ...['-threads 2', '-copyts', '-start_at_zero', '-noaccurate_seek', '-ss 2005.004000'],
      '-i http://127.0.0.1:8099/secret',
      // 60,000 frames are 2002 s exactly.
      '-filter_complex [0:0]select=not(gt(t\\,7201)),fps=30000/1001:start_time=2002:eof_action=pass,tpad=stop=-1:stop_mode=clone,trim=start_frame=120:end_frame=4080,setpts=PTS-STARTPTS,scale=w=1280:h=720:out_range=tv,setsar=1,format=yuv420p',
      ...[
        '-map [v]',
        '-c:v libx264',
        '-preset veryfast',
        '-crf 21',
        '-x264-params stitchable=1:open-gop=0:aq-strength=0.9',
        '-threads 2',
      ],
      ...[
        '-pix_fmt yuv420p',
        '-g 120',
        '-color_range tv',
        '-colorspace bt709',
        '-color_primaries bt709',
        '-color_trc bt709',
        '-chroma_sample_location left',
      ],
      ...['-fps_mode:v passthrough', '-map_metadata -1', '-map_chapters -1', '-movflags +faststart'],
      ...['-video_track_timescale 30000', '-f mp4', '-fs 2000000000 file:/tmp/job/part'],
      // Only the picture, and no farther than is needed.
      ...['-map 0:0', '-c copy', '-t 2139.136', '-flush_packets 1', '-f framecrc pipe:3'],
    ].map((line) => (line.startsWith('-filter_complex') ? `${line}[v]` : line)),
  )
})

test('a part of the picture for WebM is an mp4, too', () => {
  const argv = lines(partArgs(aPlan(7200, {}, { preset: webm720p }), picture(240, 480), null, files))
  assert.ok(argv.includes('-c:v libvpx-vp9') && argv.includes('-f mp4'))
  assert.ok(!argv.includes('-copyts'))
})

test('the argv of the sound as one part has the filters of the single run', () => {
  const argv = lines(partArgs(aPlan(7200), sound(0, 337_501), null, files))
  assert.ok(
    argv.includes(
      '-filter_complex [0:1]aselect=not(gt(t\\,7201)),aresample=48000:async=1:first_pts=0,aformat=channel_layouts=stereo,apad,atrim=start_pts=0:end_pts=345600000[a]',
    ),
  )
})

test('a piece of the sound begins on a sample of the source, some packets early', () => {
  const plan = aPlan(7200)
  const inSource = { ...plan, source: { ...plan.source, audioSampleRateHz: 44_100 } }
  const argv = lines(partArgs(inSource, sound(1000, 2000), 1, files))
  // 750 packets early: 768,000 samples at 48 kHz, 705,600 at 44.1.
  assert.ok(
    argv.includes(
      '-filter_complex [0:1]aselect=not(gt(t\\,7201)),aformat=sample_rates=44100,atrim=start_pts=705600,aresample=48000:async=1:first_pts=705600,aformat=channel_layouts=stereo,apad,atrim=start_pts=768000:end_pts=2052096,asetpts=PTS-768000[a]',
    ),
  )
})

test('the sound of a container that keeps milliseconds is put on the grid of its packets', () => {
  const plan = aPlan(7200)
  const matroska = { ...plan, source: { ...plan.source, container: 'matroska', audioStartSeconds: 0.007 } }
  const argv = lines(partArgs(matroska, sound(1000, 2000), 1, files))
  assert.match(
    argv.join('\n'),
    /asetpts='if\(lte\(abs\(st\(0,336\+round\(\(PTS-336\)\/NB_SAMPLES\)\*NB_SAMPLES\)-PTS\),96\),ld\(0\),PTS\)'/,
  )
})

test('from the air, where times count from whatever is used, a part uses both streams', () => {
  const plan = aPlan(7200)
  const fromTheAir = { ...plan, source: { ...plan.source, container: 'mpegts' } }
  const maps = (part: PlanPart) =>
    lines(partArgs(fromTheAir, part, 1, files)).filter((line) => line.startsWith('-map 0'))
  assert.deepEqual(maps(picture(240, 480)), ['-map 0:0', '-map 0:1'])
  assert.deepEqual(maps(sound(1000, 2000)), ['-map 0:1', '-map 0:0'])
})
