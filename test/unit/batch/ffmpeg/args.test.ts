import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ffmpegArgs } from '@reelway/batch/ffmpeg/args.ts'
import { planTranscode } from '@reelway/batch/plan/plan.ts'
import type { SourceFacts } from '@reelway/batch/probe/source-facts.ts'
import { league } from '@reelway/shared/presets/league.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { webm720p } from '@reelway/shared/presets/webm-720p.ts'
import { someFacts } from '../probe/some-facts.ts'

const argvOf = (preset: VideoPreset, facts: SourceFacts): string[] => {
  const result = planTranscode(
    facts,
    preset,
    {},
    {
      partBudgetSeconds: 480,
      wholeBudgetSeconds: 480,
      cores: 2,
      costFactor: 1,
      sourceBytes: 1,
    },
  )
  if (result.kind !== 'planned') throw new Error(result.code)
  return ffmpegArgs(result.plan, {
    sourceUrl: 'http://127.0.0.1:8099/secret',
    logoPath: '/app/logo.png',
    outputPath: '/tmp/job/result',
    threads: 2,
    outputLimitBytes: 2_000_000_000,
  })
}

/** The argv as lines of one flag each, which is how it is read. */
const lines = (argv: string[]) => argv.join(' ').split(/ (?=-(?!1 |1$))/)

const RUN = [
  ...['-nostdin', '-y', '-hide_banner', '-v warning', '-nostats', '-progress pipe:1', '-stats_period 0.5'],
  ...['-abort_on empty_output', '-max_error_rate 0.1', '-filter_complex_threads 2'],
]
const SOURCE = [
  '-protocol_whitelist http,tcp',
  '-format_whitelist mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,flv,asf,ogg,mxf,dv,gif,apng,mp3,flac,wav,aac,aiff,amr,caf,ac3,eac3,wv',
  ...['-max_pixels 35389440', '-max_streams 64', '-rw_timeout 60000000', '-reinit_filter:v 0', '-threads 2'],
]
const LOGO = ['-protocol_whitelist file', '-format_whitelist png_pipe', '-i file:/app/logo.png']
const HELD_LOGO =
  'trim=end_frame=1,scale=640:360:force_original_aspect_ratio=decrease:force_divisible_by=2:out_color_matrix=bt709:out_range=tv,pad=640:360:(ow-iw)/2:(oh-ih)/2:color=black,setsar=1,format=yuv420p,fps=60:start_time=0:eof_action=pass,tpad=stop=-1:stop_mode=clone,trim=end_frame=60,setpts=PTS-STARTPTS'
const COLOUR = [
  '-color_range tv',
  '-colorspace bt709',
  '-color_primaries bt709',
  '-color_trc bt709',
  '-chroma_sample_location left',
]
const NO_METADATA = ['-map_metadata -1', '-map_chapters -1']
const RECORD = (...streams: string[]) => [
  ...streams.map((stream) => `-map ${stream}`),
  ...['-c copy', '-flush_packets 1', '-f framecrc pipe:3'],
]

test('the argv of league is exactly this', () => {
  assert.deepEqual(lines(argvOf(league, someFacts())), [
    ...RUN,
    ...SOURCE,
    '-t 18.1',
    '-i http://127.0.0.1:8099/secret',
    ...LOGO,
    ...LOGO,
    `-filter_complex ${[
      `[1:v]${HELD_LOGO}[intro]`,
      '[0:0]select=not(gt(t\\,19)),fps=60:start_time=0:eof_action=pass,tpad=stop=-1:stop_mode=clone,trim=end_frame=1080,setpts=PTS-STARTPTS,scale=w=640:h=360:out_range=tv,setsar=1,format=yuv420p[body]',
      `[2:v]${HELD_LOGO}[outro]`,
      '[intro][body][outro]concat=n=3:v=1:a=0,fps=60:eof_action=pass,trim=end_frame=1200[v]',
    ].join(';')}`,
    `-filter_complex ${[
      'anullsrc=r=48000:cl=stereo,atrim=end_sample=48000[intro-sound]',
      '[0:1]aselect=not(gt(t\\,19)),aresample=48000:async=1:first_pts=0,aformat=channel_layouts=stereo,apad,atrim=start_pts=0:end_pts=864000[source-sound]',
      'anullsrc=r=48000:cl=stereo,atrim=end_sample=48000[outro-sound]',
      '[intro-sound][source-sound][outro-sound]concat=n=3:v=0:a=1[a]',
    ].join(';')}`,
    ...['-map [v]', '-c:v libx264', '-preset veryfast', '-crf 19', '-threads 2', '-pix_fmt yuv420p', '-g 240'],
    ...[...COLOUR, '-fps_mode:v passthrough'],
    ...['-map [a]', '-c:a aac', '-b:a 128000', '-ar 48000', '-ac 2', ...NO_METADATA],
    ...['-movflags +faststart', '-video_track_timescale 60000', '-f mp4', '-fs 2000000000 file:/tmp/job/result'],
    ...['-map 0:0', '-map 0:1', '-c copy'],
    // As late as the source is heard: it is not read before, and not kept in memory meanwhile.
    ...['-bsf setts=pts=PTS+1/TB:dts=DTS+1/TB', '-flush_packets 1', '-f framecrc pipe:3'],
  ])
})

