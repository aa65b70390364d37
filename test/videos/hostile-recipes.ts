import { encoded, type Recipe, written } from './recipe.ts'

const tiny = (extension: string, ...argv: string[]) =>
  encoded(
    extension,
    ...['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=1.2'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000:duration=1.2'],
    ...argv,
  )
const tinyH264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '10', '-crf', '35'] as const
const tinyAac = ['-c:a', 'aac', '-b:a', '48k'] as const

/** What people with bad intentions, or with the wrong file, upload. */
export const hostileRecipes = {
  'playlist-named-mp4': written(
    'mp4',
    '#EXTM3U',
    '#EXT-X-TARGETDURATION:5',
    '#EXTINF:5,',
    'secret.ts',
    '#EXT-X-ENDLIST',
  ),
  'manifest-named-mp4': written(
    'mp4',
    '<?xml version="1.0"?>',
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" type="static">',
    '<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>secret.mp4</BaseURL>',
    '<SegmentBase indexRange="0-99"/></Representation></AdaptationSet></Period></MPD>',
  ),
  'list-named-mp4': written('mp4', 'ffconcat version 1.0', "file 'secret.mp4'"),
  'session-named-mp4': written(
    'mp4',
    'v=0',
    'o=- 0 0 IN IP4 127.0.0.1',
    's=x',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    'm=video 5004 RTP/AVP 96',
  ),
  'subtitles-named-mp4': written('mp4', '1', '00:00:00,000 --> 00:00:01,000', 'file:secret.mp4'),
  'styled-subtitles-named-mp4': written('mp4', '[Script Info]', 'ScriptType: v4.00+', '[Events]'),
  'composition-named-mp4': written(
    'mp4',
    '<?xml version="1.0"?><CompositionPlaylist xmlns="http://www.smpte-ra.org/schemas/2067-3/2016">',
    '<Id>urn:uuid:1</Id><SegmentList><Path>secret.mxf</Path></SegmentList></CompositionPlaylist>',
  ),
  'text-named-mp4': written('mp4', 'This is a letter, not a video.'),
  'page-named-mp4': written('mp4', '<!DOCTYPE html>', '<html><head><title>Log in to download</title></head></html>'),
  'archive-named-mp4': written('mp4', 'PK\u0003\u0004\u0014 holiday.mp4'),
  'pdf-named-mp4': written('mp4', '%PDF-1.7', '1 0 obj'),
  // As Apple protects what it sells.
  'tiny-h264': tiny('mp4', ...tinyH264, ...tinyAac),
  'protected-by-apple': { kind: 'replaced', extension: 'm4v', from: 'tiny-h264', find: 'avc1', put: 'drmi' },
  'picture-named-mp4': encoded('png', '-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=1:duration=1'),
  'noise-named-mp4': { kind: 'noise', extension: 'mp4', bytes: 300_000 },
  empty: { kind: 'written', extension: 'mp4', text: '' },
  'huge-picture': encoded(
    'mp4',
    ...['-f', 'lavfi', '-i', 'color=gray:size=16000x8000:rate=1:duration=1', '-c:v', 'libx264', '-preset', 'ultrafast'],
  ),
  'many-streams': encoded(
    'mkv',
    ...[
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=64x64:rate=5:duration=0.4',
      ...Array.from({ length: 200 }, () => ['-map', '0:v']).flat(),
    ],
    ...['-c:v', 'mjpeg', '-q:v', '20'],
  ),

  // Whole clips of tens of kilobytes, one of each kind: test/hostile damages them.
  'tiny-mp4': tiny('mp4', ...tinyH264, ...tinyAac),
  'tiny-hevc': tiny(
    'mp4',
    ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error:pools=1', '-pix_fmt', 'yuv420p'],
    ...['-g', '10', '-tag:v', 'hvc1', ...tinyAac],
  ),
  'tiny-fragmented': tiny(
    'mp4',
    ...[...tinyH264, ...tinyAac, '-movflags', '+frag_keyframe+empty_moov+default_base_moof'],
  ),
  'tiny-mov': tiny('mov', '-c:v', 'mjpeg', '-q:v', '20', '-pix_fmt', 'yuvj420p', '-c:a', 'pcm_s16le', '-ar', '8000'),
  'tiny-mkv': tiny('mkv', ...tinyH264, '-c:a', 'libopus', '-b:a', '32k'),
  'tiny-webm': tiny(
    'webm',
    ...['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '200k', '-c:a', 'libopus'],
  ),
  'tiny-ts': tiny('ts', '-c:v', 'mpeg2video', '-q:v', '12', '-c:a', 'mp2', '-b:a', '64k'),
  'tiny-avi': tiny('avi', '-c:v', 'mpeg4', '-q:v', '12', '-c:a', 'mp3', '-b:a', '48k'),
  'tiny-flv': tiny('flv', '-c:v', 'flv', '-q:v', '12', '-c:a', 'mp3', '-ar', '44100', '-b:a', '48k'),
  'tiny-ogg': tiny('ogg', '-c:v', 'libtheora', '-q:v', '3', '-c:a', 'libvorbis', '-ar', '44100'),
  'tiny-asf': tiny('asf', '-c:v', 'wmv2', '-q:v', '12', '-c:a', 'wmav2', '-b:a', '48k'),
  'tiny-mpeg': tiny('mpg', '-c:v', 'mpeg1video', '-q:v', '12', '-c:a', 'mp2', '-b:a', '64k'),
} as const satisfies Record<string, Recipe>
