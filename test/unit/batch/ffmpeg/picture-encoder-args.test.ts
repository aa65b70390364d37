import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Rendition } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { pictureEncoderArgs } from '@reelway/batch/ffmpeg/picture-encoder-args.ts'
import { av1Mp41080p } from '@reelway/shared/presets/av1-mp4-1080p.ts'
import { hevc1080p } from '@reelway/shared/presets/hevc-1080p.ts'
import { hls } from '@reelway/shared/presets/hls.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { webm720p } from '@reelway/shared/presets/webm-720p.ts'

const STREAM =
  '-threads 2 -pix_fmt yuv420p -g 120 -color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709 -chroma_sample_location left'

const argvOf = ({ video }: VideoPreset, partable = true, renditions: Rendition[] | null = null): string =>
  pictureEncoderArgs({ video, partable, renditions, frameRate: { num: 30, den: 1 } }, '2').join(' ')

test('the argv of every encoder of videos is exactly this', () => {
  const { h264, hevc, vp9, av1 } = {
    ...{ h264: mp4720p.video, hevc: hevc1080p.video, vp9: webm720p.video, av1: av1Mp41080p.video },
  }
  assert.equal(
    argvOf(mp4720p),
    `-c:v libx264 -preset ${h264.speed} -crf ${h264.crf} -x264-params stitchable=1:open-gop=0:aq-strength=0.9 ${STREAM}`,
  )
  assert.equal(
    argvOf(hevc1080p),
    `-c:v libx265 -preset ${hevc.speed} -crf ${hevc.crf} -x265-params open-gop=0:repeat-headers=0:info=0:pools=2:log-level=warning -tag:v hvc1 ${STREAM}`,
  )
  assert.equal(
    argvOf(webm720p),
    `-c:v libvpx-vp9 -deadline ${vp9.deadline} -cpu-used ${vp9.effort} -crf ${vp9.crf} -b:v 0 -row-mt 1 ${STREAM}`,
  )
  assert.equal(
    argvOf(av1Mp41080p),
    `-c:v libsvtav1 -preset ${av1.effort} -crf ${av1.crf} -svtav1-params irefresh-type=2:lp=2:pin=0 ${STREAM}`,
  )
})

test('a picture that is not cut may have headers of its own, but in a stream, whose legs are joined all the same', () => {
  assert.doesNotMatch(argvOf(mp4720p, false), /stitchable/)
  const renditions = [{ name: '240p', width: 426, height: 240, maxBitsPerSecond: 450_000 }]
  assert.match(argvOf(hls, false, renditions), /stitchable=1:open-gop=0/)
})