test('the argv of mp4-720p for a silent source has no sound at all', () => {
  assert.deepEqual(lines(argvOf(mp4720p, someFacts({ audio: null }))), [
    ...RUN,
    ...SOURCE,
    '-i http://127.0.0.1:8099/secret',
    '-filter_complex [0:0]select=not(gt(t\\,61)),fps=60:start_time=0:eof_action=pass,tpad=stop=-1:stop_mode=clone,trim=end_frame=3600,setpts=PTS-STARTPTS,scale=w=1280:h=720:out_range=tv,setsar=1,format=yuv420p[v]',
    ...[
      '-map [v]',
      '-c:v libx264',
      '-preset veryfast',
      '-crf 21',
      '-x264-params stitchable=1:open-gop=0:aq-strength=0.9',
      '-threads 2',
      '-pix_fmt yuv420p',
      '-g 240',
    ],
    ...[...COLOUR, '-fps_mode:v passthrough', ...NO_METADATA],
    ...['-movflags +faststart', '-video_track_timescale 60000', '-f mp4', '-fs 2000000000 file:/tmp/job/result'],
    ...RECORD('0:0'),
  ])
})

test('the argv of webm-720p is exactly this', () => {
  const rate = { num: 30000, den: 1001 }
  assert.deepEqual(lines(argvOf(webm720p, someFacts({ video: { averageFrameRate: rate, baseFrameRate: rate } }))), [
    ...RUN,
    ...SOURCE,
    '-i http://127.0.0.1:8099/secret',
    '-filter_complex [0:0]select=not(gt(t\\,61)),fps=30000/1001:start_time=0:eof_action=pass,tpad=stop=-1:stop_mode=clone,trim=end_frame=1798,setpts=PTS-STARTPTS,scale=w=1280:h=720:out_range=tv,setsar=1,format=yuv420p[v]',
    '-filter_complex [0:1]aselect=not(gt(t\\,61)),aresample=48000:async=1:first_pts=0,aformat=channel_layouts=stereo,apad,atrim=start_pts=0:end_pts=2879677[a]',
    ...['-map [v]', '-c:v libvpx-vp9', '-deadline realtime', '-cpu-used 6', '-crf 36', '-b:v 0', '-row-mt 1'],
    ...['-threads 2', '-pix_fmt yuv420p', '-g 120', ...COLOUR, '-fps_mode:v passthrough'],
    ...['-map [a]', '-c:a libopus', '-b:a 96000', '-ar 48000', '-ac 2', ...NO_METADATA],
    ...['-f webm', '-fs 2000000000 file:/tmp/job/result'],
    ...RECORD('0:0', '0:1'),
  ])
})

const graphOf = (facts: SourceFacts) => argvOf(league, facts).find((argument) => argument.includes('[body]')) ?? ''

test('an interlaced picture is deinterlaced before frames are dropped', () => {
  assert.match(
    graphOf(someFacts({ video: { fieldOrder: 'tt' } })),
    /\[0:0\]select=[^,]+,[^,]+,bwdif=mode=send_frame:parity=auto:deint=all,fps=/,
  )
})

test('a picture with a stated BT.601 matrix is converted, one that states nothing is not', () => {
  assert.match(
    graphOf(someFacts({ video: { colourSpace: 'bt470bg' } })),
    /h=360:in_color_matrix=bt601:out_color_matrix=bt709:out_range=tv/,
  )
  assert.doesNotMatch(graphOf(someFacts()).split(/\[0:0\]|\[body\]/)[1] ?? '', /out_color_matrix/)
})

test('high dynamic range goes through linear light, by its own transfer', () => {
  assert.match(
    graphOf(someFacts({ video: { colourTransfer: 'smpte2084' } })),
    /zscale=w=640:h=360:tin=smpte2084.*tonemap=mobius/,
  )
  assert.match(graphOf(someFacts({ video: { colourTransfer: 'arib-std-b67' } })), /tin=arib-std-b67/)
})

test('a portrait picture is centred between black bars', () => {
  const facts = someFacts({ video: { displayWidth: 1080, displayHeight: 1920 } })
  assert.match(graphOf(facts), /scale=w=202:h=360:out_range=tv,setsar=1,format=yuv420p,pad=640:360:218:0:color=black/)
})

test('no argument is built by the shell or by the name of the user: paths carry their protocol', () => {
  const argv = argvOf(league, someFacts())
  assert.ok(argv.includes('file:/tmp/job/result'))
  assert.ok(argv.includes('file:/app/logo.png'))
})
